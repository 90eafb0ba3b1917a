"""The tests that a programme may choose for its rules, by name."""

from desktop.programme.case import Test
from desktop.programme.rules.authors import author_is_member, credit_and_shares
from desktop.programme.rules.content import (
    beneficial,
    category_known,
    confidential,
    new_in_unit,
    no_lookalike,
    public_order,
    yearly_benefit,
)
from desktop.programme.rules.protection import not_protected
from desktop.programme.rules.recognition import (
    dates_in_order,
    recognised,
    recognised_in_window,
    recognised_where_applied,
)
from desktop.programme.rules.timing import (
    applied,
    applied_in_window,
    entered_after_recognition,
    entered_in_stage,
    qualified_in_stage,
)
from desktop.programme.rules.topics import topic_accepted, topic_level

TESTS: dict[str, Test] = {
    "category_known": Test(category_known),
    "new_in_unit": Test(new_in_unit),
    "recognised": Test(
        recognised,
        (
            "head_posts",
            "council_posts",
            "prefixes",
            "delegations",
            "union_words",
            "union_office_posts",
            "union_office_categories",
            "agencies",
        ),
    ),
    "recognised_where_applied": Test(recognised_where_applied, ("common_words",)),
    "applied": Test(applied),
    "beneficial": Test(beneficial),
    "applied_in_window": Test(applied_in_window),
    "public_order": Test(public_order),
    "not_protected": Test(not_protected),
    "topic_level": Test(topic_level, ("levels", "open_levels", "other_levels")),
    "topic_accepted": Test(topic_accepted, ("accepted_from",)),
    "credit_and_shares": Test(credit_and_shares, ("total",)),
    "entered_after_recognition": Test(entered_after_recognition),
    "recognised_in_window": Test(recognised_in_window),
    "entered_in_stage": Test(entered_in_stage, ("stage",)),
    "qualified_in_stage": Test(qualified_in_stage),
    "dates_in_order": Test(dates_in_order),
    "no_lookalike": Test(no_lookalike),
    "yearly_benefit": Test(yearly_benefit, ("months", "most_months")),
    "author_is_member": Test(author_is_member),
    "confidential": Test(confidential),
}
"""Every test the program knows; a definition that names another one is refused."""
