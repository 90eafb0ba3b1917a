"""The authors of an initiative as a table: F5 adds a line, F6 takes it out, shares are summed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.models.entry import AuthorDraft
from desktop.text import _
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.dates import parse_date
from desktop.views.boxes import Source, attach_completer, read_share
from desktop.views.grid import row_height
from desktop.views.widgets import button, column, label, line, name_table, tell

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Field:
    """One column: the draft's field, its title, how wide, which choices, how text is read."""

    key: str
    title: str
    sample: str
    choices: tuple[str, ...] = ()
    read: Callable[[str], Any] = clean
    show: Callable[[Any], str] = lambda value: "" if value is None else str(value)


def _fields() -> tuple[Field, ...]:
    """The columns in the language in use; Enter walks those up to membership."""
    truth = (_("Yes"), _("No"))

    def read_truth(text: str) -> bool | None:
        return {truth[0]: True, truth[1]: False}.get(text)

    def show_truth(value: bool | None) -> str:
        return "" if value is None else truth[0] if value else truth[1]

    def share(value: Decimal | None) -> str:
        return "" if value is None else f"{value:f}".replace(".", ",")

    def answer(key: str, title: str) -> Field:
        return Field(key, title, "Không  ▾", truth, read_truth, show_truth)

    return (
        Field("name", _("Full name"), "Nguyễn Thị Hương Giang"),
        Field("share", _("Share %"), "Góp 100,00", read=read_share, show=share),
        Field("credited", _("Credited"), "Ghi nhận"),
        Field(
            "birth", _("Born"), "00/00/0000", read=lambda t: parse_date(t) if t.strip() else None
        ),
        Field("gender", _("Gender"), "Nam  ▾", ("Nam", "Nữ")),
        Field("job", _("Job"), "Nhân viên kỹ thuật"),
        Field("education", _("Education"), "Trung cấp nghề"),
        answer("member", _("Member")),
        Field("workplace", _("Workplace"), "Trường tiểu học số 1"),
        Field("team", _("Team"), "Tổ nhiệt điện"),
        Field("identity", _("Identity number"), "000000000000"),
        Field("phone", _("Telephone"), "0000000000"),
        Field("email", _("Email"), "nguoidung@vidu.vn"),
        Field("member_code", _("Member code"), "000000000000"),
        answer("leader_post", _("Leader")),
        answer("topic_leader", _("Topic leader")),
    )


