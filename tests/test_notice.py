"""Everything that ships along is named in NOTICE, and its licence is there."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
# Their wheels hold no licence text; the texts stand in resources/licences.
LGPL = {"pyside6-essentials", "shiboken6"}


def plain(name: str) -> str:
    """A name as the package index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> list[str]:
    """What the program needs, and what signing adds; sign.txt holds both."""
    lines = (ROOT / "requirements" / "sign.txt").read_text(encoding="utf-8")
    return re.findall(r"^([\w.-]+)==", lines, re.MULTILINE)


@pytest.mark.parametrize("name", locked())
def test_notice_names_every_locked_library(name: str) -> None:
    words = {plain(word.rstrip(".-")) for word in re.findall(r"[\w.-]+", NOTICE)}
    assert plain(name) in words


@pytest.mark.parametrize("name", sorted(set(locked()) - LGPL))
def test_every_locked_library_brings_its_licence(name: str) -> None:
    files = distribution(name).files or []
    assert [file for file in files if re.search("licen[cs]e", str(file), re.IGNORECASE)]


@pytest.mark.parametrize("text", re.findall(r"resources/[\w./-]+\.txt", NOTICE))
def test_the_licences_that_notice_points_to_are_there(text: str) -> None:
    assert len((ROOT / text).read_text(encoding="utf-8")) > 900


def test_a_library_that_notice_does_not_name_would_be_found() -> None:
    assert {"sqlalchemy", "pyhanko"} <= set(locked())
    assert plain("Some_Library") not in NOTICE.lower()


def test_the_program_is_under_the_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
