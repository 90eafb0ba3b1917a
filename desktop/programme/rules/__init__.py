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
from desktop.programme.rules.contests import (
    above_target,
    emulation_line,
    monthly_list,
    outstanding_person,
    quarter_leader,
    stage_leader,
    team_by_authors,
    within_authority,
)
from desktop.programme.rules.protection import not_protected
from desktop.programme.rules.recognition import (
    dates_in_order,
    recognised,
    recognised_in_window,
    recognised_where_applied,
)
from desktop.programme.rules.standings import (
    agreement,
    campaign_target,
    complete_and_honest,
    great_initiatives,
    participation_rate,
    reached_early,
    share_reached,
    stage_target,
    support_team,
    unit_target,
)
from desktop.programme.rules.timing import (
    applied,
    applied_in_window,
    entered_after_recognition,
    entered_in_stage,
    qualified_in_stage,
)
from desktop.programme.rules.topics import topic_accepted, topic_level
from desktop.text import N_

_KIND = N_("kind of solution")
_TRIAL = N_("date of trial")
_USE = N_("date of official use")
_DECIDED = N_("date of the decision")
_SENT = N_("portal time")
_ACCEPTED = N_("date of acceptance")
_CONFIRMED = N_("confirmation of its effect")
_BENEFIT = N_("benefit in dong")
_ALIKE = N_("similar initiatives")
_UNIT = N_("grassroots union")
_CREDITED = N_("author put forward for credit")
_COUNT = N_("number of initiatives")
_TARGET = N_("target of the unit")
_PEOPLE = N_("number of people taking part")
_HEADCOUNT = N_("headcount")
_RATE = N_("rate of participation asked for")
_GROUP = N_("emulation group")

INITIATIVE: dict[str, Test] = {
    "category_known": Test(category_known, inputs=(_KIND,)),
    "new_in_unit": Test(new_in_unit, inputs=(N_("what is new within the unit"), _ALIKE)),
    "recognised": Test(
        recognised,
        (
            *("head_posts", "council_posts", "prefixes", "delegations", "union_words"),
            *("union_office_posts", "union_office_categories", "agencies"),
        ),
        (
            *(N_("number of the decision"), _DECIDED, N_("form of recognition"), N_("signer")),
            *(N_("signer's post"), N_("organ that decided"), _KIND),
        ),
    ),
    "recognised_where_applied": Test(
        recognised_where_applied,
        ("common_words",),
        (N_("organ that decided"), _UNIT, N_("place of application"), N_("union above the unit")),
    ),
    "applied": Test(applied, inputs=(_TRIAL, _USE)),
    "beneficial": Test(beneficial, inputs=(_BENEFIT, N_("benefit to society or to the unit"))),
    "applied_in_window": Test(applied_in_window, inputs=(_TRIAL, _USE)),
    "public_order": Test(public_order, inputs=(N_("public order and morals"),)),
    "not_protected": Test(
        not_protected,
        inputs=(N_("state of protection"), N_("dates of protection"), _DECIDED, _SENT),
    ),
    "topic_level": Test(
        topic_level, ("levels", "open_levels", "other_levels"), (_KIND, N_("level of the topic"))
    ),
    "topic_accepted": Test(
        topic_accepted, ("accepted_from",), (_KIND, _ACCEPTED, _TRIAL, _USE, _CONFIRMED)
    ),
    "credit_and_shares": Test(
        credit_and_shares,
        ("total",),
        (N_("shares of the authors"), _CREDITED, N_("leader of the topic")),
    ),
    "entered_after_recognition": Test(entered_after_recognition, inputs=(_DECIDED, _SENT)),
    "recognised_in_window": Test(recognised_in_window, inputs=(_DECIDED,)),
    "entered_in_stage": Test(entered_in_stage, ("stage",), (_SENT,)),
    "qualified_in_stage": Test(
        qualified_in_stage, inputs=(_TRIAL, _USE, _DECIDED, _ACCEPTED, _SENT)
    ),
    "dates_in_order": Test(
        dates_in_order,
        inputs=(_TRIAL, _USE, _DECIDED, _SENT, _ACCEPTED, _CONFIRMED, N_("dates of protection")),
    ),
    "no_lookalike": Test(no_lookalike, inputs=(_ALIKE,)),
    "yearly_benefit": Test(
        yearly_benefit,
        ("months", "most_months"),
        (_BENEFIT, N_("months the benefit was worked out for")),
    ),
    "author_is_member": Test(author_is_member, inputs=(_CREDITED, N_("union membership"))),
    "confidential": Test(confidential, inputs=(N_("technological secret"),)),
}
"""What is asked of one initiative; given a Case."""

UNIT: dict[str, Test] = {
    "stage_target": Test(
        stage_target, inputs=(_COUNT, N_("target of the programme")), subject="unit"
    ),
    "participation_rate": Test(
        participation_rate, inputs=(_PEOPLE, _HEADCOUNT, _RATE), subject="unit"
    ),
    "unit_target": Test(unit_target, inputs=(_COUNT, _TARGET), subject="unit"),
    "campaign_target": Test(
        campaign_target,
        inputs=(_COUNT, N_("count at the start of the campaign"), N_("target of the campaign")),
        subject="unit",
    ),
    "share_of_target": Test(
        share_reached, inputs=(_COUNT, _TARGET, N_("rounding")), subject="unit"
    ),
    "reached_early": Test(
        reached_early,
        inputs=(N_("count at the end of each day"), _TARGET, N_("last day of the period")),
        subject="unit",
    ),
    "quarter_leader": Test(quarter_leader, inputs=(_GROUP, _COUNT, _TARGET), subject="unit"),
    "stage_leader": Test(
        stage_leader,
        inputs=(N_("honours list"), _GROUP, _COUNT, _PEOPLE, _HEADCOUNT, _RATE),
        subject="unit",
    ),
    "within_authority": Test(
        within_authority,
        inputs=(N_("form of commendation"), N_("level of the union"), N_("table of authorities")),
        subject="unit",
    ),
    "above_target": Test(above_target, inputs=(_COUNT, _TARGET), subject="unit"),
    "team_by_authors": Test(
        team_by_authors,
        ("first", "least"),
        (N_("team of the authors"), N_("number of different authors")),
        subject="unit",
    ),
    "emulation_line": Test(emulation_line, inputs=(_COUNT, _TARGET), subject="unit"),
    "support_team": Test(support_team, inputs=(N_("support team"),), subject="unit"),
    "agreement": Test(agreement, inputs=(N_("agreement with the employer"),), subject="unit"),
    "complete_and_honest": Test(
        complete_and_honest,
        ("required", "least_percent"),
        (N_("details of the initiatives entered"),),
        subject="unit",
    ),
    "great_initiatives": Test(
        great_initiatives,
        ("least_benefit", "least_letters"),
        (_BENEFIT, N_("benefit to society or to the unit")),
        subject="unit",
    ),
}
"""What is asked of a unit over a period; given a UnitCase."""

PERSON: dict[str, Test] = {
    "outstanding_person": Test(
        outstanding_person,
        ("first", "least_benefit"),
        (N_("object group"), _BENEFIT, N_("number of initiatives with a benefit to society")),
        subject="person",
    ),
    "monthly_list": Test(monthly_list, ("least",), (_COUNT,), subject="person"),
}
"""What is asked of a person over a period; given a PersonCase."""

TESTS: dict[str, Test] = {**INITIATIVE, **UNIT, **PERSON}
"""Every test the program knows; a definition that names another one is refused."""
