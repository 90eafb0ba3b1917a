"""The wording of papers on the command line: shown, set, reset, checked, handed on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.models.actions.office import ReviseWording
from desktop.models.store import Store
from tests.commands.conftest import Run

KEY = "submission.closing"


@pytest.fixture
def run(run: Run, monkeypatch: pytest.MonkeyPatch, store_folder: Path) -> Run:
    """Runs ``forms`` on a store, or on a file alone: status, output, stderr."""
    monkeypatch.setenv("SOSANGKIEN_NOW", "2022-06-15T09:00:00+07:00")

    def running(*words: object) -> tuple[int, str, str]:
        store = () if words[0] == "check" else ("--store", store_folder)
        return run("forms", *words, *store)

    return running


def shown(run: Run, what: str = KEY) -> dict[str, Any]:
    found: list[dict[str, Any]] = json.loads(run("show", what, "--json")[1])
    return found[0]


def test_the_forms_are_named_with_how_much_is_the_offices_own(run: Run) -> None:
    run("set", KEY, "Kính trình.")
    listed = json.loads(run("list", "--json")[1])
    assert listed["form_set"] == "tt18-2013"
    assert [one["form"] for one in listed["forms"] if one["own"]] == ["submission"]
    assert "submission\t" in run("list")[1]


def test_departures_from_the_rules_are_told_with_the_papers_they_are_on(run: Run) -> None:
    told = json.loads(run("departures", "--json")[1])
    assert ["receipt", "reply-slip"] in [one["papers"] for one in told]
    assert "mọi giấy tờ\t" in run("departures")[1]


def test_a_paper_is_shown_with_what_may_be_filled_in(run: Run) -> None:
    status, out, err = run("show", "submission")
    assert (status, err) == (0, "")
    assert "{superior}" in out
    assert "submission.bases" in out


def test_a_value_is_set_for_some_days_and_reset(run: Run) -> None:
    assert run("set", KEY, "Kính trình.", "--from", "01/7/2025", "--to", "2025-12-31")[0] == 0
    (own,) = shown(run)["own"]
    assert (own["value"], own["from"], own["to"]) == ("Kính trình.", "2025-07-01", "2025-12-31")
    assert run("reset", KEY)[0] == 0
    assert shown(run)["own"] == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("set", KEY, "x {unit}"), "{programme}"),
        (("set", "submission.closng", "x"), KEY),
        (("set", "score_sheet.pass_from", "-1"), "score_sheet.pass_from"),
        (("set", KEY, "x", "--from", "2025-02-02", "--to", "2025-02-01"), KEY),
        (("show", "poster"), "poster"),
        (("export", "rong.toml"), ""),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_changes(
    run: Run, words: tuple[str, ...], named: str, tmp_path: Path
) -> None:
    if words[0] == "export":
        words = ("export", str(tmp_path / words[1]))
    status, _out, err = run(*words)
    assert status == 1
    assert named in err
    assert shown(run)["own"] == []


@pytest.mark.parametrize("words", [("reset",), ("reset", KEY, "--all"), ("set", KEY)])
def test_half_a_command_is_answered_with_its_usage(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words)[0] == 2


def test_a_day_that_is_none_is_answered_with_how_to_write_it(run: Run) -> None:
    status, _out, err = run("set", KEY, "x", "--from", "mai")
    assert status == 2
    assert "2025-07-01" in err


def test_a_value_that_cannot_be_used_any_more_is_told_and_set_anew(
    run: Run, opened: Callable[..., Store], store_folder: Path
) -> None:
    titles = [{"value": ["TT", "Tên"], "from": None, "to": None, "instead_of": None}]
    key, kept = "register_book.columns", json.dumps(titles)
    with opened(store_folder) as store:
        store.journal.do(ReviseWording("tt18-2013", ((key, kept),), "x"))
    assert json.loads(run("list", "--json")[1])["spoilt"] == [key]
    assert f"{key}: câu chữ riêng không dùng được" in run("list")[1]
    assert "không dùng được nữa: TT | Tên" in run("show", key)[1]
    assert shown(run, key)["spoilt"] == kept
    assert run("set", key, "|".join(f"Cột {n}" for n in range(14)))[0] == 0
    assert (shown(run, key)["spoilt"], len(shown(run, key)["own"])) == (None, 1)


def test_a_whole_form_set_is_checked(run: Run, resources: Path, tmp_path: Path) -> None:
    shipped = resources / "forms" / "tt18-2013.toml"
    assert run("check", shipped)[0] == 0
    file = tmp_path / "rieng.toml"
    text = shipped.read_text(encoding="utf-8")
    file.write_text(text.replace("Kính đề nghị {superior}", "Kính đề nghị {unit}"), "utf-8")
    status, _out, err = run("check", file)
    assert status == 1
    assert KEY in err


def test_wording_is_handed_on_checked_and_taken(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cau-chu.toml"
    run("set", KEY, "Kính trình.")
    assert run("export", file)[0] == 0
    assert run("export", file)[0] == 1
    assert run("check", file)[0] == 0
    run("reset", "--all")
    assert run("import", file)[0] == 0
    assert shown(run)["own"][0]["value"] == "Kính trình."
