"""Papers printed by several processes are those that one prints, whatever becomes of them."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.printing import pdf
from desktop.printing.paper import Paper, Text, plain
from desktop.printing.press import Press, Sheaf
from tests.printing.conftest import FONTS


def sheaves(folder: Path, count: int) -> list[Sheaf]:
    """Files of one paper each, of which the n-th has n paragraphs."""
    return [
        Sheaf((Paper("x", f"Tờ {n}", (Text(plain("Một câu.")),) * n),), folder / f"{n}.pdf", folder)
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("most", [1, 2])
def test_files_are_printed_as_one_by_one_and_their_pages_counted(most: int, tmp_path: Path) -> None:
    wanted = sheaves(tmp_path, 5)
    with Press(FONTS, len(wanted), most) as press:
        pages = sum(press.print([one]) for one in wanted) + press.finish()
    assert pages == 5
    for papers, out, _pictures, _passing in wanted:
        assert out.read_bytes() == pdf.render(papers, fonts=FONTS)[0]


def test_what_a_process_that_died_left_is_printed_all_the_same(tmp_path: Path) -> None:
    wanted = sheaves(tmp_path, 6)
    with Press(FONTS, len(wanted)) as press:
        press.print(wanted[:1])
        for hand in press._hands:
            assert hand._process is not None
            hand._process.kill()
            hand._process.wait()
        pages = sum(press.print([one]) for one in wanted[1:]) + press.finish()
    assert pages == 6
    assert all(one.out.exists() for one in wanted)


def test_a_place_that_cannot_be_written_is_said_though_a_process_met_it(tmp_path: Path) -> None:
    with Press(FONTS, 2) as press:
        for one in sheaves(tmp_path / "nowhere", 2):
            press.print([one])
        with pytest.raises(UserError) as caught:
            press.finish()
    assert caught.value.code == "cannot-write"


def test_processes_end_with_the_press(tmp_path: Path) -> None:
    with Press(FONTS, 2) as press:
        press.print(sheaves(tmp_path, 1))
        processes = [hand._process for hand in press._hands]
    assert len(processes) == 2
    assert all(one is not None and one.poll() is not None for one in processes)


def test_a_process_ends_when_nothing_more_comes_in() -> None:
    command = [sys.executable, "-m", "desktop", "--press", str(FONTS)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
