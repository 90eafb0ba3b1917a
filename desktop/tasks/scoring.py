"""Score sheets that came back: their codes and points, typed or scanned, become results."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from desktop.errors import UserError
from desktop.models import reading
from desktop.models.actions.councils import RecordResults, ResultDraft
from desktop.models.dossiers import MemberLine, Sitting
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import InitiativeDraft
from desktop.models.sittings import sitting
from desktop.models.store import Store
from desktop.printing import sheet_codes
from desktop.printing.official_forms import ScoreForm
from desktop.printing.papers.score_sheet import voting
from desktop.printing.sheet_codes import SheetCode
from desktop.tasks.wording import standing
from desktop.text import _
from desktop.vietnamese.folding import fold

_SAID = 10
"""So many lines are named that cannot be read."""
_VERDICTS = {"dat": True, "d": True, "khong": False, "khong dat": False, "k": False}
_CENTS = Decimal("0.01")


class Sheet(NamedTuple):
    """What a code names: the session, the initiative, and the member ("" on a secret ballot)."""

    council: str
    held: str
    code: str
    title: str
    member: str


class Mark(NamedTuple):
    """One sheet that came back: its line, its code, the points, and whether it says "Đạt"."""

    line: int
    sheet: SheetCode
    points: Decimal
    passed: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What the sheets of one initiative come to, and the members whose sheets are not there."""

    code: str
    title: str
    sheets: int
    result: ResultDraft
    missing: tuple[str, ...]


class LineRead(NamedTuple):
    """A line of a list that is being written: its sheet and mark as far as known, what is wrong."""

    line: int
    sheet: Sheet | None
    mark: Mark | None
    wrong: str


