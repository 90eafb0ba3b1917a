"""The command “awards”: shortlists of a real store, for machines and for people."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desktop.models.actions.emulation import RecordEmulationGroup
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.actions.units import RecordUnits, SetTargets, TargetDraft, UnitDraft
from desktop.models.store import Store
from desktop.vietnamese.dates import Moment
from tests.commands.conftest import Run
from tests.stores import complete

P, Q, A, B = "LĐLĐ huyện Tam Đường", "LĐLĐ huyện Sìn Hồ", "CĐCS Trường A", "CĐCS Trường B"


@pytest.fixture
def run(run: Run, store_folder: Path) -> Run:
    """Runs the command on the store: its exit status, what it printed, what it said on stderr."""
    return partial(run, "awards", "--store", store_folder)


@pytest.fixture
def entered(store_folder: Path, opened: Callable[..., Store]) -> None:
    """Two districts in one group: three eligible initiatives against one, targets of three each."""
    with opened(store_folder) as store:
        units = (UnitDraft(P, "LĐLĐ tỉnh"), UnitDraft(Q, "LĐLĐ tỉnh"))
        store.journal.do(RecordUnits(units))
        store.journal.do(RecordEmulationGroup("Cụm 1", 2022, (P, Q)))
        store.journal.do(SetTargets(tuple(TargetDraft(unit, "stage1", 3) for unit in (P, Q))))
        for number, (unit, superior) in enumerate(((A, P), (A, P), (A, P), (B, Q))):
            moment = Moment.fromiso(f"2022-02-0{number + 1}T08:00:00+07:00")
            draft = complete(title=f"Giải pháp {number}", unit=unit, superior=superior, sent=moment)
            store.journal.do(RecordInitiative(draft))


def as_json(run: Run, *words: object) -> Any:
    status, out, err = run("--json", *words)
    assert (status, err) == (0, "")
    return json.loads(out)


@pytest.mark.usefixtures("entered")
def test_the_shortlist_of_a_quarter_gives_ranks_figures_and_reasons(run: Run) -> None:
    (found,) = as_json(run, "--kind", "quarterly", "--period", "2022-Q1")
    assert (found["kind"], found["rule"], found["period"]) == ("quarterly", "KT-01", "2022-Q1")
    assert found["clause"].startswith("46/HD-TLĐ")
    first, second = found["entries"]
    # 3 by 83 of 144 days are 1,73 in the quarter.
    assert (first["unit"], first["rank"], first["qualifies"]) == (P, 1, True)
    assert first["figures"]["eligible"] == 3
    assert first["figures"]["target"] == pytest.approx(3 * 83 / 144)
    assert (second["unit"], second["rank"], second["qualifies"]) == (Q, 2, False)
    assert len(first["why"]) >= 2
    assert first["missing"] == []
    assert len(second["missing"]) == 2


@pytest.mark.usefixtures("entered")
def test_every_award_is_shown_for_its_newest_period(run: Run) -> None:
    found = {one["kind"]: one for one in as_json(run)}
    assert {"quarterly", "stage", "final_persons", "monthly", "above_target", "teams"} <= set(found)
    assert {"emulation_line", "great_by_money", "great_by_society"} <= set(found)
    for one in found.values():
        assert list(one)[:6] == ["kind", "name", "rule", "clause", "period", "entries"]
        for entry in one["entries"]:
            assert {"rank", "unit", "figures", "qualifies", "why", "missing"} <= set(entry)
    people = as_json(run, "--kind", "final_persons")[0]["entries"]
    assert [(one["person"], one["rank"], one["qualifies"]) for one in people] == [
        ("Lù Văn Páo", 1, None)
    ]


@pytest.mark.usefixtures("entered")
def test_a_period_shows_the_awards_that_are_made_for_it(run: Run) -> None:
    assert {one["rule"] for one in as_json(run, "--period", "2022-Q1")} == {"KT-01"}
    assert {one["period"] for one in as_json(run, "--period", "2022")} == {"2022"}
    (found,) = as_json(run, "--period", "2022-02")
    assert [one["person"] for one in found["entries"]] == ["Lù Văn Páo", "Lù Văn Páo"]
    (found,) = as_json(run, "--kind", "monthly", "--period", "2022-03")
    assert found["entries"] == []


@pytest.mark.usefixtures("entered")
def test_people_read_the_lists_in_vietnamese(run: Run) -> None:
    status, out, err = run("--period", "2022-Q1")
    assert (status, err) == (0, "")
    assert "Ghi nhận hàng quý của Tổng Liên đoàn" in out
    assert "Quý I/2022" in out
    assert P in out
    assert "{" not in out


@pytest.mark.parametrize(
    "words",
    [("--kind", "nobel"), ("--period", "2022-Q5"), ("--kind", "quarterly", "--period", "x")],
)
def test_an_unknown_award_or_period_is_refused_in_one_sentence(
    run: Run, words: tuple[str, ...]
) -> None:
    status, out, err = run("--json", *words)
    assert (status, out) == (1, "")
    assert err.strip()
    assert "Traceback" not in err
