"""Keying in score sheets that came back: codes and points, what each line is, what they come to."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from desktop.models.faults import explain
from desktop.progress import Progress
from desktop.tasks import scoring
from desktop.tasks.scoring import LineRead, Look, Tally
from desktop.text import _, counted
from desktop.views.boxes import TextBox
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.overview_saying import refusal
from desktop.views.widgets import button, column, label, line, name, name_table, plain, tell

_DEBOUNCE = 250
"""Milliseconds after the last key until what was typed is read."""
_SIZE = (1040, 540)
"""Room for a council's sheets, within a small screen."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ScanBox(TextBox):
    """The lines; a scanner ends each code with Enter, which makes room for its points.

    *Signals:* ``finished()`` at Ctrl+Enter.
    """

    finished = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Behind a code alone Enter writes a blank, not a new line."""
        cursor, entered = self.textCursor(), event.key() in _ENTER
        if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
            return
        if not entered or not scoring.awaits_points(cursor.block().text()):
            super().keyPressEvent(event)
            return
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        if not cursor.block().text().endswith(" "):
            cursor.insertText(" ")
        self.setTextCursor(cursor)


class ScoringSheet(QDialog):
    """The lines at the left, beside them what they are and come to; closed, it keeps them."""

    def __init__(self, parent: QWidget, desk: Desk, doing: Doing) -> None:
        super().__init__(parent)
        self._desk, self._doing = desk, doing
        self._look = Look((), (), (), ())
        self.setWindowTitle(_("Enter score sheets"))
        self.box = ScanBox(8)
        name(self.box, _("Codes and points, a sheet a line"))
        self.box.edited.connect(self._changed)
        self.box.finished.connect(self.record)
        self.box.cursorPositionChanged.connect(self._follow)
        self._timer = QTimer(self, singleShot=True, interval=_DEBOUNCE)
        self._timer.timeout.connect(self._read)
        self.lines = _table(
            _("What each line is"), (_("Line"), _("Council member"), _("Initiative"), _("Points"))
        )
        self.results = _table(
            _("Result of each initiative"),
            (_("Initiative"), _("Mean"), _("For / against"), _("Result"), _("No sheet yet of")),
        )
        self.trouble = label(wrap=True)
        self._compose()

    def _compose(self) -> None:
        said = label(
            _(
                "On each line the code of a sheet, then its points: 3-1204-2-32 85, or those of "
                "each criterion: 28+25+32. Add “khong” where the sheet says that it does not pass."
            ),
            tone="quiet",
            wrap=True,
        )
        self.go = button(_("Record the results"), self.record, kind="primary", tip="Ctrl+Enter")
        self.go.setEnabled(False)
        head = label(_("Codes and points"), role="heading")
        head.setBuddy(self.box)
        side = QWidget()
        side.setLayout(column(head, self.box))
        side.setFixedWidth(280)
        read = column(
            label(_("What each line is"), role="heading"),
            self.lines,
            label(_("Result of each initiative"), role="heading"),
            self.results,
        )
        body = line(side, read, spacing=14)
        body.setStretch(1, 1)
        foot = line(self.trouble, button(_("Close"), self.reject), self.go)
        foot.setStretch(0, 1)
        whole = column(said, body, foot, margins=14)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        _widen(self.lines, {1: 170}, 2)
        _widen(self.results, {4: 200}, 0)
        self.resize(*_SIZE)

    def ask(self) -> None:
        """Show the sheet with what was typed before; not before the store is open."""
        if self._doing.store() is not None:
            # What is said comes and goes in two lines; the tables above stay as they are.
            self.trouble.setMinimumHeight(2 * self.trouble.fontMetrics().lineSpacing())
            self._changed()
            self.box.setFocus()
            self.open()

    @property
    def pending(self) -> bool:
        """Whether what was typed is still to be read."""
        return self._timer.isActive()

    def _changed(self) -> None:
        """What was read no longer holds."""
        self.go.setEnabled(False)
        self._timer.start()

    def _read(self) -> None:
        store, resources = self._desk.store, self._desk.app.resources
        typed = self.box.toPlainText().split("\n")
        if store is None:
            return

        def work(_progress: Progress) -> Look:
            return scoring.look(store, typed, scoring.form_of(store, resources))

        self._desk.reads.run(work, self._show, self._refused, key="score sheets")

    def _refused(self, error: Exception) -> None:
        known = explain(error, self._desk.folder)
        if known is None:
            raise error
        tell(self.trouble, str(known), "bad")

    def _show(self, look: Look) -> None:
        if self.pending:
            return
        self._look = look
        _fill(self.lines, [_line_cells(one) for one in look.lines])
        for row, one in enumerate(look.lines):
            if one.wrong:
                self._redden(row, 2 if one.sheet else 1)
        _fill(self.results, [_tally_cells(one) for one in look.found])
        tell(self.trouble, "\n".join(_said(look)), "bad" if look.wrong else "quiet")
        self.go.setEnabled(look.ready)
        self._follow()

    def _redden(self, row: int, at: int) -> None:
        """Give what is wrong with a line the room to its end, in its colour."""
        self.lines.setSpan(row, at, 1, self.lines.columnCount() - at)
        item = self.lines.item(row, at)
        if item is not None:
            item.setForeground(self._desk.theme_colour("bad"))

    def _follow(self) -> None:
        """Bring the line where the cursor stands into view."""
        at = self.box.textCursor().blockNumber() + 1
        row = next((row for row, o in enumerate(self._look.lines) if o.line == at), -1)
        if 0 <= row < self.lines.rowCount():
            self.lines.setCurrentCell(row, 0)

    def record(self) -> None:
        """Record what the sheets came to, and close; refused, the lines stay."""
        if not self.go.isEnabled():
            return
        look = self._look
        said = counted(
            "Recorded the result of {count} initiative.",
            "Recorded the results of {count} initiatives.",
            len(look.found),
        ).format(count=len(look.found))
        if self._doing.do(scoring.recording(look.marks, look.found), said) is None:
            tell(self.trouble, refusal(self._desk), "bad")
            return
        self.box.clear()
        self.accept()


def _line_cells(one: LineRead) -> tuple[str, ...]:
    """What is shown of a line: whose sheet it is and its points, or what is wrong with it."""
    number = str(one.line)
    if one.sheet is None:
        return number, one.wrong, "", ""
    member = one.sheet.member or _("secret ballot")
    if one.wrong or one.mark is None:
        return number, member, one.wrong, ""
    verdict = _("passed") if one.mark.passed else _("not passed")
    points = f"{_figure(one.mark.points)} – {verdict}"
    return number, member, f"{one.sheet.code} {one.sheet.title}", points


def _tally_cells(one: Tally) -> tuple[str, ...]:
    """What is shown of an initiative's result."""
    result = one.result
    return (
        f"{one.code} {one.title}",
        "" if result.score is None else _figure(result.score),
        f"{result.votes_for} / {result.votes_against}",
        _("passed") if result.outcome == "passed" else _("not passed"),
        ", ".join(one.missing) or "–",
    )


