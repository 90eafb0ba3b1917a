"""The program starts lean: what is heavy is imported on use, never before the first paint."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "sqlalchemy",
    "alembic",
    "reportlab",
    "docx",
    "lxml",
    "pikepdf",
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
    "numpy",
    "PIL",
    "pydantic",
    "rapidfuzz",
    "pypdfium2",
)
DESKTOP = [sys.executable, "-X", "importtime", "-m", "desktop"]


def imports_of(command: list[str], folder: Path) -> set[str]:
    """The top-level packages that a program imports on its way; it must end well."""
    own = {f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    own |= {"QT_QPA_PLATFORM": "offscreen", "SOSANGKIEN_EXIT_AFTER_PAINT": "1"}
    # What is measured is the program; the coverage of this process would import on its own.
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
    done = subprocess.run(
        command, env=inherited | own, capture_output=True, text=True, timeout=40, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = re.findall(r"^import time:.*\|\s*(\S+)$", done.stderr, re.MULTILINE)
    return {name.partition(".")[0] for name in lines}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store, made by the program itself."""
    folder = tmp_path_factory.mktemp("start") / "store"
    make = [sys.executable, "-m", "desktop", "new", str(folder), "--office", "Công đoàn Thử nghiệm"]
    subprocess.run(make, check=True, capture_output=True, timeout=60)
    return folder


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_a_light_command_imports_neither_qt_nor_anything_heavy(
    arguments: list[str], tmp_path: Path
) -> None:
    imported = imports_of([*DESKTOP, *arguments], tmp_path)
    assert "desktop" in imported
    assert imported & {*HEAVY, "PySide6"} == set()


def test_the_window_paints_its_first_page_without_anything_heavy(
    store: Path, tmp_path: Path
) -> None:
    imported = imports_of([*DESKTOP, "--store", str(store)], tmp_path)
    assert {"PySide6", "sqlcipher3"} <= imported
    assert imported & set(HEAVY) == set()


def test_a_heavy_import_is_seen(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-c", "import sqlalchemy.orm"]
    assert imports_of(command, tmp_path) & set(HEAVY) == {"sqlalchemy"}
