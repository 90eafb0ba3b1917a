"""Support teams (Tổ hỗ trợ sáng kiến) of the units, and their agreements with employers."""

from datetime import date

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QDialog, QHeaderView, QListWidget, QListWidgetItem, QWidget

from desktop.models import register
from desktop.models.actions.support_teams import MemberDraft, RecordAgreement, RecordSupportTeam
from desktop.models.awards import AgreementLine, SupportTeamLine, agreements, support_teams
from desktop.models.engines.sqlite import Connection
from desktop.text import _
from desktop.vietnamese.dates import PartialDate
from desktop.views.boxes import DateBox, LineBox
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.forms import Asked, FormGrid, first_trouble, read_values
from desktop.views.overview_saying import refusal
from desktop.views.targets_table import TypedTable
from desktop.views.widgets import button, column, label, line, name, tell

Found = tuple[list[SupportTeamLine], list[AgreementLine], list[str]]
_LINES = 7
"""A support team has three to seven members."""


class TeamsSheet(QDialog):
    """The units that have a team or an agreement at the left; one of them at the right."""

    def __init__(self, parent: QWidget | None, desk: Desk, doing: Doing) -> None:
        super().__init__(parent)
        self._desk, self._doing = desk, doing
        self.setWindowTitle(_("Support teams and agreements"))
        self.teams: dict[str, SupportTeamLine] = {}
        self.agreements: dict[str, AgreementLine] = {}
        self.list = QListWidget()
        name(self.list, _("Units with a support team or an agreement"))
        self.list.currentTextChanged.connect(self._choose)
        self.unit = QComboBox()
        self.unit.currentTextChanged.connect(self._show_unit)
        name(self.unit, _("Unit"))
        self.grid = FormGrid(
            [
                Asked("decision_number", _("Decision number of the team"), 8, LineBox()),
                Asked("decided", _("Decided on"), 4, DateBox()),
                Asked("partner", _("Agreement with (head, employer)"), 8, LineBox()),
                Asked("signed_on", _("Signed on"), 4, DateBox()),
            ]
        )
        self.members = TypedTable(_("Members of the support team"))
        self.members.setColumnCount(3)
        self.members.setRowCount(_LINES)
        self.trouble = label(tone="bad", wrap=True)
        self._compose()
        self.refresh()

    def _compose(self) -> None:
        self.members.setHorizontalHeaderLabels([_("Full name"), _("Role"), _("Telephone")])
        header = self.members.horizontalHeader()
        for at in range(3):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.keep = button(_("Save"), self.save, kind="primary")
        side = QWidget()
        side.setLayout(column(label(_("Already written down"), role="heading"), self.list))
        side.setFixedWidth(230)
        foot = line(self.trouble, button(_("Close"), self.accept), self.keep)
        foot.setStretch(0, 1)
        form = column(
            label(_("Unit")),
            self.unit,
            self.grid,
            label(_("Members of the support team")),
            self.members,
            foot,
            spacing=5,
        )
        form.setStretch(4, 1)
        body = line(side, form, margins=14, spacing=14)
        body.setStretch(1, 1)
        self.setLayout(body)
        self.resize(780, 500)

    def refresh(self) -> None:
        """Read teams, agreements and units."""

        def work(connection: Connection) -> Found:
            names = [one.name for one in register.units(connection)]
            return support_teams(connection), agreements(connection), names

        self._desk.read(work, self._show, key="teams sheet")

    def _show(self, found: Found) -> None:
        teams, signed, names = found
        self.teams = {one.unit: one for one in teams}
        self.agreements = {one.unit: one for one in signed}
        kept = self.unit.currentText()
        with QSignalBlocker(self.unit), QSignalBlocker(self.list):
            self.unit.clear()
            self.unit.addItems(names)
            self.unit.setCurrentIndex(max(self.unit.findText(kept), 0))
            self.list.clear()
            for one in dict.fromkeys((*self.teams, *self.agreements)):
                QListWidgetItem(one, self.list)
        self._show_unit(self.unit.currentText())

    def _choose(self, unit: str) -> None:
        self.unit.setCurrentIndex(self.unit.findText(unit))

    def _show_unit(self, unit: str) -> None:
        team, signed = self.teams.get(unit), self.agreements.get(unit)
        boxes = self.grid.boxes
        boxes["decision_number"].set_value(team.decision_number if team else "")
        boxes["decided"].set_value(_day(team.decided if team else None))
        boxes["partner"].set_value(signed.partner if signed else "")
        boxes["signed_on"].set_value(_day(signed.signed_on if signed else None))
        members = team.members if team else ()
        self.members.setRowCount(max(_LINES, len(members) + 1))
        for row in range(self.members.rowCount()):
            for at in range(3):
                text = members[row][at] if row < len(members) else ""
                self.members.set_cell(row, at, text, right=False)
        tell(self.trouble, "", "bad")

    def _members(self) -> tuple[MemberDraft, ...]:
        rows = range(self.members.rowCount())
        return tuple(MemberDraft(*(self.members.cell(row, at) for at in range(3))) for row in rows)

    def save(self) -> None:
        """Save the team, and the agreement where there is one."""
        self.members.setFocus()
        key, why = first_trouble(self.grid.boxes)
        values, unit = read_values(self.grid.boxes), self.unit.currentText()
        if key or not unit:
            tell(self.trouble, why or _("Choose the unit."), "bad")
            return
        members = self._members()
        named = any(one.name or one.role or one.phone for one in members)
        done = True
        if named or values["decision_number"] or unit in self.teams:
            team = RecordSupportTeam(
                unit, members, values["decision_number"], _first(values["decided"])
            )
            said = _("Saved the support team of {unit}.").format(unit=unit)
            done = self._doing.do(team, said) is not None
        if done and values["partner"]:
            agreement = RecordAgreement(unit, values["partner"], _first(values["signed_on"]))
            said = _("Saved the agreement of {unit}.").format(unit=unit)
            done = self._doing.do(agreement, said) is not None
        tell(self.trouble, "" if done else refusal(self._desk), "bad")
        if done:
            self.refresh()


def _day(iso: str | None) -> PartialDate | None:
    if not iso:
        return None
    day = date.fromisoformat(iso)
    return PartialDate(day.year, day.month, day.day)


def _first(value: object) -> date | None:
    return value.first if isinstance(value, PartialDate) else None