def _said(look: Look) -> Iterator[str]:
    """The first thing that is wrong, or of which session the sheets are."""
    if look.wrong:
        yield look.wrong[0]
    if len(look.wrong) > 1:
        yield _("{count} more.").format(count=len(look.wrong) - 1)
    first = next((one.sheet for one in look.lines if one.sheet), None)
    if first is not None and not look.wrong:
        yield f"{first.council} – {first.held}"


def _figure(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")


def _table(spoken: str, heads: Sequence[str]) -> QTableWidget:
    """A table that is only read; Tab goes past its cells."""
    made = QTableWidget(0, len(heads))
    made.setObjectName("lines")
    made.setHorizontalHeaderLabels(list(heads))
    name_table(made, spoken)
    made.verticalHeader().hide()
    made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    made.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
    made.setTabKeyNavigation(False)
    made.setWordWrap(False)
    made.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
    made.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )
    return made


def _widen(table: QTableWidget, widths: dict[int, int], stretched: int) -> None:
    """Give columns a width, one of them what is left, and the others as much as they show."""
    head = table.horizontalHeader()
    head.setResizeContentsPrecision(0)
    for at in range(table.columnCount()):
        if at in widths:
            table.setColumnWidth(at, widths[at])
        elif at != stretched:
            head.setSectionResizeMode(at, QHeaderView.ResizeMode.ResizeToContents)
    head.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)


def _fill(table: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    """Show rows of words; a cell too narrow for its words tells them under the pointer."""
    table.clearSpans()
    table.setRowCount(len(rows))
    # The columns are measured once, at the end, and not at each cell.
    with QSignalBlocker(table.model()):
        for row, cells in enumerate(rows):
            for at, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(plain(text) if text else "")
                table.setItem(row, at, item)
    table.horizontalHeader().resizeSections()
    table.doItemsLayout()
    table.viewport().update()
