"""Papers of very many initiatives: printed in parts by two processes, bound or kept one by one.

A part is gathered when its turn comes and lies on the disk when it is printed, so that a thousand
dossiers need no more memory than a few. What is printed appears whole or not at all.
"""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import count, pairwise
from math import ceil
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from desktop.errors import UserError, reason_of
from desktop.lasting import replace, sync_folder
from desktop.printing.binding import bind
from desktop.printing.paper import Paper
from desktop.printing.press import MOST, Press, Sheaf
from desktop.progress import SILENT, Progress
from desktop.text import _

LARGE = 100
"""From so many initiatives on a file is printed in parts."""
_PART = 25
_MOST_PARTS = 100
_LONGEST = 80
_UNUSABLE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


T_co = TypeVar("T_co", covariant=True)


class Making(NamedTuple, Generic[T_co]):
    """How papers are made: of some initiatives, with what letters, with whose pictures of scans."""

    make: Callable[[Sequence[int]], T_co]
    fonts: Path
    pictures: Path
    progress: Progress = SILENT


def print_bound(
    making: Making[Sequence[Paper]], ids: Sequence[int], out: Path, most: int = MOST
) -> int:
    """Print the papers of these initiatives into one file; its pages.

    The bytes are the same however many processes (at most ``most``) there are. Raises UserError
    where the file cannot be written, CancelledError when told to stop; nothing is left then.
    """
    shares = parts(ids)
    with _workplace(out.parent, out) as folder:
        files = [folder / f"{number}.pdf" for number in range(len(shares))]
        done = 0
        with Press(making.fonts, len(shares), most) as press:
            for share, file in zip(shares, files, strict=True):
                papers = tuple(making.make(share))
                making.progress.step(done, len(ids), papers[0].title)
                press.print([Sheaf(papers, file, making.pictures, passing=True)])
                done += len(share)
            press.finish()
        making.progress.step(done, len(ids), _("Binding the papers"))
        pages = bind(files, folder / "whole.pdf")
        replace(folder / "whole.pdf", out)
        with suppress(OSError):  # it is written; some shares cannot say that its name is, too
            sync_folder(out.parent)
    return pages


def print_each(
    making: Making[Mapping[int, Sequence[Paper]]],
    names: Mapping[int, str],
    out: Path,
    most: int = MOST,
) -> int:
    """Print the papers of each initiative into a file of its own in the folder ``out``; all pages.

    Papers are made by initiative; ``names`` are the names of their files; files of these names
    are replaced. Raises UserError where a file cannot be written, CancelledError when told to stop;
    nothing is changed then.
    """
    there = out.exists()
    shares = parts(list(names))
    pages = done = 0
    try:
        with _workplace(out, out) as folder:
            with Press(making.fonts, len(shares), most) as press:
                for share in shares:
                    made = making.make(share)
                    making.progress.step(done, len(names), names[share[0]])
                    sheaves = [
                        Sheaf(tuple(made[one]), folder / names[one], making.pictures)
                        for one in made
                    ]
                    pages += press.print(sheaves)
                    done += len(share)
                pages += press.finish()
            making.progress.step(done, len(names))
            for file in sorted(folder.iterdir()):
                replace(file, out / file.name)
    except BaseException:
        with suppress(OSError):
            out.rmdir() if not there else None
        raise
    return pages


def parts(ids: Sequence[int]) -> list[Sequence[int]]:
    """The initiatives in parts of like size, not more than can be bound at once.

    No part is a single one, whose papers would be bookmarked otherwise, unless it is all.
    """
    number = ceil(len(ids) / max(_PART, ceil(len(ids) / _MOST_PARTS)))
    ends = [len(ids) * part // number for part in range(number + 1)]
    return [ids[start:end] for start, end in pairwise(ends)]


def file_names(codes: Sequence[str]) -> list[str]:
    """A name for the file of each code: safe on every system, and no two the same in one folder."""
    used: set[str] = set()
    return [_unused(_safe(code), used) for code in codes]


def _safe(code: str) -> str:
    """The code without what a file's name may not hold."""
    name = _UNUSABLE.sub("-", code)[:_LONGEST].strip(" .")
    return f"_{name}" if not name or _RESERVED.fullmatch(name) else name


def _unused(name: str, used: set[str]) -> str:
    """The name of a PDF file that no other has, whatever the case of its letters."""
    names = (f"{name}.pdf" if number == 1 else f"{name} ({number}).pdf" for number in count(1))
    free = next(one for one in names if one.casefold() not in used)
    used.add(free.casefold())
    return free


@contextmanager
def _workplace(beside: Path, wanted: Path) -> Iterator[Path]:
    """A folder for what is being made, on the disk it is made for; gone afterwards.

    Raises UserError where it, or what is made in it, cannot be written.
    """
    try:
        if beside == wanted:
            beside.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=f".{wanted.name}.", suffix=".part", dir=beside, ignore_cleanup_errors=True
        ) as folder:
            yield Path(folder)
    except OSError as error:
        raise UserError(
            _(
                "The file {file} cannot be written ({reason}). Close it if it is open in another "
                "program, or choose another folder."
            ).format(file=error.filename2 or wanted, reason=reason_of(error)),
            code="cannot-write",
        ) from error
