"""The live check beside the form: every finding with its icon, its sentence and its clause."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.models.lookalikes.keys import reason_words
from desktop.models.values import eligibility_name
from desktop.programme.facts import Lookalike
from desktop.programme.verdict import Finding, Result, Verdict
from desktop.text import _
from desktop.views.desk import Desk
from desktop.views.detail_pane import finding_look
from desktop.views.doing import Doing
from desktop.views.overruling_sheet import Overruling, strike
from desktop.views.register_columns import VERDICT_ICONS, VERDICT_TONES
from desktop.views.widgets import button, clear, column, label, line, name, scrolled


class VerdictPane(QWidget):
    """The verdict on what is being typed."""

    def __init__(
        self, desk: Desk, doing: Doing, see: Callable[[int], None], rule: Callable[[int], None]
    ) -> None:
        super().__init__()
        self.overruling = Overruling(self, desk, doing)
        self._desk, self._see, self._rule = desk, see, rule
        self._shown: tuple[Verdict, tuple[Lookalike, ...]] | None = None
        self._whole = False
        self._inside: QVBoxLayout = column(spacing=4, margins=(12, 9, 8, 9))
        inside = QWidget()
        inside.setLayout(self._inside)
        self.setLayout(column(scrolled(inside)))
        name(self, _("Check of the conditions"))
        self.wait()

    def wait(self) -> None:
        """Say that there is nothing to check yet."""
        self._shown = None
        clear(self._inside)
        self._inside.addWidget(label(_("Check of the conditions"), role="heading"))
        self._inside.addWidget(
            label(
                _("What is missing or wrong is said here while you type."), tone="quiet", wrap=True
            )
        )
        self._inside.addStretch(1)

    @property
    def verdict(self) -> Verdict | None:
        """What is shown."""
        return self._shown[0] if self._shown else None

    def show_verdict(self, verdict: Verdict, alike: Sequence[Lookalike]) -> None:
        """Show a verdict, unless it is the one that stands there."""
        if self._shown != (verdict, tuple(alike)):
            self._shown = (verdict, tuple(alike))
            self._draw()

    def dress(self) -> None:
        """Draw again in another theme."""
        if self._shown:
            self._draw()

    def _draw(self) -> None:
        if self._shown is None:
            return
        verdict, alike = self._shown
        clear(self._inside)
        tone = VERDICT_TONES.get(verdict.eligibility, "quiet")
        self._inside.addWidget(label(_("Check of the conditions"), role="heading"))
        self._line(
            VERDICT_ICONS.get(verdict.eligibility, ""),
            tone,
            eligibility_name(verdict.eligibility),
            22,
        )
        self._inside.addSpacing(3)
        open_findings = [one for one in verdict.findings if one.result is not Result.PASS]
        for one in alike:
            self._show_alike(one)
        for finding in open_findings:
            self._show_finding(finding)
        self._show_passed([one for one in verdict.findings if one.result is Result.PASS])
        self._inside.addStretch(1)

    def _show_finding(self, finding: Finding) -> None:
        icon, tone = finding_look(finding)
        words = self._line(icon, tone, finding.message)
        if finding.overruled is not None:
            strike(words)
        words.addWidget(label(finding.clause, tone="quiet", wrap=True))
        self.overruling.offer(words, finding)

    def _show_alike(self, one: Lookalike) -> None:
        text = _("Looks like {code} ({percent} %): {title}").format(
            code=one.code, percent=round(one.nearness * 100), title=one.title
        )
        words = self._line("alert-triangle", "warn", text)
        why = reason_words(one.why, one.score, one.text)
        if one.unit and not one.same_unit:
            why = _("{why}; of another unit: {unit}").format(why=why, unit=one.unit)
        words.addWidget(label(why, tone="quiet", wrap=True))
        see = button(_("See"), lambda: self._see(one.initiative_id), kind="link")
        name(see, _("See {code}").format(code=one.code))
        other = button(_("Not a duplicate"), partial(self._rule, one.initiative_id), kind="link")
        name(other, _("{code} is not a duplicate").format(code=one.code))
        words.addLayout(line(see, other, None, spacing=14))

    def _show_passed(self, passed: list[Finding]) -> None:
        words = _("{count} conditions met").format(count=len(passed))
        turn = button(f"{words}  {'▴' if self._whole else '▾'}", self._turn, kind="link")
        name(turn, words)
        self._inside.addSpacing(4)
        self._inside.addWidget(turn, 0, Qt.AlignmentFlag.AlignLeft)
        for finding in passed if self._whole else ():
            self._show_finding(finding)

    def _turn(self) -> None:
        self._whole = not self._whole
        self._draw()

    def _line(self, icon: str, tone: str, text: str, size: int = 17) -> QVBoxLayout:
        """A line with an icon; the column that its words stand in."""
        picture = QLabel()
        picture.setTextFormat(Qt.TextFormat.PlainText)
        picture.setPixmap(self._desk.icons.pixmap(icon, self._desk.theme.tones[tone], size))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        role = "heading" if size > 17 else ""
        words = column(label(text, role=role, tone=tone if role else "", wrap=True), spacing=0)
        row = line(picture, words, spacing=7)
        row.setStretch(1, 1)
        self._inside.addLayout(row)
        return words
