"""Finding what looks like one initiative, kept or just being typed, among all that are kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from json import dumps

from desktop.models.engines.sqlite import Connection
from desktop.models.entry import DecisionDraft, InitiativeDraft
from desktop.models.lookalikes import texts
from desktop.models.lookalikes.counting import Counted
from desktop.models.lookalikes.keys import (
    Keys,
    Shared,
    compare,
    is_bare,
    likeness,
    read_keys,
    title_words,
    why_alike,
    without_marks,
)
from desktop.models.lookalikes.memory import columns_in
from desktop.programme.facts import Lookalike
from desktop.vietnamese.dates import PartialDate
from desktop.vietnamese.decisions import decision_key
from desktop.vietnamese.folding import syllable_key

CLOSE = 300
"""So many of a unit, decision or author are compared one by one; of more the nearest."""
_NEAREST = 120
_SHORT_LIST = 60
"""So many of the most alike are looked at more closely; a crowd of equals is cut off there."""
MOST = 200
_GONE = "i.removed_at IS NULL"
_UNREAD: Mapping[int, str] = {}
_AMONG = "i.id IN (SELECT value FROM json_each(?))"
_TEXT = {True: "i.content", False: "''"}


@dataclass(frozen=True, slots=True)
class Probe:
    """What is compared: words, unit, decision, authors, day of use, files and description.

    ``authors`` holds a token for each way in which an author can be the same person as another.
    """

    initiative_id: int
    code: str
    title: str
    words: str
    unit_id: int | None
    unit: str
    decision: str
    authors: frozenset[str]
    used: str | None
    files: frozenset[str] = frozenset()
    text: str = ""

    @classmethod
    def of_draft(
        cls, connection: Connection, draft: InitiativeDraft, initiative_id: int | None
    ) -> "Probe":
        """The probe of a form that is being typed; a kept initiative's files count as well."""
        unit = connection.execute(
            "SELECT id FROM unit WHERE key = ?", (syllable_key(draft.unit),)
        ).fetchone()
        unit_id = unit[0] if unit else None
        decision = draft.decision
        tokens: set[str] = set()
        for author in draft.authors:
            if author.name:
                birth = author.birth.isoformat() if author.birth else None
                tokens |= author_tokens(syllable_key(author.name), birth, author.identity, unit_id)
        return cls(
            initiative_id or 0,
            draft.code,
            draft.title,
            title_words(draft.title, read_keys(connection)),
            unit_id,
            draft.unit,
            _dated(decision) if decision and decision.number else "",
            frozenset(tokens),
            draft.use.isoformat() if draft.use else None,
            _files(connection, [initiative_id]).get(initiative_id, frozenset())
            if initiative_id
            else frozenset(),
            draft.content,
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """An initiative that looks like another: the key that says so, and how alike they are.

    ``apart``: it is of another unit, so that this is information only. ``text``: how much of the
    description is the same, 0 where that is too little.
    """

    other: Probe
    why: str
    score: float
    apart: bool
    text: float = 0.0


def author_tokens(name: str, birth: str | None, identity: str, unit: int | None) -> set[str]:
    """By what an author is known: identity number, name and year of birth, name within the unit."""
    tokens = {f"i|{identity}"} if identity else set()
    if birth:
        tokens.add(f"y|{name}|{birth[:4]}")
    if unit is not None:
        tokens.add(f"u|{name}|{unit}")
    return tokens


def probes(
    connection: Connection,
    ids: Iterable[int],
    keys: Keys,
    words: Mapping[int, str] = _UNREAD,
    *,
    described: bool = True,
) -> list[Probe]:
    """The probes of kept initiatives; those in the recycle bin are left out.

    ``words`` are the words of some, where they have been read already. Without ``described`` their
    descriptions, which may be long, are not read.
    """
    wanted = sorted(ids)
    rows = connection.execute(
        "SELECT i.id, i.code, i.title, i.unit_id, u.name, "
        "CASE WHEN d.key <> '' THEN d.key || '|' || coalesce(d.issued, '') END, i.use, "
        f"{_TEXT[described]} FROM initiative i "
        "LEFT JOIN unit u ON u.id = i.unit_id LEFT JOIN decision d ON d.id = i.decision_id "
        f"WHERE {_GONE} AND {_AMONG} ORDER BY i.id",
        (dumps(wanted),),
    ).fetchall()
    authors: dict[int, set[str]] = {}
    for key, name, birth, identity, unit_id in connection.execute(
        "SELECT i.id, p.key, p.birth, p.identity, i.unit_id FROM initiative i "
        "JOIN authorship a ON a.initiative_id = i.id JOIN person p ON p.id = a.person_id "
        f"WHERE {_AMONG}",
        (dumps(wanted),),
    ).fetchall():
        authors.setdefault(key, set()).update(author_tokens(name, birth, identity, unit_id))
    files = _files(connection, wanted)
    return [
        Probe(
            *(key, code, title, words.get(key) or title_words(title, keys)),
            *(unit_id, unit or "", decision or ""),
            frozenset(authors.get(key, ())),
            used,
            files.get(key, frozenset()),
            text,
        )
        for key, code, title, unit_id, unit, decision, used, text in rows
    ]


def _files(connection: Connection, ids: Iterable[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for key, digest in connection.execute(
        "SELECT initiative_id, sha256 FROM attachment "
        "WHERE initiative_id IN (SELECT value FROM json_each(?))",
        (dumps(list(ids)),),
    ).fetchall():
        found.setdefault(key, set()).add(digest)
    return {key: frozenset(digests) for key, digests in found.items()}


def reason(one: Probe, other: Probe, keys: Keys, text: float = 0.0) -> tuple[str, float]:
    """Why two initiatives may be the same (K1 to K6, blank: not), and how alike their titles are.

    ``text`` is how much of their descriptions is the same, where that is enough.
    """
    score = likeness(one.words, other.words)
    shared = Shared(
        words=one.words == other.words,
        unit=one.unit_id is not None and one.unit_id == other.unit_id,
        decision=bool(one.decision) and one.decision == other.decision,
        author=bool(one.authors & other.authors),
        days=are_close(one.used, other.used, keys.author_days),
        file=bool(one.files & other.files),
        text=text > 0,
    )
    return why_alike(keys, score, shared), score


def are_close(one: str | None, other: str | None, days: int) -> bool:
    """Whether two days of use are known and at most so many days apart."""
    if not one or not other:
        return False
    first, second = PartialDate.fromiso(one), PartialDate.fromiso(other)
    return abs((first.first - second.first).days) <= days


def hits(connection: Connection, probe: Probe, keys: Keys) -> list[Hit]:
    """What looks like an initiative, those that concern it and the most alike first.

    The number of queries is the same whatever is found. Of a crowd of equals the nearest by id are
    given, some hundred.
    """
    found, words = [], _short_list(connection, probe, keys)
    same = texts.alike(connection, probe.text, probe.initiative_id, keys)
    for other in probes(connection, words.keys() | same.keys(), keys, words, described=False):
        text = same.get(other.initiative_id, 0.0)
        why, score = reason(probe, other, keys, text)
        if why:
            apart = probe.unit_id is None or probe.unit_id != other.unit_id
            found.append(Hit(other, why, score, apart, text))
    near = probe.initiative_id
    return sorted(found, key=lambda hit: (*ranked(hit), abs(hit.other.initiative_id - near)))


def ranked(hit: Hit) -> tuple[bool, float]:
    """What hits are ordered by: those of the same unit first, then the most alike."""
    return hit.apart, -max(hit.score, hit.text)


def _short_list(connection: Connection, probe: Probe, keys: Keys) -> dict[int, str]:
    """The initiatives whose titles are like enough for one of the keys, and those with a file.

    For each the words of its title; blank where they have not been read.
    """
    linked = _linked(connection, probe)
    near = _candidates(connection, probe, linked)
    rows = connection.execute(
        "SELECT initiative_id, words, unit_id FROM likeness "
        "WHERE initiative_id IN (SELECT value FROM json_each(?)) AND initiative_id <> ?",
        (dumps(sorted(near)), probe.initiative_id),
    ).fetchall()
    kin, unit = set(linked), probe.unit_id
    floors = {
        (own, linked): keys.floor(same_unit=own, linked=linked)
        for own in (False, True)
        for linked in (False, True)
    }
    classes: dict[float, list[tuple[int, str]]] = {}
    for key, text, of_unit in rows:
        own = unit is not None and of_unit == unit
        classes.setdefault(floors[own, key in kin], []).append((key, text))
    listed = [
        (-score, abs(key - probe.initiative_id), key)
        for floor, others in classes.items()
        for key, score in scores(probe.words, others, floor)
    ]
    short = [key for _score, _distance, key in sorted(listed)[:_SHORT_LIST]]
    words = {key: text for key, text, _unit in rows}
    return {key: words.get(key, "") for key in (*short, *_with_files(connection, probe))}


def _candidates(connection: Connection, probe: Probe, linked: Sequence[int]) -> set[int]:
    """Whose words are worth comparing: all of small groups, of large ones the nearest titles."""
    nearest = _Nearest(connection, probe)
    found = set(nearest.of_all())
    unit = connection.execute(
        "SELECT initiative_id FROM likeness WHERE unit_id = ?", (probe.unit_id,)
    ).fetchall()
    own = probe.initiative_id
    for every in ([row[0] for row in unit], linked):
        group = [key for key in every if key != own]
        found.update(group if len(group) <= CLOSE else nearest.of_group(group))
    return found


class _Nearest:
    """The titles that share the most syllables with a probe's, counted when first asked for."""

    def __init__(self, connection: Connection, probe: Probe) -> None:
        self._connection, self._words = connection, probe.words
        self._beside = _beside(connection, probe.initiative_id)
        self._counted: Counted | None = None

    def of_all(self) -> list[int]:
        """Among all; what was asked a moment ago, while the title was typed, is remembered."""
        return self._remembered(None)

    def of_group(self, group: Sequence[int]) -> list[int]:
        """Among a group, which is remembered as well."""
        return self._remembered(tuple(sorted(group)))

    def _remembered(self, group: tuple[int, ...] | None) -> list[int]:
        return columns_in(self._connection).remembered(
            self._connection,
            (self._words, self._beside, hash(group)),
            lambda: self._count().closest(_NEAREST, group, self._beside),
        )

    def _count(self) -> Counted:
        if self._counted is None:
            self._counted = Counted(self._connection, self._words)
        return self._counted


def _beside(connection: Connection, initiative_id: int) -> int:
    """Around which id the nearest are looked for: 0 for the newest, and for what is newer still."""
    row = connection.execute("SELECT max(initiative_id) FROM likeness").fetchone()
    return initiative_id if initiative_id < (row[0] or 0) else 0


def scores(
    words: str, others: Sequence[tuple[int, str]], floor: float
) -> Iterable[tuple[int, float]]:
    """The others whose words are at least so alike, each with its likeness."""
    if not words:
        return
    bare = is_bare(words)
    found: dict[int, float] = {}
    parts: dict[bool, list[tuple[int, str]]] = {False: [], True: []}
    for key, text in others:
        parts[is_bare(text) != bare].append((key, text))
    for unmarked, part in parts.items():
        # Where one of two titles alone was written without marks, they are compared without them.
        texts = [without_marks(text) if unmarked else text for _key, text in part]
        for place, score in compare(without_marks(words) if unmarked else words, texts, floor):
            found[part[place][0]] = score
    yield from sorted(found.items())


def _dated(decision: DecisionDraft) -> str:
    """By what two decisions are one for K2: number, symbol and day."""
    year = decision.issued.year if decision.issued else None
    day = decision.issued.isoformat() if decision.issued else ""
    return f"{decision_key(decision.number, year)}|{day}"


def _linked(connection: Connection, probe: Probe) -> list[int]:
    """The initiatives of the same decision or of one of the authors, newest first."""
    parts: dict[str, list[list[str]]] = {"i": [], "y": []}
    for token in sorted(probe.authors):
        kind, *rest = token.split("|")
        if kind in parts:
            parts[kind].append(rest)
    number, _bar, day = probe.decision.rpartition("|")
    rows = connection.execute(
        """SELECT id FROM initiative WHERE decision_id IN
             (SELECT id FROM decision WHERE key = ? AND issued IS nullif(?, '') AND key <> '')
           UNION SELECT w.initiative_id FROM json_each(?) t
             JOIN person p ON p.identity = t.value ->> 0 AND p.identity <> ''
             JOIN authorship w ON w.person_id = p.id
           UNION SELECT w.initiative_id FROM json_each(?) t
             JOIN person p ON p.key = t.value ->> 0
               AND p.birth >= t.value ->> 1 AND p.birth < (t.value ->> 1) || '~'
             JOIN authorship w ON w.person_id = p.id""",
        (number, day, dumps(parts["i"]), dumps(parts["y"])),
    ).fetchall()
    return [row[0] for row in rows]


def _with_files(connection: Connection, probe: Probe) -> list[int]:
    if not probe.files:
        return []
    rows = connection.execute(
        "SELECT DISTINCT initiative_id FROM attachment WHERE sha256 IN "
        "(SELECT value FROM json_each(?)) AND initiative_id IS NOT NULL AND initiative_id <> ? "
        "ORDER BY initiative_id DESC LIMIT ?",
        (dumps(sorted(probe.files)), probe.initiative_id, _SHORT_LIST),
    ).fetchall()
    return [row[0] for row in rows]


def lookalikes(connection: Connection, probe: Probe) -> tuple[Lookalike, ...]:
    """What looks like one initiative, at most 200, the nearest first; rulings are heeded.

    What an officer called no duplicate is left out; what was called one is given whatever it says.
    """
    if not probe.title:
        return ()
    keys, rulings = read_keys(connection), rulings_on(connection, [probe.initiative_id])
    ruled = {b if a == probe.initiative_id else a: word for (a, b), word in rulings.items()}
    every = {hit.other.initiative_id: hit for hit in hits(connection, probe, keys)}
    confirmed = [key for key, word in ruled.items() if word and key not in every]
    for other in probes(connection, confirmed, keys):
        why, score = reason(probe, other, keys)  # what was confirmed needs no reason
        every[other.initiative_id] = Hit(other, why, score, probe.unit_id != other.unit_id)
    found = [
        _as_lookalike(hit, confirmed=bool(ruled.get(key)))
        for key, hit in every.items()
        if ruled.get(key) is not False
    ]
    return tuple(found[:MOST])


def _as_lookalike(hit: Hit, *, confirmed: bool) -> Lookalike:
    other = hit.other
    return Lookalike(
        *(other.initiative_id, other.code, other.title, other.unit, hit.score, hit.why),
        same_unit=not hit.apart,
        confirmed=confirmed,
        text=hit.text,
    )


def rulings_on(connection: Connection, ids: Sequence[int]) -> dict[tuple[int, int], bool]:
    """The officers' last words on pairs with one of these initiatives, smaller id first."""
    listed = dumps(sorted(ids))
    rows = connection.execute(
        "SELECT id, first_id, second_id, duplicate FROM lookalike_ruling "
        "WHERE first_id IN (SELECT value FROM json_each(?)) UNION "
        "SELECT id, first_id, second_id, duplicate FROM lookalike_ruling "
        "WHERE second_id IN (SELECT value FROM json_each(?)) ORDER BY 1",
        (listed, listed),
    ).fetchall()
    return {(min(a, b), max(a, b)): bool(word) for _id, a, b, word in rows}
