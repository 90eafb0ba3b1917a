"""The page of awards: each with its clause and shortlist, why on it, and what is missing."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop.models.actions.honours import RecordHonour, RemoveHonour
from desktop.models.actions.office import ProposeCommendations
from desktop.models.engines.sqlite import Connection
from desktop.models.register import Listing
from desktop.programme.awards import Entry, GreatInitiative
from desktop.programme.progress import percent_words
from desktop.programme.shape import Programme
from desktop.programme.standing import Period, PersonStanding, UnitStanding
from desktop.programme.wording import amount
from desktop.text import _, counted
from desktop.views.awards_reading import (
    AwardChoice,
    Listed,
    award_periods,
    choices_of,
    read_shortlist,
)
from desktop.views.awards_sheet import FormSheet
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.register_place import Wish
from desktop.views.widgets import (
    button,
    card,
    clear,
    column,
    label,
    line,
    name,
    only_read,
    scrolled,
    tell,
)

_STATES = {
    True: ("circle-check", "good"),
    False: ("circle-x", "quiet"),
    None: ("alert-triangle", "warn"),
}


def state_words(qualifies: bool | None) -> str:
    """Whether somebody is to have an award, in words."""
    words = {True: _("meets the terms"), False: _("does not yet"), None: _("to be decided")}
    return words[qualifies]


class AwardsPage(QWidget):
    """Awards at the left, the shortlist in the middle, the name that is looked at below it.

    *Signals:* ``wanted(sheet)`` asks for a sheet: "campaigns", "groups".
    """

    wanted = Signal(str)

    def __init__(self, desk: Desk, doing: Doing) -> None:
        super().__init__()
        self._desk, self._doing = desk, doing
        self._programme: Programme | None = None
        self._campaigns: tuple[Period, ...] = ()
        self._today = date.min
        self.choices: list[AwardChoice] = []
        self.listed: Listed | None = None
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        name(self.list, _("Awards of the programme"))
        self.list.currentRowChanged.connect(lambda _at: self._turn())
        self.which = QComboBox()
        self.which.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        name(self.which, _("Period of the award"))
        self.which.currentIndexChanged.connect(lambda _at: self._read())
        self.title, self.clause = label(role="heading", wrap=True), label(tone="quiet", wrap=True)
        self.flags = label(tone="warn", wrap=True)
        self._build_table()
        self.about = column(spacing=2, margins=(10, 6, 8, 6))
        self._compose()

    def _build_table(self) -> None:
        self.table = QTableWidget(0, 6)
        only_read(
            self.table, _("Shortlist"), _("Space ticks a name; Enter opens what stands behind it")
        )
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.currentCellChanged.connect(lambda *_: self._explain())
        self.table.itemChanged.connect(lambda _item: self._tell())
        self.table.itemActivated.connect(lambda item: self._open(item.row()))

    def _compose(self) -> None:
        self.honour = button(_("Put on the honours list"), self.honour_ticked)
        self.propose = button(_("Propose for commendation…"), self.propose_ticked)
        self.paper = button(_("Print the list"), self.print_ticked, kind="primary")
        self.told = label(tone="quiet")
        left = card(column(self.list, margins=1))
        self.side = left
        head = line(column(self.title, self.clause, spacing=1), self.which, margins=(10, 8, 10, 0))
        head.setStretch(0, 1)
        inside = QWidget()
        inside.setLayout(self.about)
        self.why = scrolled(inside)
        foot = line(self.told, None, self.honour, self.propose, self.paper, margins=(10, 2, 10, 8))
        middle = column(
            head,
            line(self.flags, margins=(10, 0, 10, 0)),
            self.table,
            self.why,
            foot,
            margins=1,
            spacing=5,
        )
        middle.setStretch(2, 3)
        middle.setStretch(3, 2)
        body = line(left, card(middle))
        body.setStretch(1, 1)
        self.setLayout(column(body))
        self.dress()

    def dress(self) -> None:
        """Take the theme's colours and the font."""
        icons, theme = self._desk.icons, self._desk.theme
        self.side.setFixedWidth(max(220, self.fontMetrics().averageCharWidth() * 34))
        height = QFontMetrics(self.font()).height()
        self.table.verticalHeader().setDefaultSectionSize(height + 10)
        self.paper.setIcon(icons.icon("printer", theme.on_accent))
        if self.listed is not None:
            self._show(self.listed)

    # What is shown.

    def offer(self, programme: Programme, campaigns: tuple[Period, ...], today: date) -> None:
        """Offer the awards of a programme, and read the one that is looked at again."""
        fresh = programme != self._programme
        self._programme, self._campaigns, self._today = programme, campaigns, today
        if fresh:
            self.choices = choices_of(programme)
            with QSignalBlocker(self.list):
                self.list.clear()
                for one in self.choices:
                    item = QListWidgetItem(f"{one.label}\n{one.clause}", self.list)
                    item.setToolTip(one.clause)
                self.list.setCurrentRow(0 if self.choices else -1)
        self._turn()

    @property
    def choice(self) -> AwardChoice | None:
        """The award that is looked at."""
        at = self.list.currentRow()
        return self.choices[at] if 0 <= at < len(self.choices) else None

    def _turn(self) -> None:
        """Offer the periods of the award, the newest first."""
        choice = self.choice
        if choice is None or self._programme is None:
            return
        before = self.which.currentData()
        found = award_periods(choice, self._programme, self._campaigns, self._today)
        with QSignalBlocker(self.which):
            self.which.clear()
            for one in found:
                self.which.addItem(one.label, one)
            same = [at for at, one in enumerate(found) if one == before]
            self.which.setCurrentIndex(same[0] if same else 0 if found else -1)
        self.which.setVisible(len(found) > 1)
        tell(self.clause, choice.clause, "quiet")
        self._read()

    def _read(self) -> None:
        choice, programme, period = self.choice, self._programme, self.which.currentData()
        if choice is None or programme is None or period is None:
            self._clear()
            return
        self.title.setText(f"{choice.label} – {period.label}")
        today = self._today

        def work(connection: Connection) -> Listed:
            return read_shortlist(connection, programme, choice, (period, today))

        self._desk.read(work, self._show, key="shortlist")

    def _clear(self) -> None:
        self.listed = None
        self.table.setRowCount(0)
        choice = self.choice
        self.title.setText(choice.label if choice is not None else _("No awards"))
        self._explain()
        self._tell()

    def _show(self, listed: Listed) -> None:
        self.listed = listed
        self.flags.setText("\n".join(listed.shortlist.flags))
        self.flags.setVisible(bool(listed.shortlist.flags))
        entries = listed.shortlist.entries
        with QSignalBlocker(self.table):
            self.table.setHorizontalHeaderLabels(
                [_("Rank"), _("Name"), _("Among"), _("Figures"), _("Terms"), _("Honoured")]
            )
            self.table.setRowCount(len(entries))
            for row, entry in enumerate(entries):
                self._fill(row, entry, listed)
        circles = {entry.circle for entry in entries}
        self.table.setColumnHidden(2, len(circles) < 2)
        self._fit()
        if entries:
            self.table.setCurrentCell(max(self.table.currentRow(), 0), 1)
        self._explain()
        self._tell()

    def _fill(self, row: int, entry: Entry, listed: Listed) -> None:
        rank = "–" if entry.rank is None else str(entry.rank)
        line_ = listed.honour_of(entry)
        icon, tone = _STATES[entry.qualifies]
        texts = (
            rank,
            entry_name(entry),
            entry.circle,
            figures_words(entry, self._rounded),
            state_words(entry.qualifies),
            _("yes, {day}").format(day=_day(line_.listed)) if line_ is not None else "",
        )
        for at, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text if at in {1, 2, 3} else "")
            if at == 0:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
                spoken = _("{name}, place {rank}").format(name=entry_name(entry), rank=rank)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            if at == 4:
                item.setIcon(self._desk.icons.icon(icon, self._desk.theme.tones[tone]))
                item.setForeground(QColor(self._desk.theme.tones[tone]))
            self.table.setItem(row, at, item)

    def _rounded(self, percent: Decimal) -> str:
        programme = self._programme
        return percent_words(percent, programme.rounding) if programme is not None else ""

    def _fit(self) -> None:
        metrics, header = QFontMetrics(self.font()), self.table.horizontalHeader()
        for at, sample in enumerate(
            ("M999MM", "", "M" * 8, "0 đủ điều kiện · 000.000.000 đ", "M" * 9, "có, 00/00/00")
        ):
            if sample:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
                self.table.setColumnWidth(at, metrics.horizontalAdvance(sample) + 10)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    @property
    def current(self) -> Entry | None:
        """The entry of the current row."""
        entries = self.listed.shortlist.entries if self.listed is not None else ()
        at = self.table.currentRow()
        return entries[at] if 0 <= at < len(entries) else None

    def _explain(self) -> None:
        """Why the current name is on the list, and what it lacks."""
        clear(self.about)
        entry = self.current
        if entry is None:
            self.about.addWidget(label(_("Nobody yet in this period."), tone="quiet", wrap=True))
            self.about.addStretch(1)
            return
        head = entry_name(entry) + (f" · {entry.circle}" if entry.circle else "")
        self.about.addWidget(label(head, role="heading", wrap=True))
        for icon, tone, texts in (
            ("circle-check", "good", entry.why),
            ("alert-triangle", "warn", entry.missing),
        ):
            for text in texts:
                self.about.addLayout(self._reason(icon, tone, text))
        self.about.addStretch(1)

    def _reason(self, icon: str, tone: str, text: str) -> QLayout:
        picture = label()
        picture.setPixmap(self._desk.icons.pixmap(icon, self._desk.theme.tones[tone], 16))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = line(picture, label(text, wrap=True), spacing=7)
        row.setStretch(1, 1)
        return row

    # What is done.

    def ticked(self) -> list[Entry]:
        """The entries that are ticked, else the current one."""
        entries = self.listed.shortlist.entries if self.listed is not None else ()
        found = [entry for row, entry in enumerate(entries) if self._is_ticked(row)]
        current = self.current
        return found or ([current] if current is not None else [])

    def _is_ticked(self, row: int) -> bool:
        item = self.table.item(row, 0)
        return item is not None and item.checkState() is Qt.CheckState.Checked

    def _tell(self) -> None:
        """How many are ticked, and what can be done with them."""
        count = sum(self._is_ticked(row) for row in range(self.table.rowCount()))
        tell(self.told, _("{count} ticked").format(count=count) if count else "", "calm")
        entries, choice = self.ticked(), self.choice
        honours = choice is not None and choice.honours
        self.honour.setVisible(honours)
        self.honour.setEnabled(bool(entries))
        listed = [self.listed.honour_of(one) for one in entries] if self.listed is not None else []
        off = bool(listed) and all(one is not None for one in listed)
        words = _("Take off the honours list") if off else _("Put on the honours list")
        self.honour.setText(words)
        name(self.honour, words)
        whom = [one for one in entries if isinstance(one.subject, PersonStanding)]
        persons = choice is not None and choice.award is not None and choice.award.to == "person"
        self.propose.setVisible(persons)
        self.propose.setEnabled(bool(whom))
        papers = persons or (choice is not None and choice.award is None)
        self.paper.setVisible(papers)
        self.paper.setEnabled(bool(entries))

    def honour_ticked(self) -> None:
        """Put the ticked names on the honours list of the period, or take them off it."""
        listed, entries = self.listed, self.ticked()
        if listed is None:
            return
        lines = [listed.honour_of(one) for one in entries]
        done = 0
        if lines and all(one is not None for one in lines):
            for one in lines:
                if one is not None and self._doing.do(RemoveHonour(one.honour_id)) is not None:
                    done += 1
            said = counted("{count} name taken off.", "{count} names taken off.", done)
        else:
            for entry, one in zip(entries, lines, strict=True):
                if one is None and self._record(entry, listed):
                    done += 1
            said = counted("{count} name honoured.", "{count} names honoured.", done)
        if done:
            self._desk.say(said.format(count=done), "good", ((_("Undo"), self._undo(done)),))

    def _undo(self, times: int) -> partial[None]:
        return partial(self._undo_all, times)

    def _undo_all(self, times: int) -> None:
        for _time in range(times):
            self._doing.undo()

    def _record(self, entry: Entry, listed: Listed) -> bool:
        one, shortlist = entry.subject, listed.shortlist
        unit = one.unit if isinstance(one, UnitStanding) else ""
        person = one.person_id if isinstance(one, PersonStanding) else None
        own = shortlist.period.key.removeprefix("campaign:own")
        action = RecordHonour(
            unit=unit,
            person_id=person,
            period=shortlist.period.key,
            award=shortlist.award.key,
            campaign_id=int(own)
            if own.isdecimal() and shortlist.period.kind == "campaign"
            else None,
        )
        return self._doing.do(action) is not None

    def propose_ticked(self) -> None:
        """Ask for the form of commendation, and propose the ticked persons for it."""
        choice = self.choice
        persons = [one.subject for one in self.ticked() if isinstance(one.subject, PersonStanding)]
        if choice is None or choice.award is None or not persons:
            return
        sheet = FormSheet(self.window(), choice.award.forms, len(persons))
        sheet.accepted.connect(lambda: self._propose(sheet.form, persons))
        sheet.open()

    def _propose(self, form: str, persons: Sequence[PersonStanding]) -> None:
        proposals = tuple((one.person_id, one.unit_id, one.best_id) for one in persons)
        said = counted(
            "{count} person proposed for: {form}.",
            "{count} persons proposed for: {form}.",
            len(persons),
        ).format(count=len(persons), form=form)
        self._doing.do(ProposeCommendations(form, proposals), said)

    def print_ticked(self) -> None:
        """Print the list of commendation for the initiatives that speak for the ticked names."""
        ids = tuple(dict.fromkeys(key for one in self.ticked() if (key := initiative_of(one))))
        if ids:
            self._desk.go("printing", ("commendation-list", ids))

    def _open(self, row: int) -> None:
        """Open what stands behind an entry: the unit's list, the initiative."""
        entries = self.listed.shortlist.entries if self.listed is not None else ()
        if not 0 <= row < len(entries):
            return
        one = entries[row].subject
        record = initiative_of(entries[row])
        if record:
            self._desk.go("entry", record)
        elif isinstance(one, UnitStanding):
            listing = Listing(unit=one.unit_id, verdict="eligible")
            self._desk.go("initiatives", Wish(listing=listing, unit_name=one.unit))


