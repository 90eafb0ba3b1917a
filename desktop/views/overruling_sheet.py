"""Setting a finding of the check aside: the reason asked for, and the finding as it then stands."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.models.actions.overrulings import OverruleFinding, WithdrawOverruling
from desktop.programme.calendar import today_in_vietnam
from desktop.programme.verdict import Finding, Result, Severity
from desktop.text import _
from desktop.vietnamese.dates import VIETNAM
from desktop.views.amounts import when
from desktop.views.asking import AskForm
from desktop.views.boxes import TextBox
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.widgets import button, label, line, name, set_property


class OverrulingSheet(AskForm):
    """Asks for the reason why a finding is not to count."""

    def __init__(self, parent: QWidget | None, finding: Finding) -> None:
        said = _("The check found: {message}").format(message=finding.message)
        super().__init__(parent, _("Decide otherwise"), said, _("Decide otherwise"))
        self.setMinimumWidth(540)
        self.fields.addWidget(label(finding.clause, tone="quiet", wrap=True))
        self.box = TextBox(4)
        self.add(_("Reason (kept with your name and the time, and printed)"), self.box)
        note = _("It holds until the record changes so that the check finds something else.")
        self.fields.addWidget(label(note, tone="quiet", wrap=True))
        self.box.setFocus()

    @property
    def reason(self) -> str:
        """The reason given."""
        return str(self.box.value())

    def ready(self) -> str:
        """There must be a reason."""
        return "" if self.reason else _("Write the reason; without one the finding stands.")


class Overruling:
    """The buttons below a finding, for one kept record; without a record there are none."""

    def __init__(self, owner: QWidget, desk: Desk, doing: Doing) -> None:
        self._owner, self._desk, self._doing = owner, desk, doing
        self.record, self._back = 0, ""
        self.done: Callable[[], object] = lambda: None
        self.unsaved: Callable[[], bool] = lambda: False

    def offer(self, words: QVBoxLayout, finding: Finding) -> None:
        """Put below a finding what was decided on it, and what can be."""
        store = self._desk.store
        can = bool(self.record) and store is not None and not store.read_only
        if finding.overruled is not None:
            self._show_word(words, finding)
            text, act = _("Withdraw this decision"), self.withdraw
            spoken = _("Withdraw the decision on: {message}")
        elif finding.result is Result.PASS or finding.severity is Severity.INFO:
            return
        else:
            text, act = _("Decide otherwise…"), self.ask
            spoken = _("Decide otherwise on: {message}")
        if can:
            made = button(text, lambda: act(finding), kind="link")
            name(made, spoken.format(message=finding.message))
            words.addLayout(line(made, None))
            self._return_to(made, finding)

    def _return_to(self, made: QPushButton, finding: Finding) -> None:
        """Put the focus where it was: the button that was pressed has been drawn anew."""
        if finding.rule == self._back:
            self._back = ""
            QTimer.singleShot(0, made, made.setFocus)

    def _show_word(self, words: QVBoxLayout, finding: Finding) -> None:
        """Who decided otherwise, when and why."""
        one = finding.overruled
        if one is None:
            return
        words.addWidget(
            label(_("Decided otherwise: {reason}").format(reason=one.reason), wrap=True)
        )
        today = today_in_vietnam(self._desk.app.clock())
        local = one.ruled_at.astimezone(VIETNAM).isoformat(timespec="seconds")
        words.addWidget(label(f"{one.ruled_by} · {when(local, today)}", tone="quiet", wrap=True))

    def ask(self, finding: Finding) -> None:
        """Ask for the reason, then set the finding aside; of what is saved only."""
        if self._refused():
            return
        sheet = OverrulingSheet(self._owner.window(), finding)
        sheet.accepted.connect(lambda: self._overrule(finding, sheet.reason))
        sheet.open()

    def _refused(self) -> bool:
        """Whether the form has changes that are not saved; says so."""
        if self.unsaved():
            self._desk.say(_("Save the form first: a decision is on what is saved."), "warn")
        return self.unsaved()

    def _overrule(self, finding: Finding, reason: str) -> None:
        self._back = finding.rule
        said = _("Decided otherwise on {rule}; the finding stays visible with the reason.")
        action = OverruleFinding(self.record, finding.rule, reason)
        if self._doing.do(action, said.format(rule=finding.rule)) is not None:
            self.done()

    def withdraw(self, finding: Finding) -> None:
        """Let the finding count again."""
        if self._refused():
            return
        self._back = finding.rule
        said = _("The finding of {rule} counts again.").format(rule=finding.rule)
        if self._doing.do(WithdrawOverruling(self.record, finding.rule), said) is not None:
            self.done()


def strike(words: QVBoxLayout) -> None:
    """Draw the sentence of a finding that was set aside quiet and struck out."""
    item = words.itemAt(0)
    made = item.widget() if item is not None else None
    if isinstance(made, QLabel):
        font = made.font()
        font.setStrikeOut(True)
        made.setFont(font)
        set_property(made, "tone", "quiet")
        name(made, _("Set aside: {message}").format(message=made.text()))
