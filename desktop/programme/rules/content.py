"""Rules on what an initiative is: its kind, novelty, benefit, morals, look-alikes and secrecy."""

from typing import Any

from desktop.programme.case import Case, Opinion, beside, failed, passed, undecided
from desktop.programme.saying import Joined, Named
from desktop.programme.shape import Rule
from desktop.programme.verdict import Severity
from desktop.programme.wording import has_words
from desktop.text import N_


def category_known(case: Case, _rule: Rule) -> Opinion:
    """The kind of solution is one of the programme's (DK-01, 46/HD-TLĐ I.1; MT-04: all seven)."""
    category = case.category
    if category is not None:
        name = Named(category.name, category.name_en)
        return passed(N_("Kind of solution: {code} {name}."), code=category.code, name=name)
    code = case.facts.category.strip()
    known = Joined(tuple(one.code for one in case.programme.categories))
    if not code:
        text = N_("The kind of solution has not been chosen. Choose one of {kinds}.")
        return failed(text, kinds=known)
    text = N_("“{code}” is not a kind of solution of this programme. Choose one of {kinds}.")
    return failed(text, code=code, kinds=known)


def new_in_unit(case: Case, _rule: Rule) -> Opinion:
    """New within its own unit, and no confirmed duplicate there (DK-02, 46/HD-TLĐ I.2.1).

    The same idea in another unit breaks nothing: novelty is asked for within the unit only.
    """
    if not has_words(case.facts.novelty):
        return failed(
            N_(
                "Nothing is said of what is new within the unit. Write how it differs from what "
                "the unit did before."
            )
        )
    for other in case.facts.lookalikes:
        if other.same_unit and other.confirmed:
            text = N_(
                "It has been confirmed as a duplicate of {code} “{title}” of the same unit. Keep "
                "only one of the two."
            )
            return failed(text, code=other.code, title=other.title)
    return passed(N_("What is new within the unit is described."))


def beneficial(case: Case, _rule: Rule) -> Opinion:
    """A benefit in money, or one to society or the unit (DK-06, 46/HD-TLĐ I.2.2)."""
    benefit = case.facts.benefit
    if benefit is not None and benefit > 0:
        return passed(N_("A benefit of {amount} dong is declared."), amount=benefit)
    if has_words(case.facts.social_benefit):
        return passed(N_("A benefit to society or to the unit is described."))
    if benefit is None:
        return failed(
            N_(
                "No benefit is stated. Enter its value in dong, or describe the benefit to "
                "society, the community or the unit."
            )
        )
    text = N_(
        "The declared benefit is {amount} dong and no social benefit is described. Enter a value "
        "above 0, or describe the benefit to society or the unit."
    )
    return failed(text, amount=benefit)


def public_order(case: Case, _rule: Rule) -> Opinion:
    """Not against public order or morals: a person's tick, never the machine's (DK-08, I.3)."""
    contrary = case.facts.public_order_contrary
    if contrary is None:
        return undecided(
            N_(
                "Nobody has yet confirmed that the content is not contrary to public order or "
                "morals. Read it, then choose “No” or “Yes”."
            )
        )
    if contrary:
        return failed(
            N_(
                "The content is marked as contrary to public order or morals. It cannot take part; "
                "if the mark is a mistake, change it to “No”."
            )
        )
    return passed(N_("Confirmed: not contrary to public order or morals."))


def no_lookalike(case: Case, _rule: Rule) -> Opinion:
    """No other initiative resembles it (DK-19, 1298/LĐLĐ item 6); another unit's is only a hint."""
    if not case.facts.lookalikes:
        return passed(N_("No similar initiative was found."))
    ranked = sorted(
        case.facts.lookalikes,
        key=lambda other: (other.same_unit, other.confirmed, other.nearness),
        reverse=True,
    )
    first = ranked[0]
    values: dict[str, Any] = {
        "code": first.code,
        "title": first.title,
        "unit": first.unit,
        "score": f"{first.nearness:.0%}",
        "count": len(ranked),
    }
    if not first.same_unit:
        text = N_(
            "Similar to {code} “{title}” of another unit, {unit} ({score} alike; {count} found in "
            "all). Only a hint: novelty is asked for within the unit."
        )
        return undecided(text, Severity.INFO, **values)
    text = N_(
        "Possibly the same as {code} “{title}”, {unit} ({score} alike; {count} found in all). "
        "Compare the two and keep only one if they are the same."
    )
    return failed(text, **values)


def yearly_benefit(case: Case, rule: Rule) -> Opinion:
    """The benefit is declared for one year (DK-20, 1298/LĐLĐ item 5), or converted and checked."""
    benefit, months = case.facts.benefit, case.facts.benefit_months
    year = rule.parameters.months
    if benefit is None or benefit == 0:
        return beside(N_("No benefit in money is declared; nothing to convert to one year."))
    if months == year:
        return passed(N_("The benefit is declared for one year."))
    if not 0 < months <= rule.parameters.most_months:
        text = N_(
            "{months} months cannot be right. For how many months was the benefit worked out?"
        )
        return failed(text, months=str(months))
    yearly = (2 * benefit * year + months) // (2 * months)
    text = N_(
        "{amount} dong were declared for {months} months; for one year that makes {yearly} dong. "
        "Check the number of months."
    )
    return undecided(text, amount=benefit, months=str(months), yearly=yearly)


def confidential(case: Case, _rule: Rule) -> Opinion:
    """Of a technological secret only name and effect leave the office (DK-22, practice of 2021)."""
    if case.facts.confidential is None:
        return undecided(
            N_("It is not said whether this is a technological secret. Choose “Yes” or “No”.")
        )
    if case.facts.confidential:
        return failed(
            N_(
                "Technological secret: only the title and a summary of its effect are exported, "
                "without the description and files."
            )
        )
    return passed(N_("Not a technological secret."))