class AuthorsGrid(QAbstractTableModel):
    """The authors for Qt.

    *Signals:* ``edited()`` when the user changes them, ``refused(text)`` for what cannot be read.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.fields = _fields()
        self.authors: list[AuthorDraft] = [AuthorDraft(credited=True)]

    def drafts(self) -> tuple[AuthorDraft, ...]:
        """The authors without blank lines; the credited one stands first."""
        filled = [one for one in self.authors if replace(one, credited=False) != AuthorDraft()]
        return tuple(sorted(filled, key=lambda one: not one.credited))

    def show_authors(self, authors: tuple[AuthorDraft, ...]) -> None:
        """Show other authors; an empty line where there are none."""
        self.beginResetModel()
        self.authors = list(authors) or [AuthorDraft(credited=True)]
        self.endResetModel()

    def total(self) -> Decimal | None:
        """The sum of the shares, None where none is given."""
        shares = [one.share for one in self.authors if one.share is not None]
        return sum(shares, Decimal(0)) if shares else None

    def add_line(self) -> int:
        """Add an empty line; where it stands."""
        at = len(self.authors)
        self.beginInsertRows(QModelIndex(), at, at)
        self.authors.append(AuthorDraft(credited=not self.authors))
        self.endInsertRows()
        return at

    def drop_line(self, at: int) -> None:
        """Take a line out; the last one is emptied instead."""
        if not 0 <= at < len(self.authors):
            return
        self.beginRemoveRows(QModelIndex(), at, at)
        gone = self.authors.pop(at)
        self.endRemoveRows()
        if not self.authors:
            self.add_line()
        elif gone.credited:
            self._credit(0)
        self.edited.emit()

    def share_evenly(self) -> None:
        """Give all named authors the same share; the first takes what does not divide."""
        named = [at for at, one in enumerate(self.authors) if one.name] or [0]
        each = (_WHOLE / len(named)).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
        each = each.normalize() if each == each.to_integral() else each
        for at in named:
            share = _WHOLE - each * (len(named) - 1) if at == named[0] else each
            self.authors[at] = replace(self.authors[at], share=Decimal(f"{share:f}"))
        self._tell_all()

    def _credit(self, at: int) -> None:
        """Put one author forward for credit, and nobody else."""
        self.authors = [
            replace(one, credited=number == at) for number, one in enumerate(self.authors)
        ]
        self._tell_all()

    def _tell_all(self) -> None:
        last = self.index(len(self.authors) - 1, len(self.fields) - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.edited.emit()

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.authors)

    def columnCount(self, parent: Index = _NONE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text, or its tick."""
        field = self.fields[index.column()]
        value = getattr(self.authors[index.row()], field.key)
        if field.key == "credited":
            ticked = Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
            return ticked if role == Qt.ItemDataRole.CheckStateRole else None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return field.show(value)
        if role == Qt.ItemDataRole.TextAlignmentRole and field.key == "share":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed; what cannot be read leaves the old value and says why."""
        field, at = self.fields[index.column()], index.row()
        if field.key == "credited" or role == Qt.ItemDataRole.CheckStateRole:
            self._credit(at)
            return True
        try:
            read = field.read(str(value))
        except ValueError:
            self.refused.emit(
                _("“{text}” cannot be read as: {column}.").format(text=value, column=field.title)
            )
            return False
        if read != getattr(self.authors[at], field.key):
            self.authors[at] = replace(self.authors[at], **{field.key: read})
            self.dataChanged.emit(index, index)
            self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be typed into; credit is a tick."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.fields[index.column()].key == "credited":
            return usual | Qt.ItemFlag.ItemIsUserCheckable
        return usual | Qt.ItemFlag.ItemIsEditable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The columns' titles, the lines' numbers."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.fields[section].title if orientation is Qt.Orientation.Horizontal else section + 1
        )


class _CellEditor(QStyledItemDelegate):
    """The box that opens in a cell; Enter in it goes on to the next cell."""

    def __init__(self, table: "AuthorsTable", people: Source) -> None:
        super().__init__(table)
        self._table, self._people = table, people

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A list of choices, or a line."""
        field = self._table.grid.fields[index.column()]
        if field.choices:
            combo = QComboBox(parent)
            combo.addItems(["", *field.choices])
            combo.setAccessibleName(field.title)
            return combo
        made = QLineEdit(parent)
        made.setFrame(False)
        made.setAccessibleName(field.title)
        if field.key == "name":
            attach_completer(made, self._people, made.editingFinished)
        del option
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the cell's value in the box."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findText(text)))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the box's text to the table."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter takes the value and steps on."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and _is_bare_enter(event):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            self._table.step()
            return True
        return super().eventFilter(editor, event)


def _is_bare_enter(event: QEvent) -> bool:
    """Whether a key event is Enter without Ctrl."""
    if not isinstance(event, QKeyEvent):
        return False
    enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    return enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier


