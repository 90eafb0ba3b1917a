"""Many papers at once: processes of this program print files side by side, each by its turn.

A process takes papers in on its standard input and answers with the number of their pages. It is
started as a program of its own, so that it works alike from a checkout, frozen, and on Windows, and
holds nothing but what printing needs. What a process could not do, for whatever reason, is done by
who asked for it; there an error can be told.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from desktop.printing import pdf
from desktop.printing.paper import Paper, as_json, from_json
from desktop.printing.scans import kept_in

MOST = 2
"""So many processes print at once: more would need more memory than the PCs of offices have."""


class Sheaf(NamedTuple):
    """The papers of one file, and the file; ``passing`` if it is only for what is made of it.

    ``pictures`` is the folder with the pictures of their scans.
    """

    papers: tuple[Paper, ...]
    out: Path
    pictures: Path
    passing: bool = False


class Press:
    """Prints sheaves by processes taking turns; with one core or fewer files, here.

    The processes end with the press, whatever they are doing.
    """

    def __init__(self, fonts: Path, files: int, most: int = MOST) -> None:
        wanted = min(most, os.cpu_count() or 1, files)
        self._hands = [_Hand(fonts, alone=wanted < 2) for _each in range(max(wanted, 1))]
        self._turn = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for hand in self._hands:
            hand.close()

    def print(self, sheaves: Sequence[Sheaf]) -> int:
        """Print these files; gives the pages of what was printed before by the same process.

        Raises UserError for a missing font and for a place that cannot be written, OSError for a
        passing file that cannot.
        """
        hand = self._hands[self._turn]
        self._turn = (self._turn + 1) % len(self._hands)
        pages = hand.result()
        hand.take(sheaves)
        return pages

    def finish(self) -> int:
        """Wait for everything; the pages of what was still being printed."""
        return sum(hand.result() for hand in self._hands)


class _Hand:
    """One process of a press and what it was given last; without a process, who asked for it."""

    def __init__(self, fonts: Path, *, alone: bool) -> None:
        self._fonts = fonts
        self._given: Sequence[Sheaf] = ()
        self._process = None if alone else _start(fonts)

    def take(self, sheaves: Sequence[Sheaf]) -> None:
        """Begin to print."""
        self._given = sheaves
        if self._process is None or self._process.stdin is None:
            return
        try:
            self._process.stdin.write(_line(sheaves))
            self._process.stdin.flush()
        except OSError:
            self.close()

    def result(self) -> int:
        """Wait until what was given is printed; its pages."""
        given, self._given = self._given, ()
        if not given:
            return 0
        answer = b""
        if self._process is not None and self._process.stdout is not None:
            answer = self._process.stdout.readline()
        if answer.strip().isdigit():
            return int(answer)
        self.close()
        return _print(given, self._fonts)

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                _close(stream)


def _close(stream: object) -> None:
    """Close a stream to a process that may be gone with something still on its way to it."""
    try:
        stream.close()  # type: ignore[attr-defined]  # an ordinary stream
    except OSError:
        return


def _start(fonts: Path) -> "subprocess.Popen[bytes] | None":
    """A process that prints, None where this system starts none."""
    if getattr(sys, "frozen", False):
        command = [sys.executable, "--press", str(fonts)]
    else:
        command = [sys.executable, "-P", "-X", "utf8", "-m", "desktop.printing.press", str(fonts)]
    try:
        return subprocess.Popen(  # noqa: S603 - our own program with arguments as a list
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return None


def _line(sheaves: Sequence[Sheaf]) -> bytes:
    """What is to be printed, as a line of JSON."""
    told = [
        [list(map(as_json, one.papers)), str(one.out), str(one.pictures), one.passing]
        for one in sheaves
    ]
    return json.dumps(told).encode("ascii") + b"\n"


def _sheaves(line: bytes) -> list[Sheaf]:
    """The reverse of ``_line``."""
    return [
        Sheaf(tuple(map(from_json, papers)), Path(out), Path(pictures), passing)
        for papers, out, pictures, passing in json.loads(line)
    ]


def answers(fonts: Path) -> bool:
    """Whether processes of a press can be started here: one is, and is given nothing to print."""
    process = _start(fonts)
    if process is None:
        return False
    told, _complaint = process.communicate(_line([]))
    return told == b"0\n"


def _print(sheaves: Sequence[Sheaf], fonts: Path) -> int:
    """Print the files one after another; how many pages they have together."""
    return sum(_print_one(sheaf, fonts) for sheaf in sheaves)


def _print_one(sheaf: Sheaf, fonts: Path) -> int:
    """Print a file; one that is to stay is on the disk then, which takes its time."""
    pictures = kept_in(sheaf.pictures)
    if not sheaf.passing:
        return pdf.write(sheaf.papers, sheaf.out, fonts=fonts, pictures=pictures)
    data, pages = pdf.render(sheaf.papers, fonts=fonts, pictures=pictures)
    sheaf.out.write_bytes(data)
    return pages


def main(argv: Sequence[str]) -> int:
    """Be a process of a press: ``FONTS``; print what comes in until nothing more does."""
    fonts = Path(argv[0])
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(b"%d\n" % _print(_sheaves(line), fonts))
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
