"""What can be done to the initiatives selected in the list."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from desktop.models.actions.initiatives import RemoveInitiatives, RestoreInitiatives, ReviseMany
from desktop.models.actions.portal import MarkSent, SetPortalState
from desktop.models.values import PORTAL_STATE_NAMES, PortalState
from desktop.tasks.stores import before_bulk
from desktop.text import _
from desktop.vietnamese.dates import VIETNAM, Moment
from desktop.views.asking import AskChange, AskMoment
from desktop.views.desk import Desk
from desktop.views.doing import Doing

if TYPE_CHECKING:
    from desktop.views.register_place import RegisterPlace

_STATES = (
    PortalState.UNDER_REVIEW,
    PortalState.ACCEPTED,
    PortalState.REFUSED,
    PortalState.EXPORTED,
    PortalState.UNSENT,
)


class RegisterActs:
    """Marks, moves and restores the selection; each is one act that can be undone."""

    def __init__(self, desk: Desk, doing: Doing, place: "RegisterPlace") -> None:
        self._desk, self._doing, self._place = desk, doing, place

    def fill(self, menu: QMenu) -> None:
        """Write into a menu what can be done to the selection."""
        count = self._place.table.selected_count()
        heading = menu.addAction(_("{count} selected").format(count=count))
        heading.setEnabled(False)
        if self._place.listing.shelf == "bin":
            menu.addAction(_("Restore"), self.restore).setEnabled(count > 0)
            return
        menu.addSeparator()
        acts = [menu.addAction(_("Entered on the portal…"), self.mark_sent)]
        for state in _STATES:
            words = _("Portal: {state}").format(state=_(PORTAL_STATE_NAMES[state]))
            acts.append(menu.addAction(words, partial(self.set_state, state)))
        menu.addSeparator()
        acts.append(menu.addAction(_("Change a field of all…"), self.change_field))
        acts.append(menu.addAction(_("Print"), self._place.print_current))
        acts.append(menu.addAction(_("Move to the recycle bin"), self.delete))
        for act in acts:
            act.setEnabled(count > 0)

    def _do(self, action: object, count: int, said: str) -> None:
        """Do one act; before it changes many records the store is backed up."""
        self._doing.do(action, said, lambda store: before_bulk(store, count, "bulk"))

    def _ids(self) -> tuple[int, ...]:
        return tuple(self._place.table.selected_ids())

    def delete(self) -> None:
        """Move the selection to the recycle bin; in the bin, restore it."""
        if self._place.listing.shelf == "bin":
            self.restore()
        elif ids := self._ids():
            said = _("{count} moved to the recycle bin.").format(count=len(ids))
            self._do(RemoveInitiatives(ids), len(ids), said)

    def restore(self) -> None:
        """Take the selection out of the recycle bin."""
        if ids := self._ids():
            said = _("{count} restored, as they were.").format(count=len(ids))
            self._do(RestoreInitiatives(ids), len(ids), said)

    def set_state(self, state: PortalState) -> None:
        """Record what the portal says of the selection."""
        if ids := self._ids():
            words = _(PORTAL_STATE_NAMES[state])
            said = _("{count} marked: {state}.").format(count=len(ids), state=words)
            self._do(SetPortalState(ids, state), len(ids), said)

    def mark_sent(self) -> None:
        """Ask when they were entered on the portal, and record it."""
        ids = self._ids()
        if not ids:
            return
        now: datetime = self._desk.app.clock().astimezone(VIETNAM)
        question = AskMoment(self._place.window(), len(ids), Moment(now.replace(microsecond=0)))
        if question.exec() and question.moment is not None:
            said = _("{count} marked as entered on the portal.").format(count=len(ids))
            self._do(MarkSent(ids, question.moment), len(ids), said)

    def change_field(self) -> None:
        """Ask for one field and its value, and set it in all of them."""
        ids, store = self._ids(), self._doing.store()
        if not ids or store is None:
            return
        question = AskChange(self._place.window(), len(ids), store.programme)
        if question.exec():
            said = _("{count} changed.").format(count=len(ids))
            self._do(ReviseMany(ids, question.changes()), len(ids), said)
