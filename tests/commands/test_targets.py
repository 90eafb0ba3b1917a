"""The command “targets”: one line per unit and stage, and a total that counts nothing twice."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desktop.models.actions.campaigns import CampaignDraft, RecordCampaign
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.actions.units import RecordUnits, SetTargets, TargetDraft, UnitDraft
from desktop.models.store import Store
from desktop.programme.targets import load_targets
from desktop.samples.kept import sample_targets, sample_units
from desktop.vietnamese.dates import Moment
from tests.commands.conftest import Run
from tests.stores import complete

KEYS = ["unit", "stage", "target", "recorded", "entered", "eligible", "percent"]
TAM_DUONG = "LĐLĐ huyện Tam Đường"


@pytest.fixture
def run(run: Run, store_folder: Path) -> Run:
    """Runs the command on the store: its exit status, what it printed, what it said on stderr."""
    return partial(run, "targets", "--store", store_folder)


@pytest.fixture
def planned(store_folder: Path, opened: Callable[..., Store], resources: Path) -> None:
    """The store with the plan's eleven units, and initiatives of one of them and of a stranger."""
    table = load_targets(resources / "samples" / "targets.toml")
    with opened(store_folder) as store:
        store.journal.do(RecordUnits(sample_units(table)))
        store.journal.do(SetTargets(sample_targets(table)))
        for number, (day, unit, superior) in enumerate(
            (
                ("2022-01-12", "CĐCS Công ty Chè Bản Bo", TAM_DUONG),
                ("2022-05-31", "CĐCS Công ty Chè Bản Bo", TAM_DUONG),
                ("2022-06-02", TAM_DUONG, ""),
                ("2022-03-01", "Công đoàn các khu công nghiệp", ""),
            )
        ):
            moment = Moment.fromiso(f"{day}T08:00:00+07:00")
            draft = complete(title=f"Giải pháp {number}", unit=unit, superior=superior, sent=moment)
            store.journal.do(RecordInitiative(draft))
        unsent = complete(title="Chưa gửi", superior=TAM_DUONG, sent=None, portal_state="unsent")
        store.journal.do(RecordInitiative(unsent))


def as_json(run: Run, *words: object) -> Any:
    status, out, err = run("--json", *words)
    assert (status, err) == (0, "")
    return json.loads(out)


@pytest.mark.usefixtures("planned")
def test_there_is_a_line_for_each_unit_and_stage_and_a_total(run: Run) -> None:
    found = as_json(run)
    assert set(found) == {"units", "total"}
    assert all(list(line) == KEYS for line in (*found["units"], found["total"]))
    lines = {(line["unit"], line["stage"]): line for line in found["units"]}
    assert len(lines) == len(found["units"]) == 12 * 2
    assert [lines[TAM_DUONG, 1][key] for key in KEYS[2:6]] == [95, 4, 2, 2]
    assert [lines[TAM_DUONG, 2][key] for key in KEYS[2:6]] == [85, 4, 1, 1]
    assert lines[TAM_DUONG, 1]["percent"] == pytest.approx(2 / 95 * 100, rel=1e-15)
    assert sum(line["target"] or 0 for line in lines.values()) == 2300


@pytest.mark.usefixtures("planned")
def test_the_total_counts_everything_once_and_the_plan_once(run: Run) -> None:
    total = as_json(run)["total"]
    percent = total.pop("percent")
    assert total == {
        "unit": None,
        "stage": None,
        "target": 2300,
        "recorded": 5,
        "entered": 4,
        "eligible": 4,
    }
    assert percent == pytest.approx(4 / 2300 * 100, rel=1e-15)


@pytest.mark.usefixtures("planned")
def test_a_unit_at_the_top_without_a_target_is_shown_and_has_no_percentage(run: Run) -> None:
    lines = [line for line in as_json(run)["units"] if line["target"] is None]
    assert {line["unit"] for line in lines} == {"Công đoàn các khu công nghiệp"}
    assert [(line["entered"], line["percent"]) for line in lines] == [(1, None), (0, None)]


