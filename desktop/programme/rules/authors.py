"""Rules on authors: shares, who is credited, and union membership."""

from decimal import Decimal
from typing import Any

from desktop.programme.case import Case, Opinion, failed, passed, undecided
from desktop.programme.facts import AuthorFacts
from desktop.programme.saying import Joined
from desktop.programme.shape import Rule
from desktop.text import N_

_NONE = Decimal(0)


def credit_and_shares(case: Case, rule: Rule) -> Opinion:
    """Shares add up to 100; credited is the leader or a highest contributor (DK-12, I.2.4; MT-08).

    One author without a share counts as the whole; an equal split is never assumed. Where several
    have the highest share, the office chooses.
    """
    authors = case.facts.authors
    total = rule.parameters.total
    if not authors:
        return undecided(N_("There is no author. Enter at least one."))
    if len(authors) == 1 and authors[0].share is None:
        return passed(N_("One author, with the whole share."))
    shares = [author.share for author in authors if author.share is not None]
    if len(shares) < len(authors):
        blank = tuple(author.name for author in authors if author.share is None)
        text = N_(
            "No share is given for: {names}. Enter the share of each author; together they "
            "make {total}."
        )
        return undecided(text, names=Joined(blank), total=total)
    if min(shares) < _NONE:
        return failed(N_("A share cannot be below 0. Correct it."))
    found = sum(shares, _NONE)
    if found != total:
        text = N_("The shares add up to {sum}, not {total}. Correct them: {shares}.")
        return failed(text, sum=found, total=total, shares=_listed(authors))
    return _credit(case, authors, max(shares))


def _listed(authors: tuple[AuthorFacts, ...]) -> Joined:
    """Each author with the share."""
    given = (Joined((author.name, author.share), " ") for author in authors)
    return Joined(tuple(given), "; ")


def _credit(case: Case, authors: tuple[AuthorFacts, ...], highest: Decimal) -> Opinion:
    """Whether the author put forward may be credited."""
    credited = [author for author in authors if author.credited]
    if not credited and len(authors) == 1:
        credited = list(authors)
    if len(credited) != 1:
        return undecided(N_("Exactly one author is to be put forward for credit. Choose one."))
    author = credited[0]
    if author.share != highest:
        return _without_highest(case, author, _best(authors, highest), highest)
    name, best = author.name, [one.name for one in authors if one.share == highest]
    if len(best) == 1:
        text = N_("Credited: {name}, with the highest share {share}.")
        return passed(text, name=name, share=author.share)
    text = N_("Credited: {name}, chosen among those with the highest share {highest}: {best}.")
    return passed(text, name=name, highest=highest, best=_best(authors, highest))


def _best(authors: tuple[AuthorFacts, ...], highest: Decimal) -> Joined:
    """The names of those with the highest share."""
    return Joined(tuple(author.name for author in authors if author.share == highest))


def _without_highest(case: Case, author: AuthorFacts, best: Joined, highest: Decimal) -> Opinion:
    """The answer for one who does not have the highest share: only a topic's leader may be."""
    values: dict[str, Any] = {
        "name": author.name,
        "share": author.share or _NONE,
        "best": best,
        "highest": highest,
    }
    if case.topic and case.plan.switches.credit == "leader_or_highest":
        if author.topic_leader:
            return passed(N_("Credited: {name}, leader of the topic."), name=author.name)
        if author.topic_leader is None:
            text = N_(
                "{name} has {share}, less than {best} ({highest}). Say whether {name} is the "
                "leader of the topic."
            )
            return undecided(text, **values)
    text = N_(
        "Put forward for credit is {name} with {share}, but the highest share is {highest}: "
        "{best}. Put that author forward instead."
    )
    return failed(text, **values)


def author_is_member(case: Case, _rule: Rule) -> Opinion:
    """The credited author belongs to the union (DK-21, Lai Châu plan II.1; MT-13 admits others)."""
    authors = case.facts.authors
    author = next((one for one in authors if one.credited), authors[0] if authors else None)
    if author is not None and author.member:
        return passed(N_("{name} is a union member."), name=author.name)
    if case.plan.switches.non_members == "allowed":
        return passed(N_("The programme admits authors who are not union members."))
    if author is None or author.member is None:
        return undecided(N_("It is not said whether the author is a union member. Enter it."))
    text = N_(
        "{name} is not a union member; the plan of this office names members only. Consider "
        "admitting the author to the union."
    )
    return failed(text, name=author.name)
