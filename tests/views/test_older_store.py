"""A store of an earlier version is brought up behind the window, then shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.app import App
from desktop.models import backup
from desktop.models.engines import sqlite
from desktop.views.main_window import MainWindow
from tests.views.conftest import HERE, Hands

OLD = HERE.parent / "golden" / "stores" / "schema-1.skbackup"


def test_an_older_store_is_listed_once_it_is_brought_up(
    app: App, open_app: Callable[[App], MainWindow], tmp_path: Path
) -> None:
    backup.restore(OLD, tmp_path / "old")
    app.store_folder = tmp_path / "old"
    hands = Hands(open_app(app))
    hands.rest()
    hands.rest()
    assert hands.window.current == "initiatives"
    register: Any = hands.window.place
    assert register.counts["total"] == 35
    assert hands.window.desk.store is not None
    assert not hands.window.desk.store.read_only
    assert hands.window.bar.property("tone") == "good"


def test_an_older_store_that_cannot_be_brought_up_is_said_and_stays(
    app: App, open_app: Callable[[App], MainWindow], tmp_path: Path
) -> None:
    backup.restore(OLD, tmp_path / "old")
    (tmp_path / "old" / "backups").rmdir()
    (tmp_path / "old" / "backups").write_text("in the way", encoding="utf-8")
    app.store_folder = tmp_path / "old"
    hands = Hands(open_app(app))
    hands.rest()
    assert hands.window.current == "welcome"
    assert hands.window.bar.property("tone") == "bad"
    assert sqlite.is_older(tmp_path / "old")
