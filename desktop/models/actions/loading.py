"""Recording many initiatives at once: the rows of a file go in set-wise, in the file's order.

What is recorded is the same as if each had been recorded by itself; only the way is shorter. Rows
are written by plain statements in slices; units, decisions and people are looked up by index.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from operator import is_not
from typing import Any

from desktop.errors import UserError
from desktop.models.actions.decisions import content_of, key_of
from desktop.models.actions.units import standing_unit, unit_named
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.models.fields import AUTHOR_FIELDS, DECISION_FIELDS, INITIATIVE_FIELDS
from desktop.models.journal import Context
from desktop.models.reading import Written
from desktop.models.rewriting import insertion, rewrite
from desktop.text import _
from desktop.vietnamese.folding import syllable_key

_SLICE = 1000
_MOST_KNOWN = 50_000
"""So many decisions are remembered at once; a file of more looks some of them up again."""

_STAMPS = ("unit_id", "decision_id", "public_order_by", "public_order_at", "recorded_at")
_INITIATIVE = ("id", *INITIATIVE_FIELDS, *_STAMPS)
_CODE = INITIATIVE_FIELDS.names.index("code")
_ORDER = INITIATIVE_FIELDS.names.index("public_order_contrary")
_AUTHORSHIP = ("initiative_id", "person_id", "position", *AUTHOR_FIELDS)
_NAME, _BIRTH, _IDENTITY = map(AUTHOR_FIELDS.names.index, ("name", "birth", "identity"))
_DECISION = ("key", *DECISION_FIELDS)
_ISSUED = DECISION_FIELDS.names.index("issued")
_PERSON = ("id", "key", "name", "birth", "identity")


def load(
    context: Context,
    drafts: Iterable[InitiativeDraft],
    check: Callable[[InitiativeDraft], None],
    first_code: str,
) -> range:
    """Record the drafts; their ids. Blank codes are given from ``first_code`` on.

    ``check`` refuses a draft that no column can hold. Raises UserError for a code that is taken.
    """
    loader = _Loader(context, first_code)
    source: Iterator[InitiativeDraft] = iter(drafts)
    first = loader.next_id
    while part := list(islice(source, _SLICE)):
        context.progress.step(loader.next_id - first, 0, _("Recording"))
        loader.people.look_up(author for draft in part for author in draft.authors)
        for draft in part:
            check(draft)
            loader.take(draft)
        loader.flush()
    return range(first, loader.next_id)


class _People:
    """The people that the authors of a slice may be, looked up at once, and those who are new.

    They are kept by name and date of birth, and by identity number and name, the oldest first.
    """

    def __init__(self, context: Context) -> None:
        self._connection = context.connection
        self._next = _highest(context, "person") + 1
        self._born: dict[tuple[str, str], list[tuple[int, str]]] = {}
        self._known: dict[tuple[str, str], list[int]] = {}
        self.new: list[tuple[Any, ...]] = []

    def look_up(self, authors: Iterable[AuthorDraft]) -> None:
        """Read who has the name and day of birth, or the identity number, of one of these."""
        self._born.clear()
        self._known.clear()
        for author in authors:
            key = syllable_key(author.name)
            if author.birth is not None:
                self._born[key, author.birth.isoformat()] = []
            if author.identity:
                self._known[author.identity, key] = []
        sql = (
            "SELECT p.{first}, p.{second}, p.id, p.identity FROM json_each(?) j "
            "CROSS JOIN person p ON p.{first} = j.value ->> 0 AND p.{second} = j.value ->> 1 {more}"
            "ORDER BY p.id"
        )
        born = sql.format(first="key", second="birth", more="")
        for *pair, person, identity in self._found(born, self._born):
            self._born.setdefault((pair[0], pair[1]), []).append((person, identity))
        known = sql.format(first="identity", second="key", more="AND p.identity <> '' ")
        for *pair, person, _identity in self._found(known, self._known):
            self._known.setdefault((pair[0], pair[1]), []).append(person)

    def _found(self, sql: str, pairs: Iterable[tuple[str, str]]) -> list[tuple[Any, ...]]:
        listed = list(pairs)
        return self._connection.execute(sql, (json.dumps(listed),)).fetchall() if listed else []

    def identified(self, identity: str, key: str, used: list[int]) -> int | None:
        """Who has this identity number and this name."""
        people = self._known.get((identity, key), ())
        return next((person for person in people if person not in used), None)

    def born(self, key: str, birth: str, used: list[int], *, nameless: bool) -> int | None:
        """Who has this name and day of birth; with ``nameless`` no identity number."""
        return next(
            (
                person
                for person, identity in self._born.get((key, birth), ())
                if person not in used and not (nameless and identity)
            ),
            None,
        )

    def made(self, key: str, name: str, birth: str | None, identity: str) -> int:
        """A new person, who waits to be written."""
        person = self._next
        self._next += 1
        self.new.append((person, key, name, birth, identity))
        if birth is not None and (key, birth) in self._born:
            self._born[key, birth].append((person, identity))
        if identity and (identity, key) in self._known:
            self._known[identity, key].append(person)
        return person


@dataclass(slots=True)
class _Loader:
    """The rows that wait to be written, and what was looked up so far."""

    context: Context
    code: str
    next_id: int = 0
    initiatives: list[tuple[Any, ...]] = field(default_factory=list)
    authorships: list[tuple[Any, ...]] = field(default_factory=list)
    units: dict[tuple[str, str], int | None] = field(default_factory=dict)
    decisions: dict[DecisionDraft, int | None] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    people: _People = field(init=False)
    now: str = field(init=False)

    def __post_init__(self) -> None:
        self.next_id = _highest(self.context, "initiative") + 1
        self.people = _People(self.context)
        self.now = self.context.now.isoformat(timespec="seconds")

    def take(self, draft: InitiativeDraft) -> None:
        """Put one initiative in the queue, its authors beside it."""
        columns = INITIATIVE_FIELDS.kept(draft)
        columns[_CODE] = self._code_for(columns[_CODE])
        unit, decision = self._unit(draft), self._decision(draft)
        stamps = (None, None) if columns[_ORDER] is None else (self.context.user, self.now)
        self.initiatives.append((self.next_id, *columns, unit, decision, *stamps, self.now))
        otherwise = INITIATIVE_FIELDS.unlike(draft, columns)
        credited = self._authors(draft, unit, otherwise)
        self.context.written[self.next_id] = Written(
            draft, otherwise, unit, decision, self.now, credited
        )
        self.next_id += 1

    def flush(self) -> None:
        """Write what waits; UserError for a code that another initiative has."""
        self._refuse_taken()
        self._insert("person", _PERSON, self.people.new)
        self._insert("initiative", _INITIATIVE, self.initiatives)
        self._insert("authorship", _AUTHORSHIP, self.authorships)
        for rows in (self.people.new, self.initiatives, self.authorships):
            rows.clear()
        self.codes.clear()

    def _insert(self, table: str, names: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        self.context.connection.executemany(insertion(table, names), rows)

    def _refuse_taken(self) -> None:
        codes = [row[1 + _CODE] for row in self.initiatives]
        taken = dict(
            self.context.connection.execute(
                "SELECT code, title FROM initiative WHERE code IN (SELECT value FROM json_each(?))",
                (json.dumps(codes),),
            ).fetchall()
        )
        for code in codes:
            if code in taken:
                raise code_taken(code, taken[code])

    def _code_for(self, given: str) -> str:
        """The code as given, else the next one; no code twice among those that wait."""
        if not given:
            given, self.code = self.code, next_after(self.code)
        if given in self.codes:
            raise code_taken(given, "")
        self.codes.add(given)
        return given

    def _unit(self, draft: InitiativeDraft) -> int | None:
        key = (draft.unit, draft.superior)
        if key not in self.units:
            self.units[key] = self._known_unit(*key)
        return self.units[key]

    def _known_unit(self, name: str, superior: str) -> int | None:
        """The unit where it is there and stands where it should; else as any unit is found."""
        found = standing_unit(self.context.connection, name, superior)
        return unit_named(self.context.session, name, superior) if found is None else found

    def _decision(self, draft: InitiativeDraft) -> int | None:
        decision = draft.decision
        if decision is None or decision.is_blank():
            return None
        found = self.decisions.get(decision)
        if found is None:
            if len(self.decisions) >= _MOST_KNOWN:
                self.decisions.clear()
            found = self.decisions[decision] = self._look_up(decision)
        return found

    def _look_up(self, draft: DecisionDraft) -> int:
        """The decision as actions.decisions.decision_for finds it, else a new one."""
        key, columns = key_of(draft), DECISION_FIELDS.kept(draft)
        connection = self.context.connection
        there = connection.execute(
            f"SELECT id, {', '.join(DECISION_FIELDS)} FROM decision "
            "WHERE key = ? AND issued IS ? ORDER BY id",
            (key, columns[_ISSUED]),
        ).fetchall()
        for found, *kept in there:
            if kept == columns:
                return int(found)
        wanted = content_of(draft)
        for found, *kept in there:
            if content_of(DecisionDraft(**DECISION_FIELDS.given(kept))) == wanted:
                self._fill_blanks(found, kept, columns)
                return int(found)
        made = connection.execute(insertion("decision", _DECISION), (key, *columns)).lastrowid
        if made is None:
            raise AssertionError(key)
        return made

    def _fill_blanks(self, decision: int, kept: list[Any], said: list[Any]) -> None:
        """Say of a decision what was not said of it before."""
        both = zip(DECISION_FIELDS.names, kept, said, strict=True)
        more = {name: value for name, old, value in both if value and not old}
        rewrite(self.context.connection, "decision", decision, more)

    def _authors(
        self, draft: InitiativeDraft, unit: int | None, otherwise: dict[str, Any]
    ) -> int | None:
        """Put the authors in the queue; the person who is put forward for credit.

        ``otherwise`` takes the authors where they are kept otherwise than the draft has them.
        """
        used: list[int] = []
        kept: list[AuthorDraft] = []
        for author in draft.authors:
            if not author.name.strip():
                continue
            columns = AUTHOR_FIELDS.kept(author)
            person = self._person(author, columns, unit, used)
            self.authorships.append((self.next_id, person, len(used), *columns))
            used.append(person)
            others = AUTHOR_FIELDS.unlike(author, columns)
            kept.append(replace(author, **others) if others else author)
        if len(kept) < len(draft.authors) or any(map(is_not, kept, draft.authors)):
            otherwise["authors"] = tuple(kept)
        pairs = zip(used, kept, strict=True)
        return next((person for person, author in pairs if author.credited), None)

    def _person(
        self, author: AuthorDraft, columns: list[Any], unit: int | None, used: list[int]
    ) -> int:
        """The person an author is, by the rules of actions.people.find_person; new where none."""
        key, nameless = syllable_key(author.name), bool(author.identity)
        birth = columns[_BIRTH]
        found = None
        if author.identity:
            found = self.people.identified(author.identity, key, used)
        if found is None:
            if birth is not None:
                found = self.people.born(key, birth, used, nameless=nameless)
            elif unit is not None:
                found = self._works_in(key, unit, used, nameless=nameless)
        if found is not None:
            return found
        return self.people.made(key, columns[_NAME], birth, columns[_IDENTITY])

    def _works_in(self, key: str, unit: int, used: list[int], *, nameless: bool) -> int | None:
        """A name without a date of birth is the same person only within one unit."""
        if self.authorships:
            self.flush()
        row = self.context.connection.execute(
            "SELECT id FROM person WHERE key = ? AND birth IS NULL AND (NOT ? OR identity = '') "
            "AND id NOT IN (SELECT value FROM json_each(?)) "
            "AND EXISTS (SELECT 1 FROM authorship a "
            "JOIN initiative i ON i.id = a.initiative_id "
            "WHERE a.person_id = person.id AND i.unit_id = ?) ORDER BY id LIMIT 1",
            (key, nameless, json.dumps(used), unit),
        ).fetchone()
        return row[0] if row else None


def _highest(context: Context, table: str) -> int:
    """The highest id that was ever given in a table."""
    row = context.connection.execute(
        "SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)
    ).fetchone()
    return int(row[0]) if row else 0


def next_after(code: str) -> str:
    """The code that follows one of ours: ``SK22-0009`` is followed by ``SK22-0010``."""
    prefix, _dash, number = code.rpartition("-")
    return f"{prefix}-{int(number) + 1:04d}"


def code_taken(code: str, title: str) -> UserError:
    """The error for a code that another initiative has."""
    return UserError(
        _("The code {code} is already used by “{title}”. Give another, or leave it blank.").format(
            code=code, title=title
        ),
        code="initiative.code",
    )
