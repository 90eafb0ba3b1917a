"""The demonstration does the whole job and leaves what it says."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import figures
from desktop.models.store import Store
from desktop.programme.definition import Programme
from desktop.tasks import demonstration


@pytest.fixture
def needs(
    resources: Path, programmes: dict[str, Programme], clock: Callable[[], datetime]
) -> demonstration.Needs:
    return demonstration.Needs(resources, programmes, "Lan", clock)


def test_the_whole_job_is_done(needs: demonstration.Needs, tmp_path: Path) -> None:
    made = demonstration.make(needs, tmp_path / "demo", 40, 3)
    out = tmp_path / "demo" / "out"
    assert {name for name, _what in made.files} == {path.name for path in out.iterdir()}
    assert made.damage == 0
    assert len(made.checked) == 55
    report = demonstration.write_report(tmp_path / "demo", made, [])
    assert "X05  Không đủ điều kiện" in report.read_text(encoding="utf-8")


def test_the_eleven_units_have_the_targets_of_the_plan(
    needs: demonstration.Needs, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    demonstration.make_store(needs, tmp_path / "demo", 0, 1)
    store = opened(tmp_path / "demo")
    with store.reading() as connection:
        lines = figures.progress(connection, store.programme.code)
    assert len(lines) == 11
    sums = [sum(line.targets[name] for line in lines) for name in ("total", "stage1", "stage2")]
    assert sums == [2300, 1200, 1100]
    assert sum(line.recorded for line in lines) < 15 <= figures_overall(store)


def figures_overall(store: Store) -> int:
    with store.reading() as connection:
        return figures.overall(connection).recorded


def test_the_same_seed_gives_the_same_records(
    needs: demonstration.Needs, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    titles = []
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        demonstration.make_store(needs, tmp_path / name, 30, seed)
        with opened(tmp_path / name).reading() as connection:
            rows = connection.execute("SELECT title FROM initiative ORDER BY id").fetchall()
        titles.append([row[0] for row in rows])
    assert titles[0] == titles[1] != titles[2]


def test_a_folder_that_is_not_empty_is_left_alone(
    needs: demonstration.Needs, tmp_path: Path
) -> None:
    (tmp_path / "a").write_text("x", encoding="utf-8")
    with pytest.raises(UserError):
        demonstration.make(needs, tmp_path, 0, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
