"""Finding look-alikes: initiatives that may be the same, each with the reason it was found.

The keys K1 to K5 are those of the look-alike handbook: exact title, same decision, same unit, same
author at the same time, same file. Officers' rulings are remembered.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from desktop.models.engines.sqlite import Connection
from desktop.models.entry import InitiativeDraft
from desktop.programme.facts import Lookalike
from desktop.vietnamese.dates import PartialDate
from desktop.vietnamese.decisions import decision_key
from desktop.vietnamese.folding import lookalike_key, syllable_key

SAME_DECISION, SAME_UNIT, SAME_AUTHOR = 0.6, 0.85, 0.75
"""The least likeness of titles for K2, K3 and K4, from 0 to 1."""
AUTHOR_DAYS = 30
_STOP_WORDS = frozenset(
    word
    for phrase in (
        *("giải pháp", "sáng kiến", "một số", "nâng cao", "chất lượng", "hiệu quả", "ứng dụng"),
        *("xây dựng", "cải tiến", "tại", "trong", "cho", "của", "và"),
    )
    for word in lookalike_key(phrase).split()
)
_RARE_WORDS, _CROWD, _NEIGHBOURS, _MOST = 4, 60, 20, 200
_GONE = "i.removed_at IS NULL"


def title_words(title: str) -> str:
    """A title's syllable keys without stop words, the text that likeness is measured on."""
    words = lookalike_key(title).split()
    return " ".join(word for word in words if word not in _STOP_WORDS) or " ".join(words)


def likeness(first: str, second: str) -> float:
    """How alike two titles' words are, 0 to 1: whether one holds the other, and in all."""
    if not first or not second:
        return 0.0
    return (fuzz.token_set_ratio(first, second) + fuzz.token_sort_ratio(first, second)) / 200


@dataclass(frozen=True, slots=True)
class Probe:
    """What is compared: one initiative's words, unit, decision, authors, day of use and files."""

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

    @classmethod
    def of_draft(
        cls, connection: Connection, draft: InitiativeDraft, initiative_id: int | None
    ) -> "Probe":
        """The probe of a form that is being typed."""
        unit = connection.execute(
            "SELECT id FROM unit WHERE key = ?", (syllable_key(draft.unit),)
        ).fetchone()
        decision = draft.decision
        year = decision.issued.year if decision and decision.issued else None
        return cls(
            initiative_id or 0,
            draft.code,
            draft.title,
            title_words(draft.title),
            unit[0] if unit else None,
            draft.unit,
            decision_key(decision.number, year) if decision and decision.number else "",
            frozenset(syllable_key(author.name) for author in draft.authors if author.name),
            draft.use.isoformat() if draft.use else None,
        )


def probes(connection: Connection, where: str, values: Sequence[object]) -> list[Probe]:
    """The probes of kept initiatives; ``where`` is a condition on ``initiative i``."""
    authors: dict[int, set[str]] = {}
    for key, person in connection.execute(
        "SELECT a.initiative_id, p.key FROM authorship a JOIN person p ON p.id = a.person_id "
        f"JOIN initiative i ON i.id = a.initiative_id WHERE {_GONE} AND {where}",
        values,
    ).fetchall():
        authors.setdefault(key, set()).add(person)
    rows = connection.execute(
        "SELECT i.id, i.code, i.title, i.unit_id, u.name, d.key, i.use FROM initiative i "
        "LEFT JOIN unit u ON u.id = i.unit_id LEFT JOIN decision d ON d.id = i.decision_id "
        f"WHERE {_GONE} AND {where}",
        values,
    ).fetchall()
    files: dict[int, set[str]] = {}
    for key, digest in connection.execute(
        "SELECT a.initiative_id, a.sha256 FROM attachment a JOIN initiative i "
        f"ON i.id = a.initiative_id WHERE {_GONE} AND {where}",
        values,
    ).fetchall():
        files.setdefault(key, set()).add(digest)
    return [
        Probe(
            *(key, code, title, title_words(title), unit_id, unit or "", decision or ""),
            frozenset(authors.get(key, ())),
            used,
            frozenset(files.get(key, ())),
        )
        for key, code, title, unit_id, unit, decision, used in rows
    ]


def reason(one: Probe, other: Probe) -> tuple[str, float]:
    """Why two initiatives may be the same (K1 to K5, blank where not) and how alike they are."""
    score = likeness(one.words, other.words)
    same_unit = one.unit_id is not None and one.unit_id == other.unit_id
    if same_unit and one.words == other.words and one.authors & other.authors:
        return "K1", 1.0
    if one.decision and one.decision == other.decision and score >= SAME_DECISION:
        return "K2", score
    if same_unit and score >= SAME_UNIT:
        return "K3", score
    if one.authors & other.authors and score >= SAME_AUTHOR and _close(one.used, other.used):
        return "K4", score
    if one.files & other.files:
        return "K5", score
    return "", score


