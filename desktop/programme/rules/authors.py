"""Rules on authors: shares, who is credited, and union membership."""

from decimal import Decimal

from desktop.programme.case import Case, Opinion, failed, passed, undecided
from desktop.programme.facts import AuthorFacts
from desktop.programme.shape import Rule
from desktop.programme.wording import share
from desktop.text import _


def credit_and_shares(case: Case, rule: Rule) -> Opinion:
    """Shares add up to 100; credited is the leader or a highest contributor (DK-12, I.2.4; MT-08).

    One author without a share counts as the whole; an equal split is never assumed. Where several
    have the highest share, the office chooses.
    """
    authors = case.facts.authors
    total = rule.parameters.total
    if not authors:
        return undecided(_("There is no author. Enter at least one."))
    if len(authors) == 1 and authors[0].share is None:
        return passed(_("One author, with the whole share."))
    blank = [author.name for author in authors if author.share is None]
    if blank:
        text = _(
            "No share is given for: {names}. Enter the share of each author; together they "
            "make {total}."
        )
        return undecided(text.format(names=", ".join(blank), total=share(total)))
    shares = [author.share for author in authors if author.share is not None]
    if min(shares) < 0:
        return failed(_("A share cannot be below 0. Correct it."))
    if sum(shares) != total:
        text = _("The shares add up to {sum}, not {total}. Correct them: {shares}.")
        return failed(
            text.format(
                sum=share(Decimal(sum(shares))), total=share(total), shares=_listed(authors)
            )
        )
    return _credit(case, authors, max(shares))


def _listed(authors: tuple[AuthorFacts, ...]) -> str:
    """Each author with the share."""
    return "; ".join(
        f"{author.name} {share(author.share)}" for author in authors if author.share is not None
    )


def _credit(case: Case, authors: tuple[AuthorFacts, ...], highest: Decimal) -> Opinion:
    """Whether the author put forward may be credited."""
    credited = [author for author in authors if author.credited]
    if not credited and len(authors) == 1:
        credited = list(authors)
    if len(credited) != 1:
        return undecided(_("Exactly one author is to be put forward for credit. Choose one."))
    author = credited[0]
    best = [other.name for other in authors if other.share == highest]
    values = {
        "name": author.name,
        "share": share(author.share or Decimal(0)),
        "best": ", ".join(best),
        "highest": share(highest),
    }
    if author.share == highest:
        if len(best) == 1:
            return passed(_("Credited: {name}, with the highest share {share}.").format(**values))
        text = _("Credited: {name}, chosen among those with the highest share {highest}: {best}.")
        return passed(text.format(**values))
    return _without_highest(case, author, values)


def _without_highest(case: Case, author: AuthorFacts, values: dict[str, str]) -> Opinion:
    """The answer for one who does not have the highest share: only a topic's leader may be."""
    if case.topic and case.programme.switches.credit == "leader_or_highest":
        if author.topic_leader:
            return passed(_("Credited: {name}, leader of the topic.").format(**values))
        if author.topic_leader is None:
            text = _(
                "{name} has {share}, less than {best} ({highest}). Say whether {name} is the "
                "leader of the topic."
            )
            return undecided(text.format(**values))
    text = _(
        "Put forward for credit is {name} with {share}, but the highest share is {highest}: "
        "{best}. Put that author forward instead."
    )
    return failed(text.format(**values))


def author_is_member(case: Case, _rule: Rule) -> Opinion:
    """The credited author belongs to the union (DK-21, Lai Châu plan II.1; MT-13 admits others)."""
    authors = case.facts.authors
    author = next((one for one in authors if one.credited), authors[0] if authors else None)
    if author is not None and author.member:
        return passed(_("{name} is a union member.").format(name=author.name))
    if case.programme.switches.non_members == "allowed":
        return passed(_("The programme admits authors who are not union members."))
    if author is None or author.member is None:
        return undecided(_("It is not said whether the author is a union member. Enter it."))
    text = _(
        "{name} is not a union member; the plan of this office names members only. Consider "
        "admitting the author to the union."
    )
    return failed(text.format(name=author.name))
