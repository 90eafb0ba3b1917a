"""Targets and shares come out as the documents print them."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.programme.shape import Rounding
from desktop.programme.targets import (
    TargetTable,
    days_early,
    load_targets,
    rounded,
    share_of_target,
)

CUT = Rounding(decimals=1, mode="cut")
WHOLE = Rounding(decimals=0, mode="half_up")


@pytest.fixture(scope="module")
def table(resources: Path) -> TargetTable:
    return load_targets(resources / "samples" / "targets.toml")


def test_lai_chaus_table_adds_up(table: TargetTable) -> None:
    assert len(table.units) == 11
    assert (table.total.total, table.total.stages) == (2300, (1200, 1100))
    assert table.columns[0] == "CHỈ TIÊU GIAI ĐOẠN"


def test_a_unit_is_found_by_its_name(table: TargetTable) -> None:
    found = table.of("LĐLĐ huyện Than Uyên")
    assert found is not None
    assert found.stages == (115, 125)
    assert table.of("LĐLĐ huyện khác") is None


@pytest.mark.parametrize(
    ("reached", "target", "rounding", "printed"),
    [
        (165541, 300000, CUT, "55.1"),
        (165541, 300000, Rounding(), "55.2"),
        (2779, 2300, WHOLE, "121"),
        (2779, 2300, Rounding(decimals=0, mode="cut"), "120"),
        (1, 800, Rounding(decimals=1), "0.1"),
        (1, 2000, Rounding(decimals=1), "0.1"),
    ],
)
def test_shares_are_rounded_as_each_document_does(
    reached: int, target: int, rounding: Rounding, printed: str
) -> None:
    share = share_of_target(reached, target)
    assert share is not None
    assert str(rounded(share, rounding)) == printed


@pytest.mark.parametrize("target", [0, None])
def test_without_a_target_there_is_no_share(target: int | None) -> None:
    assert share_of_target(12, target) is None


def test_265_days_before_the_end_is_10_december_2022() -> None:
    end = date(2023, 9, 1)
    assert end - timedelta(days=265) == date(2022, 12, 10)
    assert days_early(date(2022, 12, 10), end) == 265
    assert days_early(date(2023, 9, 3), end) == -2


def test_stages_that_do_not_make_the_total_are_refused(resources: Path, tmp_path: Path) -> None:
    text = (resources / "samples" / "targets.toml").read_text(encoding="utf-8")
    path = tmp_path / "targets.toml"
    path.write_text(text.replace("[135, 130]", "[135, 131]"), encoding="utf-8")
    with pytest.raises(UserError, match="265") as caught:
        load_targets(path)
    assert caught.value.code == "targets-sum"


def test_a_share_is_exact() -> None:
    assert share_of_target(1, 8) == Decimal("12.5")
