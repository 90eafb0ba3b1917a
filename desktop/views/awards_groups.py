"""Emulation groups (cụm, khối thi đua) of a year: name, the unit that leads, the members."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QListWidget, QListWidgetItem, QWidget

from desktop.models import register
from desktop.models.actions.emulation import RecordEmulationGroup, RemoveEmulationGroup
from desktop.models.awards import GroupLine, emulation_groups
from desktop.models.engines.sqlite import Connection
from desktop.programme.calendar import today_in_vietnam
from desktop.text import _
from desktop.vietnamese.folding import fold
from desktop.views.boxes import LineBox, NumberBox
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.overview_saying import refusal
from desktop.views.widgets import button, column, label, line, name, tell

Found = tuple[list[GroupLine], list[str]]


class GroupsSheet(QDialog):
    """The groups at the left, one of them with its members at the right."""

    def __init__(self, parent: QWidget | None, desk: Desk, doing: Doing) -> None:
        super().__init__(parent)
        self._desk, self._doing = desk, doing
        self.setWindowTitle(_("Emulation groups"))
        self.groups: list[GroupLine] = []
        self._shown: GroupLine | None = None
        self._wanted = ""
        self.list = QListWidget()
        name(self.list, _("Emulation groups"))
        self.list.currentRowChanged.connect(self._choose)
        self.name_box, self.year = LineBox(), NumberBox(None, 1900, 2199)
        self.members, self.leader, self.search = QListWidget(), QComboBox(), LineBox()
        self.search.setPlaceholderText(_("Search without tone marks"))
        for widget, words in (
            (self.name_box, _("Name of the group")),
            (self.year, _("Year")),
            (self.members, _("Members")),
            (self.leader, _("Leading unit")),
            (self.search, _("Search among the units")),
        ):
            name(widget, words)
        self.members.itemChanged.connect(lambda _item: self._offer_leaders())
        self.search.textChanged.connect(self._narrow)
        self.trouble = label(tone="bad", wrap=True)
        self._compose()
        self.start_new()
        self.refresh()

    def _compose(self) -> None:
        self.keep = button(_("Save"), self.save, kind="primary")
        self.drop = button(_("Remove"), self.remove)
        side = QWidget()
        side.setLayout(column(self.list, button(_("New group"), self.start_new)))
        side.setFixedWidth(230)
        self.year.setFixedWidth(80)
        first = line(
            column(label(_("Name of the group")), self.name_box, spacing=2),
            column(label(_("Year")), self.year, spacing=2),
        )
        first.setStretch(0, 1)
        self.count = label(tone="quiet")
        units = line(label(_("Members")), self.count, None, self.search)
        foot = line(self.drop, None, button(_("Close"), self.accept), self.keep)
        form = column(
            first,
            units,
            self.members,
            label(_("Leading unit")),
            self.leader,
            self.trouble,
            foot,
            spacing=5,
        )
        form.setStretch(2, 1)
        body = line(side, form, margins=14, spacing=14)
        body.setStretch(1, 1)
        self.setLayout(body)
        self.resize(760, 480)

    def refresh(self) -> None:
        """Read the groups and the units."""

        def work(connection: Connection) -> Found:
            names = [one.name for one in register.units(connection)]
            return emulation_groups(connection), names

        self._desk.read(work, self._show, key="groups sheet")

    def _show(self, found: Found) -> None:
        self.groups, names = found
        ticked = set(self.ticked())
        self.members.blockSignals(True)  # noqa: FBT003 - Qt's own switch
        self.members.clear()
        for one in names:
            item = QListWidgetItem(one, self.members)
            on = Qt.CheckState.Checked if one in ticked else Qt.CheckState.Unchecked
            item.setCheckState(on)
        self.members.blockSignals(False)  # noqa: FBT003 - the same
        self.list.clear()
        for group in self.groups:
            words = _("{count} members").format(count=len(group.members))
            QListWidgetItem(f"{group.name}\n{group.year} · {words}", self.list)
        at = [at for at, one in enumerate(self.groups) if one.name == self._wanted]
        self.list.setCurrentRow(at[0] if at else -1)
        self._offer_leaders()

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self.groups):
            self._shown = self.groups[at]
            self._wanted = self._shown.name
            self.name_box.set_value(self._shown.name)
            self.year.set_value(self._shown.year)
            self._tick(set(self._shown.members.values()), self._shown.leader)

    def _tick(self, names: set[str], leader: str) -> None:
        self.members.blockSignals(True)  # noqa: FBT003 - Qt's own switch
        for at in range(self.members.count()):
            item = self.members.item(at)
            on = item.text() in names
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.members.blockSignals(False)  # noqa: FBT003 - the same
        self.drop.setEnabled(self._shown is not None)
        tell(self.trouble, "", "bad")
        self._offer_leaders()
        self.leader.setCurrentIndex(max(self.leader.findText(leader), 0))

    def start_new(self) -> None:
        """An empty form for a group of this year."""
        self._shown, self._wanted = None, ""
        self.list.setCurrentRow(-1)
        self.name_box.set_value("")
        self.year.set_value(today_in_vietnam(self._desk.app.clock()).year)
        self._tick(set(), "")
        self.name_box.setFocus()

    def ticked(self) -> list[str]:
        """The units that are members."""
        items = [self.members.item(at) for at in range(self.members.count())]
        return [one.text() for one in items if one.checkState() is Qt.CheckState.Checked]

    def _offer_leaders(self) -> None:
        kept, members = self.leader.currentText(), self.ticked()
        self.leader.clear()
        self.leader.addItems(["", *members])
        self.leader.setCurrentIndex(max(self.leader.findText(kept), 0))
        self.count.setText(str(len(members)))

    def _narrow(self, words: str) -> None:
        for at in range(self.members.count()):
            item = self.members.item(at)
            item.setHidden(fold(words) not in fold(item.text()))

    def save(self) -> None:
        """Save the group."""
        if self.year.value() is None:
            tell(self.trouble, _("Give the year of the group, such as 2022."), "bad")
            return
        action = RecordEmulationGroup(
            self.name_box.value(),
            self.year.value(),
            tuple(self.ticked()),
            self.leader.currentText(),
        )
        said = _("Saved the emulation group {name}.").format(name=action.name)
        done = self._doing.do(action, said) is not None
        self._wanted = action.name
        tell(self.trouble, "" if done else refusal(self._desk), "bad")
        if done:
            self.refresh()

    def remove(self) -> None:
        """Take the group away."""
        if self._shown is None:
            return
        said = _("Removed the emulation group {name}.").format(name=self._shown.name)
        if self._doing.do(RemoveEmulationGroup(self._shown.group_id), said) is not None:
            self.start_new()
            self.refresh()