@pytest.mark.usefixtures("planned")
def test_as_of_a_day_only_what_was_there_counts(run: Run) -> None:
    for day, entered in (("2022-01-11", 0), ("2022-01-12", 1), ("31/5/2022", 3)):
        assert as_json(run, "--as-of", day)["total"]["entered"] == entered


def test_a_store_without_targets_has_a_total_without_a_percentage(run: Run) -> None:
    assert as_json(run) == {
        "units": [],
        "total": dict(zip(KEYS, (None, None, None, 0, 0, 0, None), strict=True)),
    }


def test_a_unit_within_a_targeted_one_adds_nothing_to_the_total(
    run: Run, store_folder: Path, opened: Callable[..., Store]
) -> None:
    inner, outer = TargetDraft("CĐCS Trường A", "total", 30), TargetDraft(TAM_DUONG, "total", 180)
    with opened(store_folder) as store:
        store.journal.do(RecordUnits((UnitDraft("CĐCS Trường A", TAM_DUONG),)))
        store.journal.do(SetTargets((inner, outer, replace(outer, value=200, origin="pledged"))))
    found = as_json(run)
    assert found["total"]["target"] == 180
    assert [line["target"] for line in found["pledged"] if line["unit"] is None] == [200]


@pytest.mark.usefixtures("planned")
def test_one_period_may_be_asked_for_instead_of_the_stages(run: Run) -> None:
    found = as_json(run, "--period", "2022-Q1")
    lines = {line["unit"]: line for line in found["units"]}
    assert (len(lines), found["period"]) == (12, "2022-Q1")
    assert lines[TAM_DUONG]["target"] == pytest.approx(95 * 83 / 144)
    assert (lines[TAM_DUONG]["recorded"], lines[TAM_DUONG]["entered"]) == (1, 1)
    year = as_json(run, "--period", "2022")
    assert (year["total"]["target"], year["total"]["entered"]) == (1200, 4)
    assert len(as_json(run, "--period", "total", "--all")["units"]) > 12


@pytest.mark.usefixtures("planned")
def test_for_people_there_is_a_table_under_one_row_of_heads(run: Run) -> None:
    status, out, err = run("--as-of", "2022-05-01")
    assert (status, err) == (0, "")
    _title, _day, heads, *rows = out.splitlines()
    assert len(rows) == 22 + 2 + 3 + 1
    assert "không được giao chỉ tiêu" in rows.pop()
    assert len({row.index("Giai đoạn") for row in rows[:24]}) == 1
    assert heads.index(" ") > 0
    assert "2.300" in rows[-1]
    # 31 days from 01/5 to 31/5/2022, today among them.
    assert any("95" in row and " 31 " in row for row in rows if row.startswith(TAM_DUONG))


@pytest.mark.usefixtures("planned")
def test_a_campaign_starts_from_its_baseline(
    run: Run, store_folder: Path, opened: Callable[..., Store]
) -> None:
    draft = CampaignDraft("Tháng cao điểm", date(2022, 5, 1), date(2022, 5, 31), 2, 12)
    with opened(store_folder) as store:
        number = store.journal.do(RecordCampaign(draft)).result
    _status, out, _err = run("--period", f"campaign:own{number}", "--as-of", "2022-05-31")
    (said,) = [line for line in out.splitlines() if line.startswith("Tháng cao điểm:")]
    assert "3/12" in said or "3 of 12" in said
    assert "25,0%" in said


@pytest.mark.parametrize("words", [("--period", "2022-Q7"), ("--as-of", "2022-02-30")])
def test_a_period_or_day_that_there_is_not_is_refused(run: Run, words: tuple[str, str]) -> None:
    status, out, err = run(*words)
    assert status in {1, 2}
    assert (out, words[1] in err, "Traceback" in err) == ("", True, False)
