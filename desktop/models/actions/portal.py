"""The portal: what was exported, what was entered there, and what became of it."""

from dataclasses import dataclass
from typing import ClassVar

from desktop.models.actions.decisions import get_initiative
from desktop.models.journal import Context
from desktop.models.records import ExportBatch, ExportItem
from desktop.models.values import PortalState
from desktop.vietnamese.dates import Moment


@dataclass(frozen=True, slots=True)
class RecordExport:
    """Record that a file was made for the portal; exporting alone does not send."""

    profile: str
    file_name: str
    sha256: str
    ids: tuple[int, ...]
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> int:
        """Record it; the batch's id."""
        session = context.session
        batch = ExportBatch(
            profile=self.profile,
            made_at=context.now.isoformat(timespec="seconds"),
            file_name=self.file_name,
            sha256=self.sha256,
            count=len(self.ids),
        )
        session.add(batch)
        session.flush()
        for key in self.ids:
            session.add(ExportItem(batch_id=batch.id, initiative_id=key))
            initiative = get_initiative(session, key)
            if initiative.portal_state == PortalState.UNSENT:
                initiative.portal_state = PortalState.EXPORTED
        context.detail.update(count=len(self.ids), file=self.file_name)
        return batch.id


@dataclass(frozen=True, slots=True)
class MarkSent:
    """Record that initiatives were entered on the portal at a moment."""

    ids: tuple[int, ...]
    moment: Moment
    portal_code: str = ""
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Mark them; a state that the portal gave since is kept."""
        for key in self.ids:
            initiative = get_initiative(context.session, key)
            initiative.sent = self.moment.isoformat()
            if self.portal_code:
                initiative.portal_code = self.portal_code
            if initiative.portal_state in {PortalState.UNSENT, PortalState.EXPORTED}:
                initiative.portal_state = PortalState.SENT
        context.detail["count"] = len(self.ids)


@dataclass(frozen=True, slots=True)
class SetPortalState:
    """Record what the portal says of initiatives."""

    ids: tuple[int, ...]
    state: PortalState
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Set the state."""
        for key in self.ids:
            get_initiative(context.session, key).portal_state = self.state
        context.detail["count"] = len(self.ids)
