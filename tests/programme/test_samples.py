"""The fifteen fictional initiatives are judged as their makers said."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.programme.definition import Programme
from desktop.programme.eligibility import check
from desktop.programme.verdict import Eligibility, Result, Severity, Verdict
from tests.programme.situations import facts_of, moment

NOW = "2026-11-21T09:00:00+07:00"
FAILING = {
    "X01": ("DK-07", "46/HD-TLĐ I.3 gạch 1"),
    "X02": ("DK-03", "46/HD-TLĐ I.2.1; I.3 gạch 2"),
    "X03": ("DK-09", "46/HD-TLĐ I.3 gạch 4"),
    "X04": ("DK-10", "46/HD-TLĐ I.1.7"),
    "X05": ("DK-12", "46/HD-TLĐ I.2.4"),
}
STAGES = {"M01": 1, "M02": 1, "M03": 1, "M05": 1, "M08": 1}
FORM = ("before", "content", "novelty", "applicability", "origin", "scope", "conditions")

Samples = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def samples(resources: Path) -> Samples:
    text = (resources / "samples" / "initiatives.toml").read_text(encoding="utf-8")
    return {one["code"]: one for one in tomllib.loads(text)["initiatives"]}


@pytest.fixture(scope="module")
def verdicts(samples: Samples, programme: Programme) -> dict[str, Verdict]:
    return {code: judged(programme, samples, code) for code in samples}


def judged(programme: Programme, samples: Samples, code: str) -> Verdict:
    data = {**samples[code], "lookalikes": same_decision(samples, code)}
    return check(programme, facts_of(data), now=moment(NOW))


def same_decision(samples: Samples, code: str) -> list[dict[str, Any]]:
    """The other samples of the same unit under the same decision: look-alikes by key K2."""
    mine = samples[code]
    key = decision_key(mine)
    return [
        {"code": other, "title": one["title"], "unit": one["unit"], "score": 0.9}
        for other, one in samples.items()
        if other != code and key and decision_key(one) == key and one["unit"] == mine["unit"]
    ]


def decision_key(sample: Mapping[str, Any]) -> tuple[str, str] | None:
    decision = sample.get("decision")
    return (decision["number"], decision["issued"]) if decision else None


def test_there_are_ten_and_five(samples: Samples) -> None:
    assert sorted(samples) == sorted([f"M{n:02d}" for n in range(1, 11)] + list(FAILING))


@pytest.mark.parametrize("code", [f"M{n:02d}" for n in range(1, 11)])
def test_the_ten_are_eligible_in_their_stage(verdicts: dict[str, Verdict], code: str) -> None:
    assert verdicts[code].eligibility is Eligibility.ELIGIBLE
    assert verdicts[code].stage == STAGES.get(code, 2)
    assert verdicts[code].can_send == ()


@pytest.mark.parametrize("code", FAILING)
def test_only_the_named_rule_fails_the_five(verdicts: dict[str, Verdict], code: str) -> None:
    blocking = [
        (found.rule, found.clause)
        for found in verdicts[code].findings
        if found.severity is Severity.BLOCK and found.result is not Result.PASS
    ]
    assert verdicts[code].eligibility is Eligibility.INELIGIBLE
    assert blocking == [FAILING[code]]


def test_warnings_come_only_where_there_is_cause(verdicts: dict[str, Verdict]) -> None:
    listed = {
        code: [found.rule for found in verdict.findings if found.result is not Result.PASS]
        for code, verdict in verdicts.items()
    }
    expected: dict[str, list[str]] = {code: [] for code in verdicts}
    expected |= {code: [rule] for code, (rule, _clause) in FAILING.items()}
    expected["X05"] = ["DK-12", "DK-19"]
    expected["M07"] = ["DK-19"]
    expected["M10"] = ["DK-20"]
    assert listed == expected


@pytest.mark.usefixtures("in_vietnamese")
def test_the_trial_before_the_programme_is_told_with_both_bases(
    programme: Programme, samples: Samples
) -> None:
    message = judged(programme, samples, "X01").findings[0].message
    assert "Ngày áp dụng thử 25/08/2021" in message
    assert "01/9/2021 – 01/9/2023" in message
    assert "ngày áp dụng chính thức 10/09/2021 thì đạt" in message


def test_keys_are_the_fields_of_the_drafts(samples: Samples) -> None:
    def names(kind: Any) -> set[str]:
        return {one.name for one in fields(kind)}

    for sample in samples.values():
        assert set(sample) <= names(InitiativeDraft)
        assert set(sample.get("decision", {})) <= names(DecisionDraft)
        for author in sample["authors"]:
            assert set(author) <= names(AuthorDraft)


def test_every_sample_fills_the_form(samples: Samples, programme: Programme) -> None:
    groups = {one.name for one in programme.groups}
    regions = {one.name for one in programme.regions}
    sectors = {one.name for one in programme.fields}
    for sample in samples.values():
        assert all(len(sample[name]) > 25 for name in FORM if name != "scope")
        assert sample["object_group"] in groups
        assert sample["region"] in regions
        assert sample["field"] in sectors
        assert sample["public_order_contrary"] is False
        assert sample["authors"][0]["credited"] is True
