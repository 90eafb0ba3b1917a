"""The portal: what was exported, what was entered there, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from json import dumps
from typing import ClassVar

from desktop.models.actions.decisions import require_initiatives
from desktop.models.journal import Context
from desktop.models.records import ExportBatch
from desktop.models.rewriting import insertion, rewrite_many
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
        require_initiatives(context.connection, self.ids)
        context.connection.executemany(
            insertion("export_item", ("batch_id", "initiative_id")),
            [(batch.id, key) for key in self.ids],
        )
        _advance(context, self.ids, (PortalState.UNSENT,), PortalState.EXPORTED)
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
        require_initiatives(context.connection, self.ids)
        said = {"sent": self.moment.isoformat()}
        if self.portal_code:
            said["portal_code"] = self.portal_code
        rewrite_many(context.connection, "initiative", self.ids, said)
        _advance(context, self.ids, (PortalState.UNSENT, PortalState.EXPORTED), PortalState.SENT)
        context.detail["count"] = len(self.ids)


@dataclass(frozen=True, slots=True)
class SetPortalState:
    """Record what the portal says of initiatives."""

    ids: tuple[int, ...]
    state: PortalState
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Set the state."""
        require_initiatives(context.connection, self.ids)
        rewrite_many(context.connection, "initiative", self.ids, {"portal_state": self.state.value})
        context.detail["count"] = len(self.ids)


def _advance(
    context: Context, ids: Sequence[int], before: Sequence[PortalState], state: PortalState
) -> None:
    """Bring those of the ``ids`` that stand in one of these states into another."""
    context.connection.execute(
        "UPDATE initiative SET portal_state = ? WHERE id IN (SELECT value FROM json_each(?)) "
        "AND portal_state IN (SELECT value FROM json_each(?))",
        (state.value, dumps(ids), dumps(before)),
    )
