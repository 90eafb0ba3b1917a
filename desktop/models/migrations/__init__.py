"""Migrations: how a store of an older schema is brought to this program's, or stays as it was.

What does it is loaded by name, the first time that an older store is met: no other start pays for
the library that it needs.
"""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path

from desktop.models.engines.sqlite import Connection
from desktop.programme.definition import Programme
from desktop.progress import SILENT, Progress

RUNNER = "desktop.models.migrations.running"


def bring_up(
    folder: Path,
    *,
    programme: Callable[[Connection], Programme],
    now: datetime,
    progress: Progress = SILENT,
) -> None:
    """Bring the store in ``folder`` to this program's schema, in one transaction.

    The caller holds the writer's lock and has made a backup. ``programme`` reads the programme in
    force from the records as they have become; verdicts are given as of ``now``. Raises UserError
    (codes store.migration, .damaged, .busy) and CancelledError; then nothing was changed.
    """
    import_module(RUNNER).bring_up(folder, programme=programme, now=now, progress=progress)
