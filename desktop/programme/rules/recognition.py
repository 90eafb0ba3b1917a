"""Rules on recognition: by whom, where, when, and in what order with the application."""

import re
from functools import lru_cache

from desktop.programme.calendar import (
    Position,
    Span,
    of_days,
    order,
    span,
)
from desktop.programme.case import Case, Opinion, beside, failed, passed, undecided
from desktop.programme.facts import DecisionFacts, Recogniser
from desktop.programme.rules.posts import Post, post_of
from desktop.programme.rules.words import plain, plain_set
from desktop.programme.saying import Joined, Said
from desktop.programme.shape import Rule
from desktop.programme.verdict import Severity
from desktop.programme.wording import has_words
from desktop.text import N_
from desktop.vietnamese.dates import PartialDate

_BRACKETS = re.compile(r"\([^)]*\)")
_RECOGNISERS = {
    Recogniser.COUNCIL.value: Said(N_("the initiative council")),
    Recogniser.HEAD.value: Said(N_("the head of the unit")),
}


def recognised(case: Case, rule: Rule) -> Opinion:
    """Recognised by the council or the head of the unit (DK-03, 46/HD-TLĐ I.2.1 and I.3 dash 2).

    A topic with acceptance and confirmation needs no decision (MT-07). A signer whose post is given
    must be the head, a deputy of the head, or the council; signing by delegation is none of these.
    """
    if case.topic_proved:
        return beside(N_("A topic with acceptance and confirmation needs no decision."))
    decision = case.facts.decision
    if decision is None or decision == DecisionFacts():
        return failed(
            N_(
                "There is no recognition decision. Enter the decision of the initiative council or "
                "of the head of the unit, and attach its scan."
            )
        )
    missing = _missing_parts(decision)
    if missing:
        text = N_("The recognition decision lacks: {missing}. Copy it from the decision.")
        return failed(text, missing=Joined(tuple(map(Said, missing))))
    if decision.recogniser not in case.plan.recognisers:
        admitted = tuple(_recogniser_shown(one) for one in case.plan.switches.recognisers)
        text = N_(
            "Recognised by “{recogniser}”. Only {admitted} may do so: ask for their decision."
        )
        shown = _recogniser_shown(decision.recogniser)
        return failed(text, recogniser=shown, admitted=Joined(admitted))
    return _by_signer(case, rule, decision)


def _missing_parts(decision: DecisionFacts) -> list[str]:
    """What the decision lacks, as texts of the program."""
    parts = (
        (has_words(decision.number), N_("its number")),
        (decision.issued is not None, N_("the date of signing")),
        (has_words(decision.recogniser), N_("whether the council or the head recognised it")),
        (has_words(decision.signer), N_("who signed it")),
    )
    return [name for there, name in parts if not there]


def _recogniser_shown(recogniser: str) -> str | Said:
    """The form of recognition; other words as they were written."""
    return _RECOGNISERS.get(recogniser, recogniser)


def _by_signer(case: Case, rule: Rule, decision: DecisionFacts) -> Opinion:
    """The answer by the signer's post, where one is given."""
    if not has_words(decision.signer_post):
        return passed(
            N_("Decision {number} of {issued} by {recogniser}."),
            number=decision.number,
            issued=decision.issued,
            recogniser=_recogniser_shown(decision.recogniser),
        )
    post = post_of(decision.signer_post, rule.parameters, decision.issuer, case.facts.category)
    number, signed = decision.number, " ".join(decision.signer_post.split())
    if post is Post.COMPETENT:
        text = N_("Decision {number} of {issued}, signed by: {post}.")
        return passed(text, number=number, issued=decision.issued, post=signed)
    if post is Post.PERHAPS:
        text = N_(
            "Decision {number} is signed by “{post}”. Check that they sign for the head of the "
            "agency or for the council."
        )
        return undecided(text, number=number, post=signed)
    if post is Post.UNION:
        text = N_(
            "Decision {number} is signed by “{post}”, that is, by the union alone. The council, "
            "the head of the unit or a deputy must recognise it."
        )
        return failed(text, number=number, post=signed)
    text = N_(
        "Decision {number} is signed by “{post}”, who is neither the head of the unit, a deputy "
        "nor the council. Ask for a decision by one of them."
    )
    return failed(text, number=number, post=signed)


