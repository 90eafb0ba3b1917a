"""What a verdict is made of: order, severity, stages, switches and moments."""

import gettext
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop import text
from desktop.programme.definition import Programme
from desktop.programme.eligibility import check
from desktop.programme.facts import Facts, Protection
from desktop.programme.rules import TESTS
from desktop.programme.verdict import Eligibility, Overruling, Result, Severity, Verdict
from desktop.vietnamese.dates import VIETNAM, Moment, PartialDate
from tests.programme.situations import moment

NOW = datetime(2022, 6, 15, 9, 0, tzinfo=VIETNAM)


def test_findings_that_do_not_pass_come_first_by_severity(programme: Programme) -> None:
    found = check(programme, Facts(), now=NOW).findings
    passing = [finding.result is Result.PASS for finding in found]
    weights = [list(Severity).index(one.severity) for one in found if one.result is not Result.PASS]
    assert passing == sorted(passing)
    assert weights == sorted(weights)
    rest = [finding.rule for finding in found if finding.result is Result.PASS]
    assert rest == sorted(rest)


def test_every_rule_gives_one_finding(programme: Programme) -> None:
    found = check(programme, Facts(), now=NOW).findings
    rules = [rule.id for rule in programme.rules_of("eligibility")]
    assert sorted(finding.rule for finding in found) == rules


def test_an_empty_form_fails_where_missing_values_fail(programme: Programme) -> None:
    found = check(programme, Facts(), now=NOW)
    results = {finding.rule: finding.result for finding in found.findings}
    assert found.eligibility is Eligibility.INELIGIBLE
    assert {rule for rule, result in results.items() if result is Result.FAIL} == {
        "DK-01", "DK-02", "DK-03", "DK-05", "DK-06",
    }  # fmt: skip
    assert results["DK-07"] is Result.PASS
    assert {rule for rule, result in results.items() if result is Result.REVIEW} == {
        "DK-04", "DK-08", "DK-09", "DK-12", "DK-14", "DK-18", "DK-22",
    }  # fmt: skip


def test_a_rule_that_is_off_says_nothing(programme: Programme) -> None:
    rules = tuple(replace(rule, on=rule.id != "DK-09") for rule in programme.rules)
    without = replace(programme, rules=rules)
    found = check(without, Facts(protection=Protection.PROTECTED), now=NOW)
    assert "DK-09" not in {finding.rule for finding in found.findings}


def test_the_verdict_carries_the_version_of_the_definition(programme: Programme) -> None:
    assert check(programme, Facts(), now=NOW).definition == programme.version


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2022-01-08T06:59:59+07:00", ()),
        ("2022-01-08T07:00:00+07:00", (1,)),
        ("2022-05-31T23:59:59+07:00", (1,)),
        ("2022-06-01T03:00:00+07:00", ()),
        ("2022-06-01T07:00:00+07:00", (2,)),
        ("2023-09-01T16:59:59+00:00", (2,)),
        ("2023-09-02T00:00:00+07:00", ()),
    ],
)
def test_what_can_still_be_sent_follows_the_clock(
    programme: Programme, now: str, expected: tuple[int, ...]
) -> None:
    assert check(programme, Facts(), now=moment(now)).can_send == expected


@pytest.mark.parametrize(
    ("sent", "stage"),
    [
        ("2022-01-08T06:59:59+07:00", None),
        ("2022-01-08T07:00:00+07:00", 1),
        ("2022-05-31T23:59:40+07:00", 1),
        ("2022-06-01T03:15:00+07:00", None),
        ("2022-06-01T07:00:00+07:00", 2),
        ("2023-09-01T23:59:59+07:00", 2),
        ("2023-09-02T00:00:00+07:00", None),
        ("2022-01-08", None),
        ("2022-06-01", None),
        ("2022-06-02", 2),
    ],
)
def test_the_stage_is_where_the_portal_time_lies_whatever_the_verdict(
    programme: Programme, sent: str, stage: int | None
) -> None:
    found = check(programme, Facts(sent=Moment.fromiso(sent)), now=NOW)
    assert found.eligibility is Eligibility.INELIGIBLE
    assert found.stage == stage


def test_a_moment_without_its_zone_is_refused(programme: Programme) -> None:
    with pytest.raises(ValueError, match="zone"):
        check(programme, Facts(), now=NOW.replace(tzinfo=None))


