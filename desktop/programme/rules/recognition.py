"""Rules on recognition: by whom, where, when, and in what order with the application."""

import re

from desktop.programme.calendar import (
    Position,
    Span,
    earliest,
    in_future,
    of_days,
    order,
    span,
)
from desktop.programme.case import Case, Opinion, beside, failed, passed, undecided
from desktop.programme.facts import DecisionFacts, Recogniser
from desktop.programme.rules.posts import Post, post_of
from desktop.programme.rules.words import plain, plain_all
from desktop.programme.shape import Rule
from desktop.programme.verdict import Severity
from desktop.programme.wording import days, has_words
from desktop.text import _

_BRACKETS = re.compile(r"\([^)]*\)")


def recognised(case: Case, rule: Rule) -> Opinion:
    """Recognised by the council or the head of the unit (DK-03, 46/HD-TLĐ I.2.1 and I.3 dash 2).

    A topic with acceptance and confirmation needs no decision (MT-07). A signer whose post is given
    must be the head, a deputy of the head, or the council; signing by delegation is none of these.
    """
    if case.topic_proved:
        return beside(_("A topic with acceptance and confirmation needs no decision."))
    decision = case.facts.decision
    if decision is None or decision == DecisionFacts():
        return failed(
            _(
                "There is no recognition decision. Enter the decision of the initiative council or "
                "of the head of the unit, and attach its scan."
            )
        )
    missing = _missing_parts(decision)
    if missing:
        text = _("The recognition decision lacks: {missing}. Copy it from the decision.")
        return failed(text.format(missing=", ".join(missing)))
    admitted = [one.value for one in case.programme.switches.recognisers]
    if decision.recogniser not in admitted:
        text = _("Recognised by “{recogniser}”. Only {admitted} may do so: ask for their decision.")
        return failed(
            text.format(
                recogniser=_recogniser_shown(decision.recogniser),
                admitted=", ".join(_recogniser_shown(one) for one in admitted),
            )
        )
    return _by_signer(case, rule, decision)


def _missing_parts(decision: DecisionFacts) -> list[str]:
    """What the decision lacks, in the language in use."""
    parts = (
        (has_words(decision.number), _("its number")),
        (decision.issued is not None, _("the date of signing")),
        (has_words(decision.recogniser), _("whether the council or the head recognised it")),
        (has_words(decision.signer), _("who signed it")),
    )
    return [name for there, name in parts if not there]


def _recogniser_shown(recogniser: str) -> str:
    """The form of recognition in the language in use; other words as they were written."""
    if recogniser == Recogniser.COUNCIL:
        return _("the initiative council")
    if recogniser == Recogniser.HEAD:
        return _("the head of the unit")
    return recogniser


def _by_signer(case: Case, rule: Rule, decision: DecisionFacts) -> Opinion:
    """The answer by the signer's post, where one is given."""
    if not has_words(decision.signer_post):
        text = _("Decision {number} of {issued} by {recogniser}.")
        return passed(
            text.format(
                number=decision.number,
                issued=decision.issued,
                recogniser=_recogniser_shown(decision.recogniser),
            )
        )
    post = post_of(decision.signer_post, rule.parameters, decision.issuer, case.facts.category)
    values = {
        "number": decision.number,
        "issued": decision.issued,
        "post": " ".join(decision.signer_post.split()),
    }
    if post is Post.COMPETENT:
        text = _("Decision {number} of {issued}, signed by: {post}.")
        return passed(text.format(**values))
    if post is Post.PERHAPS:
        text = _(
            "Decision {number} is signed by “{post}”. Check that they sign for the head of the "
            "agency or for the council."
        )
        return undecided(text.format(**values))
    if post is Post.UNION:
        text = _(
            "Decision {number} is signed by “{post}”, that is, by the union alone. The council, "
            "the head of the unit or a deputy must recognise it."
        )
        return failed(text.format(**values))
    text = _(
        "Decision {number} is signed by “{post}”, who is neither the head of the unit, a deputy "
        "nor the council. Ask for a decision by one of them."
    )
    return failed(text.format(**values))


