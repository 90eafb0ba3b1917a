"""The record beside the list: what it is, what the check found, what is there, what is next."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.models import reading
from desktop.models.checking import check_kept
from desktop.models.deriving import kept_lookalikes
from desktop.models.dossiers import Dossier
from desktop.models.engines.sqlite import Connection
from desktop.models.journal import EntryLine
from desktop.models.values import PortalState, eligibility_name, portal_state_name
from desktop.programme.verdict import Finding, Result, Severity, Verdict
from desktop.text import _
from desktop.views.amounts import money, when
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.history_sheet import HistorySheet
from desktop.views.overruling_sheet import Overruling, strike
from desktop.views.register_columns import VERDICT_ICONS, VERDICT_TONES
from desktop.views.widgets import button, clear, column, label, line, name, rule, scrolled

_HISTORY = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pane shows of a record."""

    dossier: Dossier | None
    verdict: Verdict | None
    history: list[EntryLine]


def finding_look(finding: Finding) -> tuple[str, str]:
    """The icon and the tone of a finding: a blocking failure is red, a warning amber."""
    if finding.result is Result.PASS:
        return ("circle-check", "good") if finding.applies else ("circle-check", "quiet")
    if finding.overruled is not None:
        return "gavel", "quiet"
    if finding.severity is Severity.INFO:
        return "info-circle", "calm"
    if finding.severity is Severity.BLOCK and finding.result is Result.FAIL:
        return "circle-x", "bad"
    return "alert-triangle", "warn"


