"""Recording many initiatives at once: the rows of a file go in set-wise, in the file's order.

What is recorded is the same as if each had been recorded by itself; only the way is shorter. Rows
are written by plain statements in slices; units, decisions and people are looked up by index.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from desktop.errors import UserError
from desktop.models.actions.decisions import decision_for, key_of
from desktop.models.actions.units import unit_named
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.models.fields import AUTHOR_FIELDS, DECISION_FIELDS, INITIATIVE_FIELDS, columns_of
from desktop.models.journal import Context
from desktop.text import _
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.folding import syllable_key

_SLICE = 500
_MOST_KNOWN = 50_000
"""So many decisions are remembered at once; a file of more looks some of them up again."""

_STAMPS = ("unit_id", "decision_id", "public_order_by", "public_order_at", "recorded_at")
_INITIATIVE = ("id", *INITIATIVE_FIELDS, *_STAMPS)
_AUTHORSHIP = ("initiative_id", "person_id", "position", *AUTHOR_FIELDS)
_DECISION = ("key", *DECISION_FIELDS)
_SAID = tuple(name for name in DECISION_FIELDS if name != "issued")
_PERSON = ("key", "name", "birth", "identity")


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
        for draft in part:
            check(draft)
            loader.take(draft)
        loader.flush()
    return range(first, loader.next_id)


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

    def __post_init__(self) -> None:
        row = self.context.connection.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'initiative'"
        ).fetchone()
        self.next_id = (row[0] if row else 0) + 1

    def take(self, draft: InitiativeDraft) -> None:
        """Put one initiative in the queue, its authors beside it."""
        columns = columns_of(INITIATIVE_FIELDS, draft)
        columns["code"] = self._code_for(columns["code"])
        unit = self._unit(draft)
        now = self.context.now.isoformat(timespec="seconds")
        answered = columns["public_order_contrary"] is not None
        stamps = (self.context.user, now) if answered else (None, None)
        self.initiatives.append(
            (self.next_id, *columns.values(), unit, self._decision(draft), *stamps, now)
        )
        self._authors(draft.authors, unit)
        self.next_id += 1

    def flush(self) -> None:
        """Write what waits."""
        self._insert("initiative", _INITIATIVE, self.initiatives)
        self._insert("authorship", _AUTHORSHIP, self.authorships)
        self.initiatives.clear()
        self.authorships.clear()
        self.codes.clear()

    def _insert(self, table: str, names: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        listed = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        self.context.connection.executemany(
            f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows
        )

    def _code_for(self, given: str) -> str:
        """The code as given, where it is free; else the next one."""
        if not given:
            given, self.code = self.code, next_after(self.code)
        taken = self.context.connection.execute(
            "SELECT title FROM initiative WHERE code = ?", (given,)
        ).fetchone()
        if taken is not None or given in self.codes:
            raise code_taken(given, taken[0] if taken else "")
        self.codes.add(given)
        return given

    def _unit(self, draft: InitiativeDraft) -> int | None:
        key = (draft.unit, draft.superior)
        if key not in self.units:
            self.units[key] = self._known_unit(*key)
        return self.units[key]

    def _known_unit(self, name: str, superior: str) -> int | None:
        """The unit where it is there and stands under another; else as any unit is found."""
        row = self.context.connection.execute(
            "SELECT u.id FROM unit u WHERE u.key = ? AND (? = '' OR EXISTS (SELECT 1 FROM "
            "unit_parent p WHERE p.unit_id = u.id AND p.valid_to IS NULL)) ORDER BY u.id LIMIT 1",
            (syllable_key(clean(name)), clean(superior)),
        ).fetchone()
        if row is not None and clean(name):
            return int(row[0])
        return unit_named(self.context.session, name, superior)

    def _decision(self, draft: InitiativeDraft) -> int | None:
        decision = draft.decision
        if decision is None or decision.is_blank():
            return None
        if decision not in self.decisions:
            if len(self.decisions) >= _MOST_KNOWN:
                self.decisions.clear()
            self.decisions[decision] = self._look_up(decision)
        return self.decisions[decision]

    def _look_up(self, draft: DecisionDraft) -> int | None:
        """The decision where one of that number and day may be there, else a new one."""
        key = key_of(draft)
        columns = columns_of(DECISION_FIELDS, draft)
        there = self.context.connection.execute(
            f"SELECT id, {', '.join(_SAID)} FROM decision WHERE key = ? AND issued IS ?",
            (key, columns["issued"]),
        ).fetchall()
        said = tuple(columns[name] for name in _SAID)
        for found, *kept in there:
            if tuple(kept) == said:
                return int(found)
        if not there:
            return self._made("decision", _DECISION, (key, *columns.values()))
        near = decision_for(self.context.session, draft)
        self.context.session.flush()
        self.context.session.expunge_all()
        return near

    def _authors(self, authors: Sequence[AuthorDraft], unit: int | None) -> None:
        used: list[int] = []
        named = (author for author in authors if author.name.strip())
        for position, author in enumerate(named):
            columns = columns_of(AUTHOR_FIELDS, author)
            person = self._person(author, columns, unit, used)
            used.append(person)
            self.authorships.append((self.next_id, person, position, *columns.values()))

    def _person(
        self, author: AuthorDraft, columns: dict[str, Any], unit: int | None, used: list[int]
    ) -> int:
        """The person an author is, by the rules of actions.people.find_person; new where none."""
        key, birth, identity = syllable_key(author.name), columns["birth"], columns["identity"]
        found = None
        if author.identity:
            found = self._first(
                "identity = ? AND key = ? AND identity <> ''", (author.identity, key), used
            )
        if found is None:
            nameless = " AND identity = ''" if author.identity else ""
            if birth is not None:
                found = self._first(f"key = ? AND birth = ?{nameless}", (key, birth), used)
            elif unit is not None:
                found = self._works_in(key, unit, nameless, used)
        if found is not None:
            return found
        return self._made("person", _PERSON, (key, columns["name"], birth, identity))

    def _first(self, condition: str, values: tuple[Any, ...], used: list[int]) -> int | None:
        others = f" AND id NOT IN ({','.join('?' * len(used))})" if used else ""
        row = self.context.connection.execute(
            f"SELECT id FROM person WHERE {condition}{others} ORDER BY id LIMIT 1",
            (*values, *used),
        ).fetchone()
        return row[0] if row else None

    def _works_in(self, key: str, unit: int, nameless: str, used: list[int]) -> int | None:
        """A name without a date of birth is the same person only within one unit."""
        if self.authorships:
            self.flush()
        return self._first(
            f"key = ? AND birth IS NULL{nameless} AND EXISTS (SELECT 1 FROM authorship a "
            "JOIN initiative i ON i.id = a.initiative_id "
            "WHERE a.person_id = person.id AND i.unit_id = ?)",
            (key, unit),
            used,
        )

    def _made(self, table: str, names: Sequence[str], values: tuple[Any, ...]) -> int:
        listed = ", ".join(f'"{name}"' for name in names)
        cursor = self.context.connection.execute(
            f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(names))})", values
        )
        if cursor.lastrowid is None:
            raise AssertionError(table)
        return cursor.lastrowid


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