def _close(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return False
    first, second = PartialDate.fromiso(one), PartialDate.fromiso(other)
    return abs((first.first - second.first).days) <= AUTHOR_DAYS


def lookalikes(connection: Connection, probe: Probe) -> tuple[Lookalike, ...]:
    """What looks like one initiative, the most alike first; rulings are heeded."""
    if not probe.title:
        return ()
    people = ",".join("?" * len(probe.authors)) or "NULL"
    files = ",".join("?" * len(probe.files)) or "NULL"
    others = probes(
        connection,
        "(i.unit_id = ? OR i.decision_id IN (SELECT id FROM decision WHERE key = ? AND key <> '') "
        "OR i.id IN (SELECT w.initiative_id FROM authorship w JOIN person q ON q.id = w.person_id "
        f"WHERE q.key IN ({people})) OR i.id IN (SELECT f.initiative_id FROM attachment f "
        f"WHERE f.sha256 IN ({files})))",
        (probe.unit_id, probe.decision, *sorted(probe.authors), *sorted(probe.files)),
    )
    rulings = _rulings(connection, probe.initiative_id)
    found = []
    for other in others:
        if other.initiative_id == probe.initiative_id:
            continue
        ruled = rulings.get(other.initiative_id)
        why, score = reason(probe, other)
        if (why and ruled is not False) or ruled:
            found.append(as_lookalike(probe, other, why, score, confirmed=bool(ruled)))
    return tuple(sorted(found, key=lambda alike: -alike.score)[:_MOST])


def as_lookalike(
    probe: Probe, other: Probe, why: str, score: float, *, confirmed: bool
) -> Lookalike:
    """The other initiative as the rules and the screen are told of it."""
    return Lookalike(
        other.initiative_id,
        other.code,
        other.title,
        other.unit,
        score,
        why,
        same_unit=probe.unit_id == other.unit_id,
        confirmed=confirmed,
    )


def _rulings(connection: Connection, initiative_id: int) -> dict[int, bool]:
    """Whether each initiative that an officer compared with this one is a duplicate."""
    rows = connection.execute(
        "SELECT first_id, second_id, duplicate FROM lookalike_ruling "
        "WHERE first_id = ? OR second_id = ? ORDER BY id",
        (initiative_id, initiative_id),
    ).fetchall()
    return {(b if a == initiative_id else a): bool(ruled) for a, b, ruled in rows}


def pairs(connection: Connection, ids: Iterable[int]) -> dict[tuple[int, int], tuple[str, float]]:
    """The pairs of look-alikes in which one of these initiatives takes part, smaller id first.

    Titles of a unit are compared where they share one of their rarest words; those of one decision,
    of one author and with one file always. So the work stays near linear for a whole import.
    """
    wanted = set(ids)
    everyone = {probe.initiative_id: probe for probe in probes(connection, "1", ())}
    seen: set[tuple[int, int]] = set()
    found: dict[tuple[int, int], tuple[str, float]] = {}
    for group in _groups(everyone.values()):
        for pair in _worth_comparing(group, everyone):
            if pair in seen or not wanted.intersection(pair):
                continue
            seen.add(pair)
            why, score = reason(everyone[pair[0]], everyone[pair[1]])
            if why:
                found[pair] = (why, score)
    return found


def _worth_comparing(group: list[int], everyone: Mapping[int, Probe]) -> Iterable[tuple[int, int]]:
    """The pairs of a group; in a crowd each with its neighbours in the order of their words."""
    reach = len(group)
    if len(group) > _CROWD:
        group = sorted(group, key=lambda key: (everyone[key].words, key))
        reach = _NEIGHBOURS
    for place, first in enumerate(group):
        for second in group[place + 1 : place + 1 + reach]:
            if first != second:
                yield min(first, second), max(first, second)


def _groups(everyone: Iterable[Probe]) -> Iterable[list[int]]:
    """Groups of ids that are worth comparing with one another."""
    all_probes = list(everyone)
    counts = Counter(
        (probe.unit_id, word) for probe in all_probes for word in set(probe.words.split())
    )
    groups: dict[object, list[int]] = {}
    for probe in all_probes:
        ranked = sorted((counts[probe.unit_id, word], word) for word in set(probe.words.split()))
        keys: list[object] = [("decision", probe.decision)] if probe.decision else []
        keys += [("file", digest) for digest in probe.files]
        keys += [("author", person) for person in probe.authors]
        keys += [(probe.unit_id, word) for _count, word in ranked[:_RARE_WORDS]]
        for key in keys:
            groups.setdefault(key, []).append(probe.initiative_id)
    return [group for group in groups.values() if len(group) > 1]
