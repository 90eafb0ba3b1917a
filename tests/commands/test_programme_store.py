"""The programme of a store on the command line: shown, seen beforehand, accepted."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.store import Store
from desktop.programme.definition import Programme
from desktop.tasks.stores import DEFAULT_PROGRAMME
from tests.commands.conftest import Run
from tests.stores import complete

SET = ("override", "windows.apply_to", "31/10/2021", "--source", "Công văn 12/LĐLĐ")


@pytest.fixture
def run(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    store_folder: Path,
    opened: Callable[..., Store],
) -> Run:
    """Runs ``programme`` on a store with an eligible initiative: status, output, stderr."""
    monkeypatch.setenv("SOSANGKIEN_NOW", "2022-06-15T09:00:00+07:00")
    with opened(store_folder) as store:
        store.journal.do(RecordInitiative(complete(code="K1")))
    return lambda *words: run("programme", *words, "--store", store_folder)


def shown(run: Run) -> dict[str, Any]:
    status, out, err = run("show", "--json")
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_without_accept_it_is_only_shown_what_would_change(run: Run) -> None:
    before = shown(run)
    status, out, err = run(*SET, "--json")
    told = json.loads(out)
    assert (status, err) == (0, "")
    (change,) = told["changes"]
    assert (change["code"], change["before"], change["after"]) == ("K1", "eligible", "ineligible")
    assert [one["rule"] for one in change["why"]] == ["DK-07"]
    assert (told["checked"], told["verdicts_changed"], told["accepted"]) == (1, 1, False)
    assert shown(run) == before
    assert before["overrides"] == []


def test_an_accepted_value_is_shown_with_the_programmes_own_until_it_is_removed(run: Run) -> None:
    version = shown(run)["version"]
    assert run(*SET, "--accept")[0] == 0
    after = shown(run)
    assert after["version"] != version
    assert after["overrides"] == [
        {
            "key": "windows.apply_to",
            "own": "2023-09-01",
            "office": "2021-10-31",
            "source": "Công văn 12/LĐLĐ",
        }
    ]
    status, out, _err = run("show")
    assert status == 0
    assert "31/10/2021" in out
    assert "01/09/2023" in out
    assert run("override", "windows.apply_to", "--remove", "--accept")[0] == 0
    assert (shown(run)["version"], shown(run)["overrides"]) == (version, [])


def test_another_programme_is_adopted_only_where_that_is_confirmed(
    run: Run, tmp_path: Path, programmes: dict[str, Programme]
) -> None:
    text = programmes[DEFAULT_PROGRAMME].text.replace(f'"{DEFAULT_PROGRAMME}"', '"RIENG"', 1)
    file = tmp_path / "rieng.toml"
    file.write_text(text, encoding="utf-8")
    status, out, _err = run("adopt", file)
    assert (status, "--another" in out) == (0, True)
    assert run("adopt", file, "--accept")[0] == 1
    assert shown(run)["code"] == DEFAULT_PROGRAMME
    assert run("adopt", file, "--accept", "--another")[0] == 0
    file.unlink()
    assert shown(run)["code"] == "RIENG"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("override", "windows.apply_to", "31/10/2021"), 1),
        (("override", "windows.apply_to", "--remove"), 1),
        (("override", "windows.apply_to"), 2),
        (("override", "windows.apply_to", "31/10/2021", "--remove"), 2),
        (("adopt",), 1),
        (("adopt", "/there/is/none.toml"), 1),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    run: Run, words: tuple[str, ...], status: int
) -> None:
    before = shown(run)
    found, out, err = run(*words, "--accept")
    assert (found, out) == (status, "")
    assert len(err) > 30
    assert "Traceback" not in err
    assert shown(run) == before


def test_a_store_that_somebody_else_writes_to_is_not_changed(
    run: Run, store_folder: Path, opened: Callable[..., Store]
) -> None:
    opened(store_folder)
    status, _out, err = run(*SET, "--accept")
    assert status == 1
    assert "Lan" in err
    assert run(*SET)[0] == 0
    assert shown(run)["overrides"] == []
