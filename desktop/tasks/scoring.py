"""Score sheets that came back: their codes and points, typed or scanned, become results."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from desktop.errors import UserError
from desktop.models import reading
from desktop.models.actions.councils import RecordResults, ResultDraft
from desktop.models.dossiers import Sitting
from desktop.models.engines.sqlite import Connection
from desktop.models.sittings import sitting
from desktop.models.store import Store
from desktop.printing import forms, sheet_codes
from desktop.printing.official_forms import ScoreForm
from desktop.printing.sheet_codes import SheetCode
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


def sheet(store: Store, typed: str) -> Sheet:
    """What the code of a sheet names; UserError for a code that is wrong or of another store."""
    code = sheet_codes.read(typed)
    if code is None:
        raise UserError(_wrong_code(typed), code="score.code")
    with store.reading() as connection:
        held = _sitting(connection, code)
        named = reading.drafts(connection, [code.initiative]).get(code.initiative)
    members = {0: "", **{one.member_id: one.name for one in held.members}} if held else {}
    if held is None or named is None or code.member not in members:
        raise UserError(_unknown(typed), code="score.unknown")
    day = f"{held.held:%d/%m/%Y}" if held.held else ""
    return Sheet(held.council, day, named.code, named.title, members[code.member])


def form_of(store: Store, resources: Path) -> ScoreForm:
    """The form whose sheets a store prints: its criteria and when an initiative passes."""
    return forms.read(resources / "forms", store.programme.form_set).score_sheet


def read_marks(lines: Iterable[str], form: ScoreForm) -> list[Mark]:
    """The sheets of a list, a line each.

    A line is a code and the points (or each criterion's: 28+25+36), and, where it is not what the
    points say, "dat" or "khong". Empty lines and those that begin with # say nothing. Raises
    UserError naming the lines that cannot be read, and sheets that are there twice.
    """
    marks: list[Mark] = []
    wrong: list[str] = []
    for number, line in enumerate(lines, 1):
        words = re.split(r"[\s;]+", line.strip().removeprefix("\ufeff"))
        if not words[0] or words[0].startswith("#"):
            continue
        try:
            marks.append(_mark(number, words, form))
        except ValueError as error:
            wrong.append(_("Line {line}: {what}").format(line=number, what=error))
    wrong += _twice(marks)
    _refuse(wrong)
    if not marks:
        raise UserError(
            _("There is no sheet in the list. Write a code and its points on each line."),
            code="score.none",
        )
    return marks


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


def _twice(marks: Sequence[Mark]) -> Iterator[str]:
    """The named sheets that are there more than once; secret ballots all have one code."""
    seen: dict[SheetCode, int] = {}
    for mark in marks:
        before = seen.setdefault(mark.sheet, mark.line)
        if before != mark.line and mark.sheet.member:
            yield _("Line {line}: the sheet {code} stands already in line {before}.").format(
                line=mark.line, code=mark.sheet.text, before=before
            )


def tallies(store: Store, marks: Sequence[Mark], form: ScoreForm) -> list[Tally]:
    """What the sheets come to for each initiative, in the order of their codes.

    It passes where more than half of the sheets say so and the mean reaches what the form asks.
    Raises UserError for sheets of several sessions, and for those that nobody here has printed.
    """
    sessions = {mark.sheet.session for mark in marks}
    if len(sessions) > 1:
        raise UserError(
            _("The sheets are of several sessions. Make a list for each session."),
            code="score.sessions",
        )
    wanted = list(dict.fromkeys(mark.sheet.initiative for mark in marks))
    with store.reading() as connection:
        held = _sitting(connection, marks[0].sheet)
        named = reading.drafts(connection, wanted)
    known = {0, *(one.member_id for one in held.members)} if held else set()
    _refuse(
        _("Line {line}: {what}").format(line=mark.line, what=_unknown(mark.sheet.text))
        for mark in marks
        if mark.sheet.initiative not in named or mark.sheet.member not in known
    )
    if held is None:
        raise AssertionError("a session that is not there knows no members")
    found = [_tally(key, named[key].code, named[key].title, marks, held, form) for key in wanted]
    return sorted(found, key=lambda one: one.code)


def _tally(
    key: int, code: str, title: str, marks: Sequence[Mark], held: Sitting, form: ScoreForm
) -> Tally:
    """The sheets of one initiative together."""
    mine = [mark for mark in marks if mark.sheet.initiative == key]
    if held.members and len(mine) > len(held.members):
        raise UserError(
            _("{code} has {count} sheets, but the council has only {members} members.").format(
                code=code, count=len(mine), members=len(held.members)
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
    missing = () if 0 in came else tuple(o.name for o in held.members if o.member_id not in came)
    return Tally(code, title, len(mine), result, missing)


def record(store: Store, marks: Sequence[Mark], found: Sequence[Tally]) -> None:
    """Record what the sheets came to as the session's results: one act, which can be undone."""
    results = tuple(one.result for one in found)
    store.journal.do(RecordResults(marks[0].sheet.session, results))


def _sitting(connection: Connection, code: SheetCode) -> Sitting | None:
    """The session of a sheet, None where it is not there."""
    try:
        return sitting(connection, code.session, frozenset())
    except LookupError:
        return None


def _refuse(wrong: Iterable[str]) -> None:
    """Raises UserError that names the first of the lines that are wrong."""
    said = list(wrong)
    if said:
        more = [_("{count} more.").format(count=len(said) - _SAID)] if len(said) > _SAID else []
        raise UserError("\n".join([*said[:_SAID], *more]), code="score.lines")


def _wrong_code(typed: str) -> str:
    return _("“{code}” is no code of a score sheet. Compare it with the sheet.").format(code=typed)


def _unknown(typed: str) -> str:
    return _("No sheet with the code {code} belongs to this store.").format(code=typed)