class DetailPane(QWidget):
    """One record at a glance."""

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__()
        self._desk, self._doing = desk, doing
        self._record, self._code = 0, ""
        self._overruling = Overruling(self, desk, doing)
        self._inside: QVBoxLayout = column(spacing=5, margins=(13, 11, 9, 11))
        inside = QWidget()
        inside.setLayout(self._inside)
        self._area = scrolled(inside)
        self._next = button(_("Open"), kind="primary")
        self._next.clicked.connect(lambda _on=False: self._take_step())
        self._step = ("entry", 0)
        self._foot = QWidget()
        self._foot.setLayout(column(self._next, margins=(12, 4, 12, 11)))
        self.setLayout(column(self._area, self._foot, spacing=0))
        name(self, _("Record beside the list"))
        self._foot.hide()

    def show_record(self, record: int) -> None:
        """Read a record and show it; 0 shows none."""
        self._record = self._overruling.record = record
        store = self._desk.store
        if not record or store is None:
            self._show_nothing()
            return

        def work(connection: Connection) -> Shown:
            history = store.journal.history(initiative=record, limit=_HISTORY)
            # Checked anew: the day matters, and the sentences are to be in the language in use.
            alike = kept_lookalikes(connection, {record})
            now = store.clock()
            verdicts = check_kept(connection, store.programme, [record], now=now, alike=alike)
            return Shown(reading.dossier(connection, record), verdicts.get(record), history)

        self._desk.read(work, self._show, key="detail")

    def _show_nothing(self) -> None:
        clear(self._inside)
        self._inside.addWidget(
            label(_("Choose an initiative in the list."), tone="quiet", wrap=True)
        )
        self._inside.addStretch(1)
        self._foot.hide()

    def _show(self, shown: Shown) -> None:
        if shown.dossier is None:
            self._show_nothing()
            return
        clear(self._inside)
        self._code = shown.dossier.code
        self._show_head(shown.dossier)
        if shown.verdict is not None:
            self._show_verdict(shown.verdict)
        self._show_papers(shown.dossier)
        self._show_history(shown.history)
        self._inside.addStretch(1)
        self._offer_step(shown.dossier)

    def _show_head(self, dossier: Dossier) -> None:
        entry, add = dossier.entry, self._inside.addWidget
        add(label(entry.title or _("(no title yet)"), role="heading", wrap=True))
        state = portal_state_name(entry.portal_state)
        add(label(f"{dossier.code} · {state}", tone="quiet", wrap=True))
        for author in entry.authors:
            share = "" if author.share is None else f" ({author.share:f}%)".replace(".", ",")
            add(label(f"{author.name}{share}", wrap=True))
        if entry.unit:
            add(label(entry.unit, tone="quiet", wrap=True))
        if entry.benefit_year is not None:
            text = _("Benefit in one year: {dong} đ").format(dong=money(entry.benefit_year))
            add(label(text, wrap=True))

    def _heading(self, text: str) -> None:
        self._inside.addSpacing(5)
        self._inside.addWidget(rule())
        self._inside.addWidget(label(text, role="heading"))

    def _icon_line(self, icon: str, tone: str, text: str, *, tinted: bool = False) -> QVBoxLayout:
        """A line with an icon; the column that its words stand in."""
        picture = QLabel()
        picture.setTextFormat(Qt.TextFormat.PlainText)
        colour = self._desk.theme.tones[tone]
        picture.setPixmap(self._desk.icons.pixmap(icon, colour, 17))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = column(label(text, tone=tone if tinted else "", wrap=True), spacing=0)
        row: QHBoxLayout = line(picture, words, spacing=7)
        row.setStretch(1, 1)
        self._inside.addLayout(row)
        return words

    def _show_verdict(self, verdict: Verdict) -> None:
        self._heading(_("Check"))
        tone = VERDICT_TONES.get(verdict.eligibility, "quiet")
        icon = VERDICT_ICONS.get(verdict.eligibility, "info-circle")
        self._icon_line(icon, tone, eligibility_name(verdict.eligibility), tinted=True)
        for finding in verdict.findings:
            if finding.result is not Result.PASS:
                icon, tone = finding_look(finding)
                words = self._icon_line(icon, tone, finding.message)
                if finding.overruled is not None:
                    strike(words)
                words.addWidget(label(finding.clause, tone="quiet", wrap=True))
                self._overruling.offer(words, finding)

    def _show_papers(self, dossier: Dossier) -> None:
        self._heading(_("Dossier"))
        for done, text in checklist(dossier):
            icon, tone = ("circle-check", "good") if done else ("alert-triangle", "warn")
            self._icon_line(icon, tone, text)

    def _show_history(self, history: list[EntryLine]) -> None:
        self._heading(_("History"))
        today = self._desk.app.clock().date()
        for entry in history:
            text = f"{when(entry.time, today)} · {entry.user}: {entry.label}"
            self._inside.addWidget(label(text, tone="quiet", wrap=True))
        more = button(_("What was changed…"), self.show_history, kind="link")
        self._inside.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_history(self) -> None:
        """Open the whole history of the record, field by field."""
        HistorySheet(self, self._desk, self._record, self._code).open()

    def _offer_step(self, dossier: Dossier) -> None:
        words, icon, place = next_step(dossier)
        self._step = (place, dossier.initiative_id)
        self._next.setText(words)
        name(self._next, words)
        self._next.setIcon(self._desk.icons.icon(icon, self._desk.theme.on_accent))
        self._foot.show()

    def _take_step(self) -> None:
        place, record = self._step
        self._desk.go(place, (record,) if place in {"printing", "decisions"} else record)

    @property
    def next_button(self) -> QPushButton:
        """The button for the next step."""
        return self._next


def checklist(dossier: Dossier) -> list[tuple[bool, str]]:
    """What a dossier needs, and whether it is there."""
    entry, files = dossier.entry, dossier.attachments
    named = bool(entry.title and entry.authors)
    described = bool(entry.before and entry.content and entry.novelty and entry.applicability)
    decided = entry.decision is not None and bool(entry.decision.number)
    number = entry.decision.number if entry.decision is not None else ""
    scanned = any(file.kind == "decision" for file in files)
    lines = [
        (named, _("Application: title and authors")),
        (described, _("Description: four parts written")),
        (
            decided,
            _("Decision {number}").format(number=number) if decided else _("Recognition decision"),
        ),
        (scanned, _("Scan of the decision")),
    ]
    others = sum(file.kind != "decision" for file in files)
    if others:
        lines.append((True, _("Other files: {count}").format(count=others)))
    return lines


def next_step(dossier: Dossier) -> tuple[str, str, str]:
    """The words, icon and place of what is to be done next with a record."""
    entry = dossier.entry
    complete = all(done for done, _text in checklist(dossier)[:2])
    if not complete:
        return _("Complete the entry"), "pencil", "entry"
    if entry.decision is None or not entry.decision.number:
        return _("Attach the decision"), "gavel", "decisions"
    if entry.portal_state == PortalState.UNSENT:
        return _("Export for the portal"), "file-export", "exchange"
    return _("Print the dossier"), "printer", "printing"