def recognised_where_applied(case: Case, rule: Rule) -> Opinion:
    """Recognised where it is applied, or by the level above (DK-04, 46/HD-TLĐ I.2.1).

    Names are compared by the words that tell organisations apart; units merged or renamed since
    2025 may differ, so this only warns.
    """
    if case.topic_proved:
        return beside(_("A topic with acceptance and confirmation needs no decision."))
    facts = case.facts
    issuer = facts.decision.issuer if facts.decision else ""
    common = plain_all(rule.parameters.common_words)
    told = _telling_words(issuer, common)
    here = _telling_words(f"{facts.unit} {facts.applied_at}", common)
    above = _telling_words(facts.superior, common)
    if not told or not here:
        return undecided(
            _(
                "Where it was recognised or where it is applied is not stated, so they cannot "
                "be compared."
            )
        )
    values = {"issuer": issuer, "place": facts.applied_at or facts.unit}
    if told <= here or here <= told or (above and (told <= above or above <= told)):
        return passed(_("Recognised by {issuer}, where it is applied or above.").format(**values))
    text = _(
        "It was recognised by {issuer} but is applied at {place}. Check that the decision comes "
        "from the same unit or the one above it."
    )
    return failed(text.format(**values))


def _telling_words(name: str, common: tuple[str, ...]) -> frozenset[str]:
    """The folded words of a name that tell it from others; what stands in brackets is left out."""
    words = plain(_BRACKETS.sub(" ", name)).split()
    return frozenset(word for word in words if word not in common)


def recognised_in_window(case: Case, _rule: Rule) -> Opinion:
    """The decision is no older than the programme admits (DK-14, 46/HD-TLĐ IV, first paragraph)."""
    if case.topic_proved:
        return beside(_("A topic with acceptance and confirmation needs no decision."))
    issued = case.facts.decision.issued if case.facts.decision else None
    if issued is None:
        return undecided(_("The date of the recognition decision is missing. Enter it."))
    window = case.programme.windows.recognise
    values = {"issued": issued, "window": days(window)}
    position = of_days(span(issued), window)
    if position is Position.INSIDE:
        return passed(_("Recognised on {issued}, in time.").format(**values))
    if position is Position.OUTSIDE:
        text = _(
            "The decision of {issued} lies outside the days admitted ({window}). Check the date of "
            "signing on the decision."
        )
        return failed(text.format(**values))
    text = _("Whether the decision of {issued} is in time ({window}) needs its exact day.")
    return undecided(text.format(**values))


def dates_in_order(case: Case, _rule: Rule) -> Opinion:
    """Tried, used, recognised, in this order; any date in the future blocks (DK-18, I.2).

    The order does not concern a topic that needs no decision; a date in the future does.
    """
    facts = case.facts
    future = _dates_in_future(case)
    if future:
        text = _("In the future: {dates}. Correct the date.")
        return failed(text.format(dates=", ".join(future)), Severity.BLOCK)
    if case.topic_proved:
        return beside(_("A topic with acceptance and confirmation needs no decision."))
    issued = facts.decision.issued if facts.decision else None
    application = earliest(facts.trial, facts.use)
    if facts.trial and facts.use and order(span(facts.trial), span(facts.use)) is Position.OUTSIDE:
        text = _("The trial ({trial}) comes after the official use ({use}). Check both dates.")
        return failed(text.format(trial=facts.trial, use=facts.use))
    if issued is None or application is None:
        return undecided(
            _(
                "A date of application or of the decision is missing, so their order cannot be "
                "checked."
            )
        )
    return _application_before(application, span(issued), str(issued))


def _application_before(application: Span, decided: Span, issued: str) -> Opinion:
    """The answer by the order of application and decision."""
    position = order(application, decided)
    if position is Position.INSIDE:
        return passed(_("The dates follow each other in order."))
    if position is Position.OUTSIDE:
        text = _("The decision of {issued} is older than the first application. Check both dates.")
        return failed(text.format(issued=issued))
    text = _(
        "Whether it was applied before the decision of {issued} cannot be told; enter the days."
    )
    return undecided(text.format(issued=issued))


def _dates_in_future(case: Case) -> list[str]:
    """The dates that lie after today, each with its name."""
    facts = case.facts
    named = (
        (_("date of trial"), facts.trial),
        (_("date of official use"), facts.use),
        (_("date of the decision"), facts.decision.issued if facts.decision else None),
        (_("date of acceptance"), facts.topic_accepted),
        (_("date of the confirmation of its effect"), facts.effect_confirmed_on),
        (_("start of the protection"), facts.protected_from),
    )
    found = [
        f"{name} {day}"
        for name, day in named
        if day is not None and in_future(span(day), case.today) is Position.OUTSIDE
    ]
    sent = facts.sent
    if sent is not None and (sent.at > case.now or sent.day > case.today):
        name = _("portal time")
        found.append(f"{name} {sent}")
    return found
