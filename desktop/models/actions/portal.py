"""The portal: what was exported, what was entered there, and what became of it."""

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
        context.connection.execute(
            "UPDATE initiative SET portal_state = 'exported' "
            "WHERE portal_state = 'unsent' AND id IN (SELECT value FROM json_each(?))",
            (dumps(self.ids),),
        )
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
        # In one statement: each initiative is told once in the journal.
        context.connection.execute(
            "UPDATE initiative SET sent = ?1, portal_code = iif(?2 = '', portal_code, ?2), "
            "portal_state = iif(portal_state IN ('unsent', 'exported'), 'sent', portal_state) "
            "WHERE id IN (SELECT value FROM json_each(?3))",
            (self.moment.isoformat(), self.portal_code, dumps(self.ids)),
        )
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
        rewrite_many(
            context.connection,
            "initiative",
            self.ids,
            {"portal_state": PortalState(self.state).value},
        )
        context.detail["count"] = len(self.ids)
