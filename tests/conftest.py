"""What every test stands on: no screen, a home of its own, a fixed clock, no unexpected log."""

import logging
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import hypothesis
import pytest

from desktop import text
from desktop.vietnamese.dates import VIETNAM

# Before anything imports Qt. Set by hand to another platform, the windows can be watched.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent

# The same examples every time where a failure must be repeatable; new ones at a developer's desk.
# No deadline: the machines that run this share their cores.
hypothesis.settings.register_profile("desk", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden",
        action="store_true",
        help="write the golden files anew instead of comparing",
    )


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder of the tests' own: no test reads or writes the user's."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
        patch.setenv("HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def resources() -> Path:
    """The folder of programmes, forms, fonts, icons and words."""
    return ROOT / "resources"


@pytest.fixture(autouse=True)
def words(resources: Path) -> None:
    """The screen speaks Vietnamese at the start of each test, whatever the one before it spoke."""
    locale = resources / "locale"
    if (locale / "vi" / "LC_MESSAGES" / f"{text.DOMAIN}.mo").exists():
        text.install(locale, "vi")


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that stands still within the 2021-2023 programme: 15/6/2022, 9 o'clock in Vietnam."""
    now = datetime(2022, 6, 15, 9, 0, tzinfo=VIETNAM)
    return lambda: now


@pytest.fixture
def expected_log() -> list[str]:
    """Parts of the warnings and errors that a test provokes; each must come, and no other may."""
    return []


@pytest.fixture(autouse=True)
def log_watch(caplog: pytest.LogCaptureFixture, expected_log: list[str]) -> Iterator[None]:
    """Fail on every log record from WARNING on that the test did not announce."""
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    said = [each.getMessage() for each in records if each.levelno >= logging.WARNING]
    unexpected = [line for line in said if not any(part in line for part in expected_log)]
    missing = [part for part in expected_log if not any(part in line for line in said)]
    assert not unexpected, f"logged and not announced: {unexpected}"
    assert not missing, f"announced and not logged: {missing}"


pytest_plugins = ["tests.stores"]
