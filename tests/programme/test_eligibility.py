"""What a verdict is made of: order, severity, stages, switches and moments."""

import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.programme.definition import Programme
from desktop.programme.eligibility import check
from desktop.programme.facts import Facts, Protection
from desktop.programme.verdict import Eligibility, Result, Severity
from desktop.vietnamese.dates import VIETNAM, Moment
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
    assert sorted(finding.rule for finding in found) == [rule.id for rule in programme.rules]


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
