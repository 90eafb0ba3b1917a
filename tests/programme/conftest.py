"""The programmes as they ship, and the Vietnamese words of this room, compiled for the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from desktop import text
from desktop.programme.definition import Programme, load_programmes


@pytest.fixture(scope="session")
def programmes(resources: Path) -> dict[str, Programme]:
    return load_programmes(resources / "programmes")


@pytest.fixture(scope="session")
def programme(programmes: dict[str, Programme]) -> Programme:
    return programmes["1TR-2021-2023"]


@pytest.fixture(scope="session")
def vietnamese(resources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of catalogues made from this room's fragment alone."""
    folder = tmp_path_factory.mktemp("locale")
    target = folder / "vi" / "LC_MESSAGES" / f"{text.DOMAIN}.mo"
    target.parent.mkdir(parents=True)
    with (resources / "locale" / "vi" / "programme.po").open("rb") as source:
        catalogue = read_po(source)
    with target.open("wb") as file:
        write_mo(file, catalogue)
    return folder


@pytest.fixture
def in_vietnamese(vietnamese: Path) -> Iterator[None]:
    text.install(vietnamese, "vi")
    yield
    text.install(vietnamese, "en")


@pytest.fixture
def in_english(vietnamese: Path) -> None:
    text.install(vietnamese, "en")
