"""Exporting for the portal: the file, and the record that it was made."""

from collections.abc import Sequence
from pathlib import Path

from desktop.exchange import portal_v1
from desktop.models import reading, register
from desktop.models.actions.portal import RecordExport
from desktop.models.store import Store, refuse_store_files
from desktop.models.values import PortalState
from desktop.programme.shape import PROFILES
from desktop.progress import SILENT, Progress
from desktop.tasks.checking import Checked, check_all
from desktop.tasks.importing import programme_lists

PROFILE = PROFILES[0]


def ready(store: Store) -> list[int]:
    """What is to be entered: eligible as of now, not entered yet, in order of codes."""
    waiting = {PortalState.UNSENT, PortalState.EXPORTED}
    found = [line.initiative_id for line in check_all(store) if _is(line, "eligible")]
    with store.reading() as connection:
        rows = register.rows(connection, found)
    return [key for key in found if rows[key].portal_state in waiting]


def everything(store: Store) -> list[int]:
    """All initiatives that are not found ineligible as of now, in order of codes."""
    return [line.initiative_id for line in check_all(store) if not _is(line, "ineligible")]


def _is(line: Checked, verdict: str) -> bool:
    return line.verdict.eligibility == verdict


def export_portal(
    store: Store, out: Path, *, ids: Sequence[int] | None = None, progress: Progress = SILENT
) -> portal_v1.PortalReport:
    """Write the workbook for the portal and record the batch; exporting alone does not send.

    Without ``ids`` everything is written that is not found ineligible. Raises UserError where the
    file cannot be written or nothing may be recorded.
    """
    if store.refusal is not None:
        raise store.refusal
    refuse_store_files(out)
    chosen = everything(store) if ids is None else list(ids)
    with store.reading() as connection:
        dossiers = reading.dossiers(connection, chosen)
        report = portal_v1.write_portal(
            out, dossiers, lists=programme_lists(store.programme), progress=progress
        )
    if chosen:
        store.journal.do(RecordExport(PROFILE, out.name, report.sha256, tuple(chosen)))
    return report
