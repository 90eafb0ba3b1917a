"""The cases kept as data: a situation in, the finding, its clause and the verdict out."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop import text
from desktop.programme.definition import Programme
from desktop.programme.eligibility import check
from desktop.programme.verdict import Finding, Overruling, Verdict, message_of
from tests.programme.situations import facts_of, moment, read_cases, switched

CASES = read_cases(Path(__file__).parent.parent / "programmes")


def verdict_of(programmes: dict[str, Programme], case: dict[str, Any]) -> Verdict:
    programme = switched(programmes[case["programme"]], case.get("switches", {}))
    facts, now = facts_of(case["facts"]), moment(case["now"])
    if "overruled" in case:
        former = check(programme, facts_of(case["ruled_on"]), now=now)
        words = [overruled(finding_of(former, rule)) for rule in case["overruled"]]
        facts = replace(facts, overrulings=tuple(words))
    return check(programme, facts, now=now)


def overruled(found: Finding) -> Overruling:
    """An officer's word against a finding."""
    at = moment("2022-06-15T09:00:00+07:00")
    return Overruling(found.rule, found.cause, "Đã kiểm tra bản gốc", "Lan", at)


def finding_of(verdict: Verdict, rule: str) -> Finding:
    return next(found for found in verdict.findings if found.rule == rule)


@pytest.mark.usefixtures("in_vietnamese")
@pytest.mark.parametrize("case", CASES, ids=[f"{one['rule']}: {one['name']}" for one in CASES])
def test_the_situation_is_judged_as_written(
    programmes: dict[str, Programme], case: dict[str, Any]
) -> None:
    verdict = verdict_of(programmes, case)
    found = finding_of(verdict, case["rule"])
    assert found.result == case["result"], found.message
    assert verdict.eligibility == case["verdict"], verdict.findings[0]
    assert found.clause == case["clause"]
    assert found.applies == case.get("applies", True)
    assert case.get("says", "") in found.message
    if "severity" in case:
        assert found.severity == case["severity"]
    assert (found.overruled is not None) == case.get("set_aside", False)
    if "stage" in case:
        assert verdict.stage == case["stage"]


@pytest.mark.parametrize("case", CASES, ids=[f"{one['rule']}: {one['name']}" for one in CASES])
def test_every_message_is_whole_in_both_languages(
    programmes: dict[str, Programme], case: dict[str, Any], vietnamese: Path
) -> None:
    said = {}
    for language in text.LANGUAGES:
        text.install(vietnamese, language)
        found = finding_of(verdict_of(programmes, case), case["rule"])
        said[language] = found.message
        assert found.message.strip()
        assert "{" not in found.message
        assert "}" not in found.message
        assert "None" not in found.message
        assert message_of(found.cause) == found.message
    assert said["vi"] != said["en"]


def test_there_are_at_least_150_cases_with_names_of_their_own() -> None:
    names = Counter((case["rule"], case["name"]) for case in CASES)
    assert len(CASES) >= 150
    assert names.most_common(1)[0][1] == 1


def test_every_rule_is_seen_both_ways_and_undecided(programme: Programme) -> None:
    seen = {(case["rule"], case["result"]) for case in CASES}
    # These rules leave nothing undecided: a missing value fails (issue, "Verdicts").
    decided = {"DK-01", "DK-02", "DK-06"}
    for rule in programme.rules_of("eligibility"):
        assert (rule.id, "pass") in seen
        assert (rule.id, "fail") in seen
        assert (rule.id, "review") in seen or rule.id in decided


@pytest.mark.parametrize("case", CASES, ids=[f"{one['rule']}: {one['name']}" for one in CASES])
def test_what_was_found_can_be_kept_and_said_again_in_either_language(
    programmes: dict[str, Programme], case: dict[str, Any], vietnamese: Path
) -> None:
    text.install(vietnamese, "en")
    for found in verdict_of(programmes, case).findings:
        told = json.loads(json.dumps(found.told()))
        again = Finding.retold(told, found.severity, found.clause, found.overruled)
        assert again.cause == found.cause
        assert again.message == found.message
        text.install(vietnamese, "vi")
        assert again.message == found.message
        assert again.cause == found.cause
        text.install(vietnamese, "en")
