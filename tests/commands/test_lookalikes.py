"""The command that compares everything prints each pair with its reason."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.__main__ import main
from desktop.models.actions.initiatives import ImportInitiatives
from desktop.models.actions.lookalikes import RuleOnLookalike
from desktop.models.store import Store
from tests.stores import complete

TITLES = ("Bể lọc nước cho điểm trường", "Bể lọc nước cho điểm trường mới", "Sổ họp thôn")


@pytest.fixture
def folder(store_folder: Path, opened: Callable[..., Store]) -> Path:
    """A closed store of three initiatives, two of which look alike."""
    store = opened(store_folder)
    drafts = tuple(complete(title=title, decision=None) for title in TITLES)
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    store.close()
    return store_folder


def test_pairs_are_printed_with_key_and_likeness(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lookalikes", "--store", str(folder), "--again", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["compared"], found["count"]) == (3, 1)
    (pair,) = found["pairs"]
    assert (pair["title"], pair["other_title"], pair["apart"]) == (TITLES[1], TITLES[0], False)
    assert pair["why"] in {"K3", "K4"}
    assert 0.85 <= pair["score"] < 1


def test_a_pair_that_was_ruled_out_is_not_printed(
    folder: Path, opened: Callable[..., Store], capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(folder) as store:
        store.journal.do(RuleOnLookalike(2, 1, duplicate=False))
    assert main(["lookalikes", "--store", str(folder)]) == 0
    assert TITLES[0] not in capsys.readouterr().out