def test_importing_the_check_pulls_in_nothing_heavy() -> None:
    rooms = "desktop.programme.definition, desktop.programme.eligibility"
    code = f"import sys, {rooms}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    heavy = {"pydantic", "sqlalchemy", "sqlcipher3", "PySide6", "reportlab", "openpyxl", "asyncio"}
    assert heavy & set(done.stdout.split()) == set()


def overruled(verdict: Verdict, rule: str) -> Overruling:
    """An officer's word against what the rule found."""
    cause = next(found.cause for found in verdict.findings if found.rule == rule)
    return Overruling(rule, cause, "Đã kiểm tra bản gốc", "Lan", NOW)


def test_what_was_overruled_follows_the_open_ones_of_its_severity(programme: Programme) -> None:
    facts = Facts(protection=Protection.PROTECTED)
    words = tuple(overruled(check(programme, facts, now=NOW), rule) for rule in ("DK-01", "DK-04"))
    found = check(programme, replace(facts, overrulings=words), now=NOW).findings
    assert {one.rule: one.overruled for one in found if one.overruled} == {
        word.rule: word for word in words
    }
    blocking = [
        one.rule for one in found if one.severity is Severity.BLOCK and one.result != "pass"
    ]
    warning = [one.rule for one in found if one.severity is Severity.WARN and one.result != "pass"]
    assert blocking[-1] == "DK-01"
    assert warning[-1] == "DK-04"


def test_a_finding_speaks_the_language_in_use_when_it_is_asked(
    programme: Programme, vietnamese: Path
) -> None:
    verdict = check(programme, Facts(benefit=96_000_000), now=NOW)
    text.install(vietnamese, "vi")
    said = next(found for found in verdict.findings if found.rule == "DK-06")
    assert "96.000.000 đồng" in said.message
    text.install(vietnamese, "en")
    assert said.message == "A benefit of 96,000,000 dong is declared."


def test_checking_puts_nothing_into_words(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []

    class Listening(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            rendered.append(message)
            return message

    monkeypatch.setattr(text._Words, "catalogue", Listening())
    verdict = check(programme, Facts(title="Lò héo chè", category="1.1"), now=NOW)
    assert verdict.eligibility is Eligibility.INELIGIBLE
    assert len(verdict.findings) == len(programme.rules_of("eligibility"))
    assert not rendered
    assert verdict.findings[0].message in rendered


def test_equal_facts_give_equal_verdicts_that_can_stand_in_a_set(programme: Programme) -> None:
    facts = Facts(category="1.1", use=PartialDate(2021, 9))
    first, second = check(programme, facts, now=NOW), check(programme, facts, now=NOW)
    other = check(programme, replace(facts, category="1.2"), now=NOW)
    assert {first, second} == {first}
    assert set(first.findings) == set(second.findings)
    assert first != other


def test_only_rules_on_initiatives_that_are_on_are_asked(programme: Programme) -> None:
    asked = {found.rule for found in check(programme, Facts(), now=NOW).findings}
    assert asked == {rule.id for rule in programme.rules_of("eligibility")}
    assert {TESTS[rule.test].subject for rule in programme.rules if rule.id in asked} == {
        "initiative"
    }


def test_every_test_says_what_it_looks_at() -> None:
    for name, test in TESTS.items():
        assert test.inputs, name
        assert all(words.strip() for words in test.inputs), name


def test_those_that_do_not_pass_are_the_same_asked_for_alone(programme: Programme) -> None:
    for facts in (Facts(), Facts(title="Máy", category="1.1", protection=Protection.PROTECTED)):
        alone = check(programme, facts, now=NOW).open_findings
        whole = check(programme, facts, now=NOW).findings
        cause = next(one.cause for one in alone)
        words = (Overruling(alone[0].rule, cause, "Đã có văn bản", "Lan", NOW),)
        overruled = check(programme, replace(facts, overrulings=words), now=NOW)
        assert alone == tuple(one for one in whole if one.result is not Result.PASS)
        assert sorted(one.rule for one in overruled.open_findings if one.overruled) == [
            words[0].rule
        ]
        assert overruled.open_findings == overruled.findings[: len(overruled.open_findings)]