class AuthorsTable(QTableView):
    """The table of authors.

    *Signals:* ``left()`` when Enter walks out of its end.
    """

    left = Signal()

    def __init__(self, people: Source) -> None:
        super().__init__()
        self.grid = AuthorsGrid()
        self.setModel(self.grid)
        self.setItemDelegate(_CellEditor(self, people))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        name_table(self, _("Authors"), _("F5 adds a line, F6 takes it out, Enter goes on."))
        self.fit()

    def fit(self) -> None:
        """Measure rows and columns in the font in use."""
        metrics = QFontMetrics(self.font())
        self.verticalHeader().setDefaultSectionSize(row_height(self))
        for at, field in enumerate(self.grid.fields):
            wide = max(field.sample, field.title, key=metrics.horizontalAdvance)
            self.setColumnWidth(at, metrics.horizontalAdvance(wide) + 22)

    def step(self) -> None:
        """Go to the next cell; after membership to the next line, after the last line out."""
        at, row = self.currentIndex().column(), self.currentIndex().row()
        keys = [field.key for field in self.grid.fields]
        following = at + 1
        if keys[following : following + 1] == ["credited"]:
            # A tick is not typed; whoever is not put forward is passed over.
            following += 1
        if at < keys.index("member"):
            self._edit(row, following)
        elif row + 1 < self.grid.rowCount():
            self._edit(row + 1, 0)
        else:
            self.left.emit()

    def _edit(self, row: int, at: int) -> None:
        index = self.grid.index(row, at)
        self.setCurrentIndex(index)
        self.edit(index)

    def add_line(self) -> None:
        """Add a line and type its name."""
        self._edit(self.grid.add_line(), 0)

    def drop_line(self) -> None:
        """Take the current line out."""
        at = self.currentIndex()
        self.grid.drop_line(at.row())
        self.setCurrentIndex(self.grid.index(min(at.row(), self.grid.rowCount() - 1), at.column()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell, Delete empties it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            index = self.currentIndex()
            if self.grid.fields[index.column()].key == "credited":
                self.step()
            else:
                self._edit(max(0, index.row()), max(0, index.column()))
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.grid.setData(self.currentIndex(), "")
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Three lines high."""
        head = self.horizontalHeader().sizeHint().height()
        return QSize(400, head + row_height(self) * 3 + 16)

    def minimumSizeHint(self) -> QSize:
        """Three lines high, as narrow as need be."""
        return QSize(160, self.sizeHint().height())


class AuthorsBox(QWidget):
    """The table with its running sum, as a box of a form.

    *Signals:* ``edited()`` when the user changes an author.
    """

    edited = Signal()

    def __init__(self, people: Source) -> None:
        super().__init__()
        self.table = AuthorsTable(people)
        self._sum = label()
        self._evenly = button(_("Share evenly"), self.table.grid.share_evenly, kind="link")
        add = button(_("Add a line (F5)"), self.table.add_line, kind="link")
        drop = button(_("Take out (F6)"), self.table.drop_line, kind="link")
        foot = line(self._sum, self._evenly, None, add, drop, spacing=14)
        self.setLayout(column(self.table, foot, spacing=1))
        self.table.grid.edited.connect(self._changed)
        self.table.grid.refused.connect(lambda text: tell(self._sum, text, "bad"))
        self.table.left.connect(self._go_on)
        self.setFocusProxy(self.table)
        self._tell_sum()

    def value(self) -> Any:
        """The authors as drafts."""
        return self.table.grid.drafts()

    def set_value(self, value: Any) -> None:
        """Show authors."""
        self.table.grid.show_authors(value)
        self.table.setCurrentIndex(self.table.grid.index(0, 0))
        self._tell_sum()

    def trouble(self) -> str:
        """A line that cannot be read is never taken in."""
        return ""

    def _go_on(self) -> None:
        self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's own: forwards

    def _changed(self) -> None:
        self._tell_sum()
        self.edited.emit()

    def _tell_sum(self) -> None:
        total = self.table.grid.total()
        several = len(self.value()) > 1
        self._evenly.setVisible(several and total != _WHOLE)
        if total is None:
            text = (
                _("No shares yet") if several else _("One author: 100 % unless you say otherwise")
            )
            tell(self._sum, text, "quiet")
            return
        shown = f"{total:f}".replace(".", ",")
        rest = f"{abs(_WHOLE - total):f}".replace(".", ",")
        if total == _WHOLE:
            tell(self._sum, _("Shares: 100 %"), "good")
        elif total < _WHOLE:
            tell(
                self._sum,
                _("Shares: {sum} %, {rest} % missing —").format(sum=shown, rest=rest),
                "bad",
            )
        else:
            tell(
                self._sum,
                _("Shares: {sum} %, {rest} % too much —").format(sum=shown, rest=rest),
                "bad",
            )
