"""Rubbish is collected on the window's thread alone: what is shown may not vanish on another.

Python looks for rings of forgotten objects on whichever thread happens to make the next object.
Were that the worker, it would take widgets apart while the window is at work, which Qt does not
bear: the program would end without a word.
"""

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer

_EVERY = 1_000
"""Milliseconds between two looks."""


class Collector(QTimer):
    """Takes Python's own collecting away from every thread, and does it on this one.

    Once the last collector is gone, Python collects again as it did before the first.
    """

    _there: ClassVar[int] = 0
    _collected: ClassVar[bool] = False

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if not Collector._there:
            Collector._collected = gc.isenabled()
        Collector._there += 1
        gc.disable()
        self.destroyed.connect(Collector._one_gone)
        self.timeout.connect(self.collect)
        self.start(_EVERY)

    @staticmethod
    def _one_gone(_collector: QObject) -> None:
        Collector._there -= 1
        if not Collector._there and Collector._collected:
            gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds."""
        due = zip(gc.get_count(), gc.get_threshold(), strict=True)
        full = [age for age, (count, most) in enumerate(due) if count > most]
        if full:
            gc.collect(full[-1])
