"""Recording a decision of recognition that is issued here with the initiatives that it lists."""

from dataclasses import dataclass
from pathlib import Path

from desktop.models import issuing, reading
from desktop.models.actions.decisions import RecordDecision
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import DecisionDraft
from desktop.models.faults import explain
from desktop.models.issuing import IssuedLine
from desktop.models.journal import Outcome
from desktop.models.store import Store
from desktop.printing import papers
from desktop.printing.papers.recognition_decision import passed
from desktop.tasks.issuing import Planned, Wanted
from desktop.tasks.papers import gather
from desktop.text import _, counted
from desktop.vietnamese.dates import PartialDate
from desktop.vietnamese.decisions import decision_key
from desktop.vietnamese.folding import fold

RECORDED = "recognition-decision"
"""The key of the paper that can be recorded."""


@dataclass(frozen=True, slots=True)
class Recordable:
    """With whom a decision that is issued can be recorded, and what the record says of it.

    ``ids`` are the initiatives that it lists and that rest on no decision yet, or on one that was
    voided; ``others`` counts those that rest on another one, which they keep. ``recogniser`` is
    who recognises as far as the office's sheet tells: "council" or "head".
    """

    ids: tuple[int, ...]
    others: int
    issuer: str
    signer_post: str
    recogniser: str

    @property
    def kept_words(self) -> str:
        """How many keep another decision, in words; blank where there are none."""
        if not self.others:
            return ""
        return counted(
            "{count} initiative rests on another decision already and keeps it.",
            "{count} initiatives rest on another decision already and keep it.",
            self.others,
        ).format(count=self.others)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of recording: its outcome (None: nothing was recorded), in words too."""

    outcome: Outcome | None
    said: str


def recordable(store: Store, wanted: Wanted, resources: Path) -> Recordable | None:
    """With whom the decision that is wanted can be recorded; None where it is another paper."""
    if wanted.key != RECORDED:
        return None
    material = gather(store, papers.kind(wanted.key), wanted.ids, resources, wanted.on)
    listed = [one.initiative_id for one in passed(material.dossiers, material.sitting)]
    office = material.office
    with store.reading() as connection:
        free = _free(connection, listed)
    authority = fold(" ".join((office.name, *office.signature)))
    return Recordable(
        free,
        len(listed) - len(free),
        office.name,
        office.signature[-1].capitalize() if office.signature else "",
        "council" if "hoi dong" in authority else "head",
    )


def _free(connection: Connection, listed: list[int]) -> tuple[int, ...]:
    """Those that rest on no decision: none at all, one without number and day, or a voided one."""
    voided = {
        decision_key(one.number, one.dated.year)
        for one in issuing.issued(connection)
        if one.kind == RECORDED and one.voided is not None
    }
    resting = reading.resting_on(connection, listed)
    return tuple(one for one in listed if one not in resting or resting[one] in {"", *voided})


def record(
    store: Store, planned: Planned, found: Recordable | None, recogniser: str = ""
) -> Recorded:
    """Record what was issued with the initiatives that it lists: one act, which can be undone.

    The paper is issued already, so that a refusal is only told.
    """
    if found is None or not found.ids:
        return Recorded(None, found.kept_words if found is not None else "")
    try:
        outcome = store.journal.do(RecordDecision(_draft(planned, found, recogniser), found.ids))
    except Exception as error:
        known = explain(error, store.folder)
        if known is None:
            raise
        said = _(
            "The decision could not be recorded with its initiatives: {reason} Record it at "
            "“Decisions”."
        )
        return Recorded(None, said.format(reason=known))
    said = counted(
        "Recorded with {count} initiative.", "Recorded with {count} initiatives.", len(found.ids)
    )
    words = (said.format(count=len(found.ids)), found.kept_words, outcome.unsaved_copy)
    return Recorded(outcome, " ".join(filter(None, words)))


def still_resting(store: Store, line: IssuedLine) -> str:
    """That initiatives rest on a decision that was voided, in words; blank where none does."""
    if line.kind != RECORDED:
        return ""
    key = decision_key(line.number, line.dated.year)
    with store.reading() as connection:
        count = sum(key == one for one in reading.resting_on(connection, line.initiatives).values())
    if not count:
        return ""
    return counted(
        "{count} initiative still rests on it; the next decision that is issued takes its place.",
        "{count} initiatives still rest on it; the next decision that is issued takes its place.",
        count,
    ).format(count=count)


def _draft(planned: Planned, found: Recordable, recogniser: str) -> DecisionDraft:
    day, subject = planned.day, planned.subject.removeprefix("Quyết định ")
    return DecisionDraft(
        planned.numbers[0],
        PartialDate(day.year, day.month, day.day),
        found.issuer,
        recogniser or found.recogniser,
        planned.signer,
        found.signer_post,
        f"{subject[:1].upper()}{subject[1:]}",
    )
