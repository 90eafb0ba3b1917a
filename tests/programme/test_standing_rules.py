"""The rules on units and persons: cases kept as data, each way, to the boundary."""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from desktop import text
from desktop.programme.case import Opinion
from desktop.programme.contest import Great, PersonCase, UnitCase, places
from desktop.programme.definition import Programme
from desktop.programme.periods import period_of
from desktop.programme.rules import PERSON, TESTS, UNIT
from desktop.programme.shape import Authority, Parameters, Rule
from desktop.programme.standing import Counts, PersonStanding, UnitStanding
from desktop.programme.verdict import Severity

FILE = tomllib.loads(
    (Path(__file__).parent.parent / "programmes" / "standings.toml").read_text(encoding="utf-8")
)
CASES: list[dict[str, Any]] = [{**rule, **case} for rule in FILE["rules"] for case in rule["cases"]]
NAMES = [f"{case['id']}: {case['name']}" for case in CASES]
AUTHORITIES = (
    Authority("ldld_tinh", ("Bằng khen",), "999/QĐ-TLĐ", "LĐLĐ tỉnh"),
    Authority("ldld_huyen", ("Giấy khen",), "999/QĐ-TLĐ", valid_to=date(2025, 6, 30)),
)


def unit_of(case: Mapping[str, Any], programme: Programme, number: int = 2) -> UnitStanding:
    given = {**FILE["base"]["unit"], **case.get("set", {})}
    given |= {name: case[name] for name in ("unit", "unit_id") if name in case}
    for name in case.get("unset", ()):
        given.pop(name, None)
    counts = Counts(**{**FILE["base"]["unit"]["counts"], **case.get("counts", {})})
    period = period_of(case["period"], programme)
    values = {**given, "counts": counts, "ancestors": tuple(given["ancestors"])}
    return UnitStanding(**{"unit_id": number, "period": period, **values})


def person_of(case: Mapping[str, Any]) -> PersonStanding:
    return PersonStanding(**{**FILE["base"]["person"], **case.get("set", {})})


def rule_of(case: Mapping[str, Any]) -> Rule:
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in case.get("parameters", {}).items()
    }
    if "least_percent" in given:
        given["least_percent"] = Decimal(str(given["least_percent"]))
    document = case.get("document", "46")
    parameters = Parameters(**given)
    where = (document, "V", case["test"])
    return Rule(case["id"], case["test"], Severity.INFO, *where, parameters=parameters)


def subject_of(case: Mapping[str, Any], programme: Programme) -> UnitCase | PersonCase:
    today = case.get("today", FILE["today"])
    peers = case.get("peers", [])
    if case["subject"] == "person":
        mine = person_of(case)
        others = tuple(replace(mine, **peer) for peer in peers)
        return PersonCase(programme, mine, today, (mine, *others))
    unit = unit_of(case, programme)
    rivals = (unit_of({"period": case["period"], **peer}, programme) for peer in peers)
    running = tuple((date.fromisoformat(day), count) for day, count in case.get("running", ()))
    return UnitCase(
        replace(programme, authorities=AUTHORITIES),
        unit,
        today,
        (unit, *rivals),
        running,
        case.get("form", ""),
        case.get("filled", {}),
        Great(*case["great"]) if "great" in case else None,
    )


def opinion_of(case: Mapping[str, Any], programme: Programme) -> Opinion:
    return TESTS[case["test"]].decide(subject_of(case, programme), rule_of(case))


@pytest.mark.usefixtures("in_vietnamese")
@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_standing_is_judged_as_written(programme: Programme, case: dict[str, Any]) -> None:
    found = opinion_of(case, programme)
    assert found.result == case["result"], found.message
    assert found.applies == case.get("applies", True)
    assert case.get("says", "") in found.message


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_every_message_is_whole_in_both_languages(
    programme: Programme, case: dict[str, Any], vietnamese: Path
) -> None:
    said = {}
    for language in text.LANGUAGES:
        text.install(vietnamese, language)
        said[language] = opinion_of(case, programme).message
        assert said[language].strip()
        assert not {"{", "}"} & set(said[language])
        assert "None" not in said[language]
    assert said["vi"] != said["en"]


def test_each_of_the_eighteen_rules_is_seen_both_ways() -> None:
    seen = {(case["test"], case["result"]) for case in CASES if case.get("applies", True)}
    names = {rule["test"] for rule in FILE["rules"]}
    assert names == UNIT.keys() | PERSON.keys()
    assert len(names) == 18
    assert all((name, result) in seen for name in names for result in ("pass", "fail"))
    assert Counter((case["id"], case["name"]) for case in CASES).most_common(1)[0][1] == 1


def test_the_subject_of_each_rule_is_that_of_its_test() -> None:
    assert all(TESTS[rule["test"]].subject == rule["subject"] for rule in FILE["rules"])


@pytest.mark.parametrize(
    ("keys", "ranks", "tied"),
    [
        ([5, 5, 3], [1, 1, 3], [2, 2, 1]),
        ([3, 5, 5, 5, 9], [5, 2, 2, 2, 1], [1, 3, 3, 3, 1]),
        ([0], [1], [1]),
        ([], [], []),
    ],
)
def test_ties_share_a_place_and_leave_the_next_ones_free(
    keys: list[int], ranks: list[int], tied: list[int]
) -> None:
    found = places([(key,) for key in keys])
    assert [one.rank for one in found] == ranks
    assert [one.tied for one in found] == tied


def test_the_quarters_target_is_exceeded_only_beyond_its_days_share(programme: Programme) -> None:
    # 95 over the 144 days of stage 1, 83 of them in the quarter: 54,76; 54 are below, 55 above.
    case = next(case for case in CASES if case["name"] == "one above")
    for entered, result in ((54, "fail"), (55, "pass")):
        changed = {
            **case,
            "set": {"given": 54, "exact": Fraction(95 * 83, 144)},
            "counts": {"entered": entered},
        }
        assert opinion_of(changed, programme).result == result
