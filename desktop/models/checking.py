"""A record's facts handed to its programme; the verdict comes back."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from desktop.models import reading
from desktop.models.engines.sqlite import Connection
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.models.lookalikes.finding import Probe, lookalikes
from desktop.models.verdicts import read_overrulings
from desktop.programme.definition import Programme
from desktop.programme.eligibility import check
from desktop.programme.facts import AuthorFacts, DecisionFacts, Facts, Lookalike
from desktop.programme.verdict import Overruling, Verdict

_SAME = (
    *("title", "category", "novelty", "trial", "use", "benefit", "benefit_months"),
    *("social_benefit", "public_order_contrary", "protection", "protected_from", "protected_to"),
    *("topic_level", "topic_accepted", "effect_confirmed", "effect_confirmed_by"),
    *("effect_confirmed_on", "confidential"),
    *("unit", "superior", "sent"),
)
"""The facts that bear the names of the draft's fields."""


def facts_of(
    draft: InitiativeDraft,
    *,
    now: datetime,
    alike: Sequence[Lookalike] = (),
    overrulings: Sequence[Overruling] = (),
    has_scan: bool = False,
) -> Facts:
    """What the rules are told of a draft, and which findings officers have set aside."""
    return Facts(
        **{name: getattr(draft, name) for name in _SAME},
        applied_at=draft.unit,
        authors=tuple(_author(author) for author in draft.authors),
        decision=None if draft.decision is None else _decision(draft.decision, has_scan=has_scan),
        lookalikes=tuple(alike),
        overrulings=tuple(overrulings),
        today=now.date(),
    )


def _author(author: AuthorDraft) -> AuthorFacts:
    return AuthorFacts(
        author.name, author.share, author.credited, author.topic_leader, author.member
    )


def _decision(decision: DecisionDraft, *, has_scan: bool) -> DecisionFacts:
    return DecisionFacts(
        decision.number,
        decision.issued,
        decision.issuer,
        decision.recogniser,
        decision.signer,
        decision.signer_post,
        has_file=has_scan or bool(decision.scan),
    )


def check_draft(
    connection: Connection,
    programme: Programme,
    draft: InitiativeDraft,
    *,
    now: datetime,
    initiative_id: int | None = None,
    alike: Sequence[Lookalike] | None = None,
) -> Verdict:
    """The verdict on a draft as it stands, saved or not, look-alikes included.

    ``alike`` are its look-alikes where they have been looked for already.
    """
    if alike is None:
        alike = lookalikes(connection, Probe.of_draft(connection, draft, initiative_id))
    words = () if initiative_id is None else _words_on(connection, initiative_id)
    return check(programme, facts_of(draft, now=now, alike=alike, overrulings=words), now=now)


def _words_on(connection: Connection, initiative_id: int) -> tuple[Overruling, ...]:
    """What officers said against the findings of one initiative."""
    return read_overrulings(connection, [initiative_id]).get(initiative_id, ())


def check_kept(
    connection: Connection,
    programme: Programme,
    ids: Sequence[int],
    *,
    now: datetime,
    alike: Mapping[int, Sequence[Lookalike]],
) -> dict[int, Verdict]:
    """The verdicts on kept initiatives, whose look-alikes are already known."""
    drafts = reading.drafts(connection, ids)
    return check_drafts(connection, programme, drafts, now=now, alike=alike)


def check_drafts(
    connection: Connection,
    programme: Programme,
    drafts: Mapping[int, InitiativeDraft],
    *,
    now: datetime,
    alike: Mapping[int, Sequence[Lookalike]],
) -> dict[int, Verdict]:
    """The verdicts on kept initiatives that were read already, by their ids."""
    words = read_overrulings(connection, list(drafts))
    found = {}
    for key, draft in drafts.items():
        near, ruled = alike.get(key, ()), words.get(key, ())
        facts = facts_of(draft, now=now, alike=near, overrulings=ruled)
        found[key] = check(programme, facts, now=now)
    return found
