"""Signing on the command line: the password never shows, and what is refused writes nothing."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from desktop.printing import pdf
from desktop.printing.paper import Paper, Signatures, Signer
from desktop.tasks import signing
from tests.certificates import DAY, NAME, NOW, PASSWORD, made
from tests.commands.conftest import Run


@pytest.fixture
def run(run: Run) -> Run:
    """Runs the command: its exit status, what it printed, what it said on stderr."""
    return partial(run, "sign")


@pytest.fixture
def paper(tmp_path: Path, resources: Path) -> Path:
    """A paper for the chairwoman, and her certificate beside it, which holds for long."""
    block = Signatures((Signer(("CHỦ TỊCH",), NAME),))
    pdf.write([Paper("x", "Danh sách", (block,))], tmp_path / "a.pdf", fonts=resources / "fonts")
    (tmp_path / "a.p12").write_bytes(made(NOW - 3650 * DAY, NOW + 36_500 * DAY))
    return tmp_path / "a.pdf"


def words(paper: Path) -> list[object]:
    """The arguments that sign a paper."""
    return [paper, "--certificate", paper.with_suffix(".p12"), "--out", paper.with_name("ra.pdf")]


def test_a_paper_is_signed_with_the_password_of_the_surroundings(
    run: Run, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(signing.PASSWORD, PASSWORD)
    status, out, _err = run(*words(paper), "--reason", "Ký ban hành")
    assert (status, NAME in out) == (0, True)
    said = subprocess.run(
        ["pdfsig", "-nocert", paper.with_name("ra.pdf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Signature is Valid." in said.stdout


def test_the_password_comes_from_a_file_descriptor(run: Run, paper: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{PASSWORD}\n".encode())
    os.close(writing)
    assert run(*words(paper), "--password-fd", reading)[0] == 0
    assert paper.with_name("ra.pdf").exists()


def test_without_any_password_nothing_is_asked_where_nobody_answers(run: Run, paper: Path) -> None:
    before = sorted(paper.parent.iterdir())
    for more in ((), ("--password-fd", 9999)):
        status, _out, err = run(*words(paper), *more)
        assert status == 1
        assert signing.PASSWORD in err
    assert sorted(paper.parent.iterdir()) == before


@pytest.mark.parametrize("lacking", ["a.pdf", "a.p12"])
def test_a_file_that_is_not_there_is_said(
    lacking: str, run: Run, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(signing.PASSWORD, PASSWORD)
    (paper.parent / lacking).unlink()
    status, _out, err = run(*words(paper))
    assert (status, lacking in err) == (1, True)


def test_a_wrong_password_writes_nothing(
    run: Run, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(signing.PASSWORD, "sai")
    before = sorted(paper.parent.iterdir())
    status, _out, err = run(*words(paper))
    assert (status, "Traceback" in err) == (1, False)
    assert sorted(paper.parent.iterdir()) == before


def test_a_store_is_never_written_over(
    run: Run, paper: Path, store_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(signing.PASSWORD, PASSWORD)
    arguments = words(paper)[:-1]
    status, _out, _err = run(*arguments, store_folder / "store.db")
    assert status == 1


def test_without_the_library_it_is_said_how_to_get_it(paper: Path) -> None:
    hidden = "import sys; sys.modules['pyhanko'] = None; from desktop.__main__ import main;"
    command = [
        sys.executable,
        "-c",
        f"{hidden} sys.exit(main(sys.argv[1:]))",
        "sign",
        *map(str, words(paper)),
    ]
    surroundings = {**os.environ, signing.PASSWORD: PASSWORD}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings)
    assert done.returncode == 1
    assert "requirements/sign.txt" in done.stderr
    assert not paper.with_name("ra.pdf").exists()
