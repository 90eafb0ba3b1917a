"""The office's own peak weeks and months (đợt cao điểm): days, where they start from, target."""

from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from desktop.models.actions.campaigns import (
    CampaignDraft,
    RecordCampaign,
    RemoveCampaign,
    ReviseCampaign,
)
from desktop.models.awards import CampaignLine, own_campaign_lines
from desktop.models.engines.sqlite import Connection
from desktop.programme.wording import amount
from desktop.text import _
from desktop.vietnamese.dates import PartialDate
from desktop.views.boxes import DateBox, LineBox, NumberBox, next_on_enter
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.forms import Asked, FormGrid, first_trouble, read_values
from desktop.views.overview_saying import refusal
from desktop.views.widgets import button, column, label, line, name, tell


class CampaignSheet(QDialog):
    """The campaigns at the left, one of them in a form."""

    def __init__(self, parent: QWidget | None, desk: Desk, doing: Doing) -> None:
        super().__init__(parent)
        self._desk, self._doing = desk, doing
        self.setWindowTitle(_("Campaigns of the office"))
        self.kept: list[CampaignLine] = []
        self._current = 0
        self.list = QListWidget()
        name(self.list, _("Campaigns of the office"))
        self.list.currentRowChanged.connect(self._choose)
        self.grid = FormGrid(
            [
                Asked("name", _("Name of the campaign"), 12, LineBox(), needed=True),
                Asked("first", _("First day"), 6, DateBox(), needed=True),
                Asked("last", _("Last day"), 6, DateBox(), needed=True),
                Asked("baseline", _("Starts from"), 6, NumberBox(None)),
                Asked("target", _("Target"), 6, NumberBox(None)),
                Asked("note", _("Note"), 12, LineBox()),
            ]
        )
        self.honoured = label(tone="quiet", wrap=True)
        self.trouble = label(tone="bad", wrap=True)
        self._compose()
        self._enter = next_on_enter(self)
        self.start_new()
        self.refresh()

    def _compose(self) -> None:
        self.keep = button(_("Save"), self.save, kind="primary")
        self.drop = button(_("Remove"), self.remove)
        fresh = button(_("New campaign"), self.start_new)
        side = QWidget()
        side.setLayout(column(self.list, fresh))
        side.setFixedWidth(230)
        said = label(
            _(
                "Peak weeks and months stand among the periods of the overview, each with a list "
                "of its own."
            ),
            tone="quiet",
            wrap=True,
        )
        foot = line(self.drop, None, button(_("Close"), self.accept), self.keep)
        form = column(said, 4, self.grid, self.honoured, self.trouble, None, foot)
        body = line(side, form, margins=14, spacing=14)
        body.setStretch(1, 1)
        self.setLayout(body)
        self.resize(740, 420)

    def refresh(self) -> None:
        """Read the campaigns again."""
        store = self._desk.store
        if store is None:
            return
        code = store.programme.code

        def work(connection: Connection) -> list[CampaignLine]:
            return own_campaign_lines(connection, code)

        self._desk.read(work, self._show, key="campaign sheet")

    def _show(self, kept: list[CampaignLine]) -> None:
        self.kept = kept
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own switch
        self.list.clear()
        for one in kept:
            QListWidgetItem(f"{one.name}\n{one.first:%d/%m/%Y} – {one.last:%d/%m/%Y}", self.list)
        at = next((at for at, one in enumerate(kept) if one.campaign_id == self._current), -1)
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)  # noqa: FBT003 - the same

    def _choose(self, at: int) -> None:
        if not 0 <= at < len(self.kept):
            return
        one = self.kept[at]
        self._current = one.campaign_id
        for key in ("name", "baseline", "target", "note"):
            self.grid.boxes[key].set_value(getattr(one, key))
        for key, day in (("first", one.first), ("last", one.last)):
            self.grid.boxes[key].set_value(PartialDate(day.year, day.month, day.day))
        names = ", ".join(one.honoured[:6]) + ("…" if len(one.honoured) > 6 else "")
        said = _("Honours list ({count}): {names}").format(
            count=amount(len(one.honoured)), names=names or "–"
        )
        tell(self.honoured, said, "quiet")
        tell(self.trouble, "", "bad")
        self.drop.setEnabled(True)

    def start_new(self) -> None:
        """An empty form."""
        self._current = 0
        self.list.setCurrentRow(-1)
        for box in self.grid.boxes.values():
            box.set_value(None)
        tell(self.honoured, "", "quiet")
        tell(self.trouble, "", "bad")
        self.drop.setEnabled(False)
        self.grid.boxes["name"].setFocus()

    def save(self) -> None:
        """Save the campaign in the form."""
        key, why = first_trouble(self.grid.boxes)
        values = read_values(self.grid.boxes)
        for box in ("first", "last"):
            day = values[box]
            if not key and (day is None or day.day is None):
                key, why = box, _("Give the first and the last day, such as 01/05/2022.")
        if key:
            self.grid.boxes[key].setFocus()
            tell(self.trouble, why, "bad")
            return
        values.update(first=values["first"].first, last=values["last"].first)
        self._keep(CampaignDraft(**values))

    def _keep(self, draft: CampaignDraft) -> None:
        said = _("Saved the campaign {name}.").format(name=draft.name)
        if self._current:
            outcome = self._doing.do(ReviseCampaign(self._current, draft), said)
        else:
            outcome = self._doing.do(RecordCampaign(draft), said)
            if outcome is not None:
                self._current = int(outcome.result)
        self._said(done=outcome is not None)

    def remove(self) -> None:
        """Take the campaign away."""
        words = next((one.name for one in self.kept if one.campaign_id == self._current), "")
        said = _("Removed the campaign {name}.").format(name=words)
        done = self._doing.do(RemoveCampaign(self._current), said) is not None
        if done:
            self.start_new()
        self._said(done=done)

    def _said(self, *, done: bool) -> None:
        """After an act: read again, or repeat here why it was refused."""
        tell(self.trouble, "" if done else refusal(self._desk), "bad")
        if done:
            self.refresh()