def initiative_of(entry: Entry) -> int:
    """The initiative that speaks for an entry, 0 for a unit."""
    one = entry.subject
    if isinstance(one, PersonStanding):
        return one.best_id
    return one.initiative_id if isinstance(one, GreatInitiative) else 0


def entry_name(entry: Entry) -> str:
    """Who or what stands there."""
    if isinstance(entry.subject, GreatInitiative):
        return f"{entry.subject.code} {entry.subject.title}"
    return f"{entry.person} ({entry.unit})" if entry.person else entry.unit


def figures_words(entry: Entry, percent: Callable[[Decimal], str]) -> str:
    """The figures that a chairperson looks at first."""
    one = entry.subject
    if isinstance(one, UnitStanding):
        share = entry.figures.get("percent")
        shown = percent(share) if isinstance(share, Decimal) else "–"
        return _("{count} eligible of {entered} entered · {percent} of the target").format(
            count=amount(one.counts.eligible), entered=amount(one.counts.entered), percent=shown
        )
    benefit = amount(one.benefit or 0)
    if isinstance(one, PersonStanding) and not one.converted:
        return _("{count} eligible, none converted into money").format(count=amount(one.eligible))
    if isinstance(one, PersonStanding):
        return _("{count} eligible · {benefit} đ").format(
            count=amount(one.eligible), benefit=benefit
        )
    return _("{benefit} đ · {person}").format(benefit=benefit, person=one.person)


def _day(iso: str) -> str:
    return "/".join(reversed(iso[:10].split("-")))
