"""Rubbish is collected on the window's thread alone: what is shown may not vanish on another.

Python looks for rings of forgotten objects on whichever thread happens to make the next object.
Were that the worker, it would take widgets apart while the window is at work, which Qt does not
bear: the program would end without a word.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1_000
"""Milliseconds between two looks."""


class Collector(QTimer):
    """Takes Python's own collecting away from every thread, and does it on this one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self.timeout.connect(self.collect)
        self.start(_EVERY)

    def collect(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds."""
        due = zip(gc.get_count(), gc.get_threshold(), strict=True)
        full = [age for age, (count, most) in enumerate(due) if count > most]
        if full:
            gc.collect(full[-1])