@dataclass(frozen=True, slots=True)
class Look:
    """A list that is being written: its lines, what those that are right come to, what is wrong."""

    lines: tuple[LineRead, ...]
    marks: tuple[Mark, ...]
    found: tuple[Tally, ...]
    wrong: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether it can be recorded: something is there, and nothing is wrong."""
        return bool(self.found) and not self.wrong


class _Known(NamedTuple):
    """The sessions and the initiatives that codes name, as far as the store has them."""

    held: Mapping[int, Sitting]
    named: Mapping[int, InitiativeDraft]

    def sheet(self, code: SheetCode) -> Sheet | None:
        """What a code names, None for one that nobody here has printed."""
        held, named = self.held.get(code.session), self.named.get(code.initiative)
        members = {0: "", **{one.member_id: one.name for one in held.members}} if held else {}
        if held is None or named is None or code.member not in members:
            return None
        day = f"{held.held:%d/%m/%Y}" if held.held else ""
        return Sheet(held.council, day, named.code, named.title, members[code.member])

    def scorers(self, session: int, initiative: int, form: ScoreForm) -> tuple[MemberLine, ...]:
        """The members of a session who score an initiative: its authors do not."""
        return voting(self.held[session].members, self.named[initiative], form)

    def barred(self, code: SheetCode, form: ScoreForm) -> str:
        """Words for a known sheet whose member does not score the initiative; blank for others."""
        sheet = self.sheet(code) if code.member else None
        if sheet is None:
            return ""
        scorers = self.scorers(code.session, code.initiative, form)
        if code.member in {one.member_id for one in scorers}:
            return ""
        said = _("{member} is an author of {code} and does not score it.")
        return said.format(member=sheet.member, code=sheet.code)


def sheet(store: Store, typed: str) -> Sheet:
    """What the code of a sheet names; UserError for a code that is wrong or of another store."""
    code = sheet_codes.read(typed)
    if code is None:
        raise UserError(_wrong_code(typed), code="score.code")
    found = _known(store, [code]).sheet(code)
    if found is None:
        raise UserError(_unknown(typed), code="score.unknown")
    return found


def form_of(store: Store, resources: Path) -> ScoreForm:
    """The form whose sheets a store prints: its criteria and when an initiative passes."""
    wording = standing(store, resources)
    return wording.on(store.clock().date()).score_sheet


def read_marks(lines: Iterable[str], form: ScoreForm) -> list[Mark]:
    """The sheets of a list, a line each.

    A line is a code and the points (or each criterion's: 28+25+36), and, where it is not what the
    points say, "dat" or "khong". Empty lines and those that begin with # say nothing. Raises
    UserError naming the lines that cannot be read, and sheets that are there twice.
    """
    marks: list[Mark] = []
    wrong: list[tuple[int, str]] = []
    for number, found in _readings(lines, form):
        if isinstance(found, Mark):
            marks.append(found)
        else:
            wrong.append((number, found))
    _refuse([*wrong, *_twice(marks)])
    if not marks:
        raise UserError(
            _("There is no sheet in the list. Write a code and its points on each line."),
            code="score.none",
        )
    return marks


def _readings(lines: Iterable[str], form: ScoreForm) -> Iterator[tuple[int, Mark | str]]:
    """The number of each line that says something, with its mark or the words for its fault."""
    for number, line in enumerate(lines, 1):
        words = _words(line)
        if words[0] and not words[0].startswith("#"):
            try:
                yield number, _mark(number, words, form)
            except ValueError as error:
                yield number, str(error)


def _words(line: str) -> list[str]:
    return re.split(r"[\s;]+", line.strip().removeprefix("\ufeff"))


def awaits_points(line: str) -> bool:
    """Whether a line is a code alone, as a scanner types it: the points are still to come."""
    return sheet_codes.read(line) is not None


def look(store: Store, lines: Iterable[str], form: ScoreForm) -> Look:
    """A list as it stands while it is written; nothing in it is refused, what is wrong is told."""
    texts = list(lines)
    read = list(_readings(texts, form))
    codes = {number: sheet_codes.read(_words(texts[number - 1])[0]) for number, _found in read}
    known = _known(store, [code for code in codes.values() if code])
    twice = dict(_twice([found for _number, found in read if isinstance(found, Mark)]))
    told = tuple(
        _line_read(number, known, codes[number], found, twice.get(number, ""), form)
        for number, found in read
    )
    marks = tuple(one.mark for one in told if one.mark and not one.wrong)
    wrong = [_("Line {line}: {what}").format(line=o.line, what=o.wrong) for o in told if o.wrong]
    try:
        tallied = _tallied(known, marks, form) if marks else []
    except UserError as error:
        return Look(told, marks, (), (*wrong, str(error)))
    return Look(told, marks, tuple(tallied), tuple(wrong))


def _line_read(
    number: int,
    known: _Known,
    code: SheetCode | None,
    found: Mark | str,
    twice: str,
    form: ScoreForm,
) -> LineRead:
    """What is told of one line; a code that is known is named even where its points are wrong."""
    named = known.sheet(code) if code else None
    if code and named is None:
        return LineRead(number, None, None, _unknown(code.text))
    if isinstance(found, str):
        return LineRead(number, named, None, found)
    return LineRead(number, named, found, twice or known.barred(found.sheet, form))


def _mark(number: int, words: Sequence[str], form: ScoreForm) -> Mark:
    """One line; ValueError with words for what is wrong."""
    code = sheet_codes.read(words[0])
    if code is None:
        raise ValueError(_wrong_code(words[0]))
    points, passed = _points(words[1] if len(words) > 1 else "", form)
    verdict = fold(" ".join(words[2:]))
    if verdict and verdict not in _VERDICTS:
        raise ValueError(_("“{text}” is neither “dat” nor “khong”.").format(text=verdict))
    return Mark(number, code, points, _VERDICTS.get(verdict, passed))


def _points(typed: str, form: ScoreForm) -> tuple[Decimal, bool]:
    """The sum of what was given, and whether it passes by the form; ValueError with words."""
    if not typed:
        raise ValueError(_("The points behind the code are missing."))
    try:
        parts = [Decimal(part.replace(",", ".")) for part in typed.split("+")]
    except InvalidOperation:
        raise ValueError(_("“{text}” are no points.").format(text=typed)) from None
    most = [one.max for one in form.rubric] if len(parts) > 1 else [sum(o.max for o in form.rubric)]
    if len(parts) != len(most) or not all(
        part.is_finite() and 0 <= part <= top for part, top in zip(parts, most, strict=False)
    ):
        raise ValueError(
            _("“{text}” does not fit the sheet: {parts} points at most.").format(
                text=typed, parts=" + ".join(map(str, most))
            )
        )
    killed = len(parts) > 1 and any(
        one.kill_if_fail and part < one.min_pass
        for part, one in zip(parts, form.rubric, strict=True)
    )
    return sum(parts, Decimal()), sum(parts) >= form.pass_from and not killed


def _twice(marks: Sequence[Mark]) -> Iterator[tuple[int, str]]:
    """The lines of named sheets that are there before; secret ballots all have one code."""
    seen: dict[SheetCode, int] = {}
    for mark in marks:
        before = seen.setdefault(mark.sheet, mark.line)
        if before != mark.line and mark.sheet.member:
            said = _("The sheet {code} stands already in line {before}.")
            yield mark.line, said.format(code=mark.sheet.text, before=before)


def tallies(store: Store, marks: Sequence[Mark], form: ScoreForm) -> list[Tally]:
    """What the sheets come to for each initiative, in the order of their codes.

    It passes where more than half of the sheets say so and the mean reaches what the form asks.
    Raises UserError for sheets of several sessions, and for those that nobody here has printed.
    """
    return _tallied(_known(store, [mark.sheet for mark in marks]), marks, form)


def _tallied(known: _Known, marks: Sequence[Mark], form: ScoreForm) -> list[Tally]:
    """The tallies of sheets whose names are known."""
    if len({mark.sheet.session for mark in marks}) > 1:
        raise UserError(
            _("The sheets are of several sessions. Make a list for each session."),
            code="score.sessions",
        )
    _refuse(
        (mark.line, _unknown(mark.sheet.text)) for mark in marks if known.sheet(mark.sheet) is None
    )
    barred = [(mark.line, known.barred(mark.sheet, form)) for mark in marks]
    _refuse((line, words) for line, words in barred if words)
    session = marks[0].sheet.session
    wanted = dict.fromkeys(mark.sheet.initiative for mark in marks)
    found = [
        _tally(key, known.named[key], marks, known.scorers(session, key, form), form)
        for key in wanted
    ]
    return sorted(found, key=lambda one: one.code)


def _tally(
    key: int,
    entry: InitiativeDraft,
    marks: Sequence[Mark],
    scorers: Sequence[MemberLine],
    form: ScoreForm,
) -> Tally:
    """The sheets of one initiative together."""
    mine = [mark for mark in marks if mark.sheet.initiative == key]
    if scorers and len(mine) > len(scorers):
        raise UserError(
            _("{code} has {count} sheets, but only {members} members of the council score.").format(
                code=entry.code, count=len(mine), members=len(scorers)
            ),
            code="score.many",
        )
    for_it = sum(mark.passed for mark in mine)
    mean = sum((mark.points for mark in mine), Decimal()) / len(mine)
    passed = 2 * for_it > len(mine) and mean >= form.pass_from
    score = mean.quantize(_CENTS, ROUND_HALF_UP).normalize()
    result = ResultDraft(
        key, "passed" if passed else "failed", Decimal(f"{score:f}"), for_it, len(mine) - for_it
    )
    came = {mark.sheet.member for mark in mine}
    missing = () if 0 in came else tuple(o.name for o in scorers if o.member_id not in came)
    return Tally(entry.code, entry.title, len(mine), result, missing)


def recording(marks: Sequence[Mark], found: Sequence[Tally]) -> RecordResults:
    """What the sheets came to as the session's results: one act, which can be undone."""
    return RecordResults(marks[0].sheet.session, tuple(one.result for one in found))


def _known(store: Store, codes: Sequence[SheetCode]) -> _Known:
    """Read what codes name, each session and each initiative once."""
    with store.reading() as connection:
        sessions = {key: _sitting(connection, key) for key in {code.session for code in codes}}
        named = reading.drafts(connection, list({code.initiative for code in codes}))
    return _Known({key: held for key, held in sessions.items() if held is not None}, named)


def _sitting(connection: Connection, session: int) -> Sitting | None:
    """A session without its results, None where it is not there."""
    try:
        return sitting(connection, session, frozenset())
    except LookupError:
        return None


def _refuse(wrong: Iterable[tuple[int, str]]) -> None:
    """Raises UserError that names the first of the lines that are wrong."""
    said = [_("Line {line}: {what}").format(line=line, what=what) for line, what in wrong]
    if said:
        more = [_("{count} more.").format(count=len(said) - _SAID)] if len(said) > _SAID else []
        raise UserError("\n".join([*said[:_SAID], *more]), code="score.lines")


def _wrong_code(typed: str) -> str:
    return _("“{code}” is no code of a score sheet. Compare it with the sheet.").format(code=typed)


def _unknown(typed: str) -> str:
    return _("No sheet with the code {code} belongs to this store.").format(code=typed)
