"""The watch over the log records does see them."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

SOURCE = """
import logging

def test_that_warns():
    logging.getLogger("desktop").warning("the disk is full")

def test_that_announces_it(expected_log):
    expected_log.append("disk")
    logging.getLogger("desktop").warning("the disk is full")

def test_that_announces_too_much(expected_log):
    expected_log.append("disk")
"""


def test_a_log_record_must_be_announced_and_must_come(
    pytester: pytest.Pytester, request: pytest.FixtureRequest
) -> None:
    own = request.config.rootpath / "tests" / "conftest.py"
    pytester.makeconftest(own.read_text(encoding="utf-8"))
    pytester.makepyfile(SOURCE)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=3, errors=2)
    result.stdout.fnmatch_lines(["*logged and not announced*disk is full*", "*announced and not*"])


def test_the_home_folder_is_not_the_users(home: Path) -> None:
    assert Path.home() == home