def recognised_where_applied(case: Case, rule: Rule) -> Opinion:
    """Recognised where it is applied, or by the level above (DK-04, 46/HD-TLĐ I.2.1).

    Names are compared by the words that tell organisations apart; units merged or renamed since
    2025 may differ, so this only warns.
    """
    if case.topic_proved:
        return beside(N_("A topic with acceptance and confirmation needs no decision."))
    facts = case.facts
    issuer = facts.decision.issuer if facts.decision else ""
    common = plain_set(rule.parameters.common_words)
    told = _telling_words(issuer, common)
    here = _telling_words(facts.unit, common)
    if facts.applied_at != facts.unit:
        here |= _telling_words(facts.applied_at, common)
    if not told or not here:
        return undecided(
            N_(
                "Where it was recognised or where it is applied is not stated, so they cannot "
                "be compared."
            )
        )
    above = _telling_words(facts.superior, common)
    if told <= here or here <= told or (above and (told <= above or above <= told)):
        return passed(N_("Recognised by {issuer}, where it is applied or above."), issuer=issuer)
    text = N_(
        "It was recognised by {issuer} but is applied at {place}. Check that the decision comes "
        "from the same unit or the one above it."
    )
    return failed(text, issuer=issuer, place=facts.applied_at or facts.unit)


@lru_cache(maxsize=4096)
def _telling_words(name: str, common: frozenset[str]) -> frozenset[str]:
    """The folded words of a name that tell it from others; what stands in brackets is left out.

    Units and organs have the same names in many records.
    """
    return frozenset(plain(_BRACKETS.sub(" ", name)).split()) - common


def recognised_in_window(case: Case, _rule: Rule) -> Opinion:
    """The decision is no older than the programme admits (DK-14, 46/HD-TLĐ IV, first paragraph)."""
    if case.topic_proved:
        return beside(N_("A topic with acceptance and confirmation needs no decision."))
    decision = case.facts.decision
    if decision is None or case.issued is None:
        return undecided(N_("The date of the recognition decision is missing. Enter it."))
    issued, window = decision.issued, case.plan.recognise
    position = of_days(case.issued, window)
    if position is Position.INSIDE:
        return passed(N_("Recognised on {issued}, in time."), issued=issued)
    if position is Position.OUTSIDE:
        text = N_(
            "The decision of {issued} lies outside the days admitted ({window}). Check the date of "
            "signing on the decision."
        )
        return failed(text, issued=issued, window=window)
    text = N_("Whether the decision of {issued} is in time ({window}) needs its exact day.")
    return undecided(text, issued=issued, window=window)


def dates_in_order(case: Case, _rule: Rule) -> Opinion:
    """Tried, used, recognised, in this order; any date in the future blocks (DK-18, I.2).

    The order does not concern a topic that needs no decision; a date in the future does.
    """
    facts = case.facts
    future = _dates_in_future(case)
    if future:
        text = N_("In the future: {dates}. Correct the date.")
        return failed(text, Severity.BLOCK, dates=Joined(future))
    if case.topic_proved:
        return beside(N_("A topic with acceptance and confirmation needs no decision."))
    trial, use = case.trial, case.use
    if trial is not None and use is not None and order(trial, use) is Position.OUTSIDE:
        text = N_("The trial ({trial}) comes after the official use ({use}). Check both dates.")
        return failed(text, trial=facts.trial, use=facts.use)
    first = case.first_use
    if facts.decision is None or case.issued is None or first is None:
        return undecided(
            N_(
                "A date of application or of the decision is missing, so their order cannot be "
                "checked."
            )
        )
    return _application_before(first, case.issued, facts.decision.issued)


def _application_before(application: Span, decided: Span, issued: PartialDate | None) -> Opinion:
    """The answer by the order of application and decision."""
    position = order(application, decided)
    if position is Position.INSIDE:
        return passed(N_("The dates follow each other in order."))
    if position is Position.OUTSIDE:
        text = N_("The decision of {issued} is older than the first application. Check both dates.")
        return failed(text, issued=issued)
    text = N_(
        "Whether it was applied before the decision of {issued} cannot be told; enter the days."
    )
    return undecided(text, issued=issued)


def _dates_in_future(case: Case) -> tuple[Joined, ...]:
    """The dates that lie after today, each with its name."""
    facts, today = case.facts, case.today
    spans = (
        (N_("date of trial"), facts.trial, case.trial),
        (N_("date of official use"), facts.use, case.use),
        (
            N_("date of the decision"),
            facts.decision.issued if facts.decision else None,
            case.issued,
        ),
        (N_("date of acceptance"), facts.topic_accepted, None),
        (N_("date of the confirmation of its effect"), facts.effect_confirmed_on, None),
        (N_("start of the protection"), facts.protected_from, None),
    )
    found = tuple(
        Joined((Said(name), day), " ")
        for name, day, days in spans
        if day is not None and (days or span(day)).first > today
    )
    sent = facts.sent
    if sent is not None and (sent.at > case.now or sent.day > today):
        return (*found, Joined((Said(N_("portal time")), sent), " "))
    return found
