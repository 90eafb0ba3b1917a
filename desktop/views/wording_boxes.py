"""Boxes for what stands on papers: a value of any kind, lists of entries, and the days it holds."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.printing.form_fields import FORMS, LONGEST_LINE, Field
from desktop.printing.wording import SIGNATORIES, Own
from desktop.tasks.wording import form_name
from desktop.text import _
from desktop.vietnamese.dates import PartialDate
from desktop.views.boxes import ChoiceBox, DateBox, LineBox, NumberBox, TextBox, next_on_enter
from desktop.views.widgets import button, column, label, line, name, set_property

_PARTED = " / "
"""Between the lines over a signature, where they are chosen as one."""
_ALL = "*"


class Kind(NamedTuple):
    """A box and how it shows and gives the value of a field."""

    box: Any
    show: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


class SwitchBox(QCheckBox):
    """On or off.

    *Signals:* ``edited()`` when the user changes it.
    """

    edited = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.clicked.connect(lambda _on: self.edited.emit())

    def value(self) -> bool:
        """Whether it is on."""
        return self.isChecked()

    def set_value(self, value: bool) -> None:
        """Show it on or off."""
        self.setChecked(value)

    def trouble(self) -> str:
        """It can always be read."""
        return ""


class DayBox(DateBox):
    """A whole day, or none."""

    def value(self) -> date | None:
        """The day, None where there is none or it cannot be read."""
        found = super().value()
        return found.first if isinstance(found, PartialDate) and found.day else None

    def set_value(self, value: Any) -> None:
        """Show a day."""
        super().set_value(PartialDate.fromiso(value.isoformat()) if value else None)

    def settle(self) -> None:
        """Write the day as it was understood."""
        day = self.value()
        if day is not None:
            self.setText(str(PartialDate.fromiso(day.isoformat())))
        self._judge()

    def trouble(self) -> str:
        """Why what is typed is no day."""
        if not self.text().strip() or self.value() is not None:
            return ""
        return _("“{text}” is no day. Write it as 01/07/2025.").format(text=self.text())


class FigureBox(LineBox):
    """A number that may have decimals."""

    def __init__(self, least: float, most: float) -> None:
        super().__init__(longest=12)
        self._least, self._most = least, most

    def value(self) -> Any:
        """The number; below the least where it cannot be read, which the checks then refuse."""
        try:
            return float(self.text().replace(",", "."))
        except ValueError:
            return self._least - 1

    def set_value(self, value: Any) -> None:
        """Show a number."""
        super().set_value(f"{value:g}".replace(".", ","))

    def trouble(self) -> str:
        """Why it cannot be taken."""
        if self._least <= self.value() <= self._most:
            return ""
        return _("Write a number from {low} to {high}.").format(
            low=f"{self._least:g}", high=f"{self._most:g}"
        )


def kind_of(field: Field, authorities: tuple[str, ...], like: Any = "") -> Kind:
    """The box that a field needs, as large as a value such as ``like`` asks for.

    ``authorities`` are the lines over signatures to choose from.
    """
    if field.parts:
        return Kind(EntriesBox(field, authorities), _same, _same)
    if field.key == f"{SIGNATORIES}.lines":
        chosen = ChoiceBox([(one, one) for one in authorities], editable=True)
        return Kind(chosen, _PARTED.join, _parted)
    if field.key == f"{SIGNATORIES}.papers":
        named = [(_ALL, _("All papers"))]
        named += [(one.paper, form_name(one.form)) for one in FORMS[1:]]
        return Kind(ChoiceBox(named), _papers_shown, _papers_read)
    if field.hint == date | None:
        return Kind(DayBox(), _same, _same)
    if field.hint is bool:
        return Kind(SwitchBox(_(field.label)), _same, _same)
    if field.hint is int:
        return Kind(_whole(field), _same, int)
    if field.hint is float:
        return Kind(FigureBox(field.least, field.most), _same, _same)
    if field.choices:
        return Kind(_choice(field), str, lambda value: _chosen(field, value))
    if field.is_list:
        return Kind(TextBox(min(max(2, len(like)), 7)), "\n".join, _lines)
    if field.longest > LONGEST_LINE:
        return Kind(TextBox(min(max(2, len(like) // 80 + 1), 4)), _same, _one_line)
    return Kind(LineBox(), _same, _same)


def _whole(field: Field) -> NumberBox:
    return NumberBox(int(field.least), int(field.least), int(field.most))


def _choice(field: Field) -> ChoiceBox:
    return ChoiceBox([(word, _(said)) for word, said in field.choices if word])


def _chosen(field: Field, value: Any) -> Any:
    """The word chosen, in the type of the field."""
    return field.hint(value) if value and field.hint is not str else value


def _lines(words: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in words.splitlines() if one.strip())


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _parted(words: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in words.split("/") if one.strip())


def _papers_shown(papers: tuple[str, ...]) -> str:
    return ", ".join(papers) or _ALL


def _papers_read(words: str) -> tuple[str, ...]:
    return () if words in {"", _ALL} else tuple(words.split(", "))


_SPANS = {
    "text": 12, "valid_from": 3, "valid_to": 3, "criterion": 6, "sub": 6, "max": 3, "min_pass": 3,
    "kill_if_fail": 6, "signatories.lines": 7, "signer": 5, "papers": 6, "x": 3, "y": 3,
    "width": 3, "size": 3, "spots.lines": 2, "align": 4, "bold": 3, "italic": 3, "name": 7,
    "kind": 5,
}  # fmt: skip
"""How much of a row of twelve a part of an entry takes."""


def _span(part: Field) -> int:
    within = ".".join(part.key.split(".")[-2:])
    return _SPANS.get(within) or _SPANS.get(part.name, 6)


class EntriesBox(QWidget):
    """A list of entries, each with its parts; F5 adds one, F6 takes the one with the focus out.

    *Signals:* ``edited()`` when the user changes it.
    """

    edited = Signal()

    def __init__(self, field: Field, authorities: tuple[str, ...]) -> None:
        super().__init__()
        self._field, self._authorities = field, authorities
        self._entries: list[tuple[QFrame, dict[str, Kind]]] = []
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self.add = button(_("Add a line  F5"), self.add_line, kind="link")
        name(self.add, _("{field}: add a line").format(field=_(field.label)))
        self.none = label(tone="quiet", wrap=True)
        self.setLayout(column(self._rows, self.none, line(self.add, None), spacing=4))

    def value(self) -> tuple[Any, ...]:
        """The entries."""
        return tuple(
            self._field.entry(**{key: kind.read(kind.box.value()) for key, kind in kinds.items()})
            for _frame, kinds in self._entries
        )

    def set_value(self, value: tuple[Any, ...]) -> None:
        """Show entries."""
        while self._entries:
            self._drop(0)
        for one in value:
            self._append(one)

    def trouble(self) -> str:
        """The first thing that cannot be read."""
        boxes = [kind.box for _frame, kinds in self._entries for kind in kinds.values()]
        return next((why for box in boxes if (why := box.trouble())), "")

    def add_line(self) -> None:
        """Add an empty entry at the end, and go to it."""
        kinds = self._append(None)
        next(iter(kinds.values())).box.setFocus()
        self.edited.emit()

    def drop_line(self) -> None:
        """Take out the entry with the focus."""
        now = self.focusWidget()
        for frame, _kinds in list(self._entries):
            if now is not None and frame.isAncestorOf(now):
                self._take_out(frame)

    def _take_out(self, frame: QFrame) -> None:
        at = next(at for at, (one, _kinds) in enumerate(self._entries) if one is frame)
        self._drop(at)
        self.add.setFocus()
        self.edited.emit()

    def _drop(self, at: int) -> None:
        frame, _kinds = self._entries.pop(at)
        frame.hide()
        frame.setParent(None)
        frame.deleteLater()
        self.none.setVisible(not self._entries)

    def _append(self, entry: Any) -> dict[str, Kind]:
        frame = QFrame()
        frame.setObjectName("card")
        grid = QGridLayout(frame)
        grid.setContentsMargins(8, 6, 8, 6)
        grid.setVerticalSpacing(2)
        for at in range(12):
            grid.setColumnStretch(at, 1)
        kinds = self._parts(grid, len(self._entries) + 1)
        out = button(_("Take out  F6"), lambda: self._take_out(frame), kind="link")
        words = _("{field} {number}: take out")
        name(out, words.format(field=_(self._field.label), number=len(self._entries) + 1))
        grid.addWidget(out, grid.rowCount(), 0, 1, 12, Qt.AlignmentFlag.AlignRight)
        usual = {one.name: one.default for one in fields(self._field.entry)}
        for key, kind in kinds.items():
            given = getattr(entry, key) if entry is not None else usual[key]
            if isinstance(given, (str, int, float, tuple, date)):
                kind.box.set_value(kind.show(given))
            kind.box.edited.connect(self.edited)
        self._entries.append((frame, kinds))
        self.none.setVisible(False)
        self._rows.addWidget(frame)
        next_on_enter(frame)
        return kinds

    def _parts(self, grid: QGridLayout, number: int) -> dict[str, Kind]:
        """The boxes of an entry under their words."""
        kinds: dict[str, Kind] = {}
        row, at = 0, 0
        for part in self._field.parts:
            kind, span = kind_of(part, self._authorities), _span(part)
            if at + span > 12:
                row, at = row + 2, 0
            words = _(part.label)
            spoken = f"{_(self._field.label)} {number}: {words}"
            name(kind.box, spoken)
            switch = isinstance(kind.box, SwitchBox)
            if not switch:
                head = label(words, tone="quiet")
                head.setBuddy(kind.box)
                grid.addWidget(head, row, at, 1, span)
            top = Qt.AlignmentFlag.AlignVCenter if switch else Qt.AlignmentFlag.AlignTop
            where = (row + 1, at, 1, span)
            if isinstance(kind.box, TextBox):
                grid.addWidget(kind.box, *where)
            else:
                grid.addWidget(kind.box, *where, top)
            kinds[part.name] = kind
            at += span
        return kinds


class Period(QWidget):
    """A value and the days on which papers bear it.

    *Signals:* ``edited()`` when the user changes it; ``dropped()`` when they take it out.
    """

    edited = Signal()
    dropped = Signal()

    def __init__(self, field: Field, authorities: tuple[str, ...], like: Any) -> None:
        super().__init__()
        self.kind = kind_of(field, authorities, like)
        self.first, self.last = DayBox(), DayBox()
        words = _(field.label)
        name(self.kind.box, words, field.key)
        name(self.first, _("{field}: from the day").format(field=words))
        name(self.last, _("{field}: to the day").format(field=words))
        self.out = button(_("Take these days out"), self.dropped.emit, kind="link")
        self.days = QWidget()
        asked = line(
            *(label(_("from"), tone="quiet"), self.first, label(_("to"), tone="quiet"), self.last),
            *(self.out, None),
            spacing=6,
        )
        self.days.setLayout(asked)
        self.setLayout(column(self.kind.box, self.days, spacing=2))
        for box in (self.kind.box, self.first, self.last):
            box.edited.connect(self.edited)
        next_on_enter(self)

    def show_own(self, value: Any, first: date | None, last: date | None) -> None:
        """Show a value and its days."""
        self.kind.box.set_value(self.kind.show(value))
        self.first.set_value(first)
        self.last.set_value(last)

    def own(self, key: str) -> Own:
        """What stands in the boxes."""
        value = self.kind.read(self.kind.box.value())
        return Own(key, value, self.first.value(), self.last.value())

    def trouble(self) -> str:
        """The first thing that cannot be read."""
        boxes = (self.kind.box, self.first, self.last)
        return next((why for box in boxes if (why := box.trouble())), "")


class FieldEditor(QWidget):
    """A field of a paper: its value by periods, and whether it is the office's own.

    *Signals:* ``edited(key)`` when the user changes it.
    """

    edited = Signal(str)

    def __init__(self, field: Field, shipped: Any, authorities: tuple[str, ...]) -> None:
        super().__init__()
        self.field, self.shipped, self._authorities = field, shipped, authorities
        self.periods: list[Period] = []
        self.mark = label(tone="warn")
        self.back = button(_("Back to the shipped"), self.reset, kind="link")
        name(self.back, _("{field}: back to the shipped").format(field=_(field.label)))
        self.more = button(_("Other days…"), self.add_period, kind="link")
        name(self.more, _("{field}: other words for other days").format(field=_(field.label)))
        self.trouble = label(tone="bad", wrap=True)
        self.trouble.hide()
        self._rows = column(spacing=4)
        self.head = label(_(field.label))
        self.ways = QWidget()
        self.ways.setLayout(line(self.back, self.more, None, spacing=6))
        top = line(self.head, self.mark, None, spacing=6)
        self.setLayout(column(top, self._rows, self.trouble, self.ways, spacing=2))
        # Entries that have days of their own need none around them.
        self._dated = all(part.name != "valid_from" for part in field.parts)

    def say_where_empty(self, words: str) -> None:
        """Say what counts where the first box is left empty."""
        box = self.periods[0].kind.box
        if isinstance(box, LineBox | TextBox):
            box.setPlaceholderText(words)
        elif isinstance(box, EntriesBox):
            box.none.setText(words)

    def show_own(self, own: tuple[Own, ...]) -> None:
        """Show the office's values, or the shipped one."""
        self._empty()
        for one in own or (Own(self.field.key, self.shipped),):
            self._append().show_own(one.value, one.valid_from, one.valid_to)
        self._judge()

    def _empty(self) -> None:
        for period in self.periods:
            period.hide()
            period.setParent(None)
            period.deleteLater()
        self.periods = []

    def _append(self) -> Period:
        period = Period(self.field, self._authorities, self.shipped)
        period.edited.connect(self._changed)
        period.dropped.connect(lambda: self._drop(period))
        self.periods.append(period)
        self._rows.addWidget(period)
        self.head.setBuddy(self.periods[0].kind.box)
        return period

    def _drop(self, period: Period) -> None:
        """Take one of several periods out."""
        if len(self.periods) > 1:
            self.periods.remove(period)
            period.hide()
            period.setParent(None)
            period.deleteLater()
            self.periods[0].kind.box.setFocus()
            self._changed()

    def add_period(self) -> None:
        """Add words for other days, beginning with those of the last."""
        value = self.periods[-1].own(self.field.key).value
        added = self._append()
        added.show_own(value, None, None)
        self._changed()
        added.kind.box.setFocus()
        if isinstance(added.kind.box, LineBox | TextBox):
            added.kind.box.selectAll()

    def reset(self) -> None:
        """Show the shipped value again."""
        self.show_own(())
        self.periods[0].kind.box.setFocus()
        self.edited.emit(self.field.key)

    def _changed(self) -> None:
        self._judge()
        self.edited.emit(self.field.key)

    def own(self) -> tuple[Own, ...]:
        """The office's values; none where the shipped one stands there alone."""
        found = tuple(one.own(self.field.key) for one in self.periods)
        if len(found) == 1 and found[0] == Own(self.field.key, self.shipped):
            return ()
        return found

    def unreadable(self) -> str:
        """Why something typed cannot be read, blank where all can."""
        return next((why for one in self.periods if (why := one.trouble())), "")

    def tell(self, why: str) -> None:
        """Say what is wrong below it, or nothing."""
        self.trouble.setText(why)
        self.trouble.setVisible(bool(why))
        for one in self.periods:
            set_property(one.kind.box, "wrong", "true" if why else "false")
            one.kind.box.setAccessibleDescription(why or self.field.key)

    def _judge(self) -> None:
        """Show what belongs to a value of the office's own."""
        own = bool(self.own())
        self.mark.setText(_("the office's own") if own else "")
        self.ways.setVisible(own)
        self.more.setVisible(self._dated)
        given = any(one.valid_from or one.valid_to for one in self.own())
        for one in self.periods:
            one.days.setVisible(own and (self._dated or given))
            one.out.setVisible(len(self.periods) > 1)
