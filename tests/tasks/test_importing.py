"""Importing a workbook of many rows: look-alikes follow, and stopping that keeps the import."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.exchange import template_v1
from desktop.models import register
from desktop.models.lookalikes import renewing
from desktop.models.register import Listing
from desktop.models.store import Store
from desktop.programme.definition import Programme
from desktop.progress import CancelledError
from desktop.tasks import importing
from desktop.tasks.lookalikes import count_due, kept_pairs
from tests.stores import complete


@pytest.fixture
def workbook(
    tmp_path: Path, programmes: Mapping[str, Programme], monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Twelve initiatives, each title twice; as many as a large store leaves for later."""
    monkeypatch.setattr(renewing, "FEW", 3)
    monkeypatch.setattr(renewing, "SMALL", 3)
    drafts = tuple(
        complete(title=f"Máy tách hạt ngô kiểu số {number // 2} chạy điện", code=f"K{number}")
        for number in range(12)
    )
    file = tmp_path / "nhap.xlsx"
    lists = importing.programme_lists(programmes["1TR-2021-2023"])
    template_v1.write_template(file, lists, drafts)
    return file


def test_look_alikes_of_a_large_import_are_looked_for_at_once(store: Store, workbook: Path) -> None:
    report = importing.commit(store, importing.preview(store, workbook))
    assert report.imported == 12
    assert count_due(store) == 0
    assert len(list(kept_pairs(store))) >= 6


def test_stopping_the_search_for_look_alikes_keeps_the_import(store: Store, workbook: Path) -> None:
    class Stop:
        def step(self, done: int, total: int, doing: str = "") -> None:
            del done, total
            if "tương tự" in doing:
                raise CancelledError

    report = importing.commit(store, importing.preview(store, workbook), Stop())
    assert report.imported == 12
    with store.reading() as connection:
        assert register.count(connection, Listing()) == 12
    assert count_due(store) > 0
