"""Binding printed files into one: their pages in order, one outline, and every font once."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf


class _Mark(NamedTuple):
    """A bookmark: its words, its page, whether it is shut, and those below it."""

    title: str
    page: Object
    shut: bool
    below: "tuple[_Mark, ...]"


def bind(parts: Sequence[Path], out: Path) -> int:
    """Bind files that this program printed into the file ``out``; the number of pages.

    What a file says of itself is what the first one says. The parts are read while the whole is
    written, and nothing is held of their pages; equal parts give equal bytes. The file is on the
    disk when this returns. Raises OSError where that fails.
    """
    with ExitStack() as opened:
        files = [opened.enter_context(pikepdf.open(part)) for part in parts]
        whole = files[0]
        fonts = _Fonts(whole)
        leaves: list[list[Object]] = []
        marks: list[_Mark] = []
        labels: list[Object | int] = []
        for file in files:
            labels += _labels(file, sum(map(len, leaves)))
            theirs: list[Object] = [page.obj for page in file.pages]
            ours = [page if file is whole else whole.copy_foreign(page) for page in theirs]
            for page in ours:
                fonts.share(page)
            places = {page.objgen: our for page, our in zip(theirs, ours, strict=True)}
            marks += _marks(file, places)
            leaves.append(ours)
        _write_pages(whole, leaves)
        _write_marks(whole, marks)
        if labels:
            whole.Root.PageLabels = Dictionary(Nums=Array(labels))
        _save(whole, out)
        return sum(map(len, leaves))


def _marks(file: Pdf, places: Mapping[tuple[int, int], Object]) -> list[_Mark]:
    """The outline of a file; ``places`` gives the page of the whole for each of its pages."""

    def read(items: Sequence[OutlineItem]) -> Iterator[_Mark]:
        for item in items:
            target = item.destination
            if isinstance(target, Array) and target[0].objgen in places:
                below = tuple(read(item.children))
                yield _Mark(item.title, places[target[0].objgen], bool(item.is_closed), below)

    with file.open_outline() as outline:
        return list(read(outline.root))


def _write_pages(whole: Pdf, leaves: Sequence[Sequence[Object]]) -> None:
    """Give the whole its pages: a branch for each part, so that no list is long."""
    root = whole.Root.Pages
    branches = []
    for pages in leaves:
        branch = whole.make_indirect(
            Dictionary(Type=Name.Pages, Kids=Array(pages), Count=len(pages), Parent=root)
        )
        for page in pages:
            page.Parent = branch
        branches.append(branch)
    root.Kids = Array(branches)
    root.Count = sum(map(len, leaves))


def _labels(file: Pdf, first: int) -> Iterator[Object | int]:
    """How the pages of a file are numbered for readers, as far as it says so."""
    said = file.Root.get(Name.PageLabels)
    numbers = list(said.Nums) if said is not None and Name.Nums in said else []
    for at, label in zip(numbers[::2], numbers[1::2], strict=True):
        yield first + int(at)
        yield Dictionary({str(key): value for key, value in label.items()})


class _Fonts:
    """The fonts of the whole: a font that is there already is not taken from a later part."""

    def __init__(self, whole: Pdf) -> None:
        self._whole = whole
        self._known: dict[tuple[str, str], Object] = {}
        self._tables: dict[tuple[int, int], Object] = {}

    def share(self, page: Object) -> None:
        """Let a page use the fonts that are there."""
        resources = page.get(Name.Resources)
        if resources is None or Name.Font not in resources:
            return
        table = resources.Font
        shared = self._tables.get(table.objgen) if table.is_indirect else None
        if shared is None:
            named = {name: self._known.setdefault(_key(font), font) for name, font in table.items()}
            shared = self._whole.make_indirect(Dictionary(named))
            if table.is_indirect:
                self._tables[table.objgen] = shared
        resources.Font = shared


def _key(font: Object) -> tuple[str, str]:
    """What tells fonts apart: the name, and everything about their letters."""
    digest = hashlib.sha256(font.Widths.unparse())
    for stream in (font.ToUnicode, font.FontDescriptor.FontFile2):
        digest.update(stream.read_raw_bytes())
    return str(font.BaseFont), digest.hexdigest()


def _write_marks(whole: Pdf, marks: Sequence[_Mark]) -> None:
    """Give the whole its outline; places that went by name are not needed any more."""

    def item(mark: _Mark) -> OutlineItem:
        made = OutlineItem(mark.title, Array([mark.page, Name.Fit]))
        made.is_closed = mark.shut
        made.children.extend(item(below) for below in mark.below)
        return made

    with whole.open_outline() as outline:
        outline.root[:] = [item(mark) for mark in marks]
    if Name.Dests in whole.Root:
        del whole.Root.Dests


def _save(whole: Pdf, out: Path) -> None:
    """Write the file as its parts were written: plain objects, streams as they are."""
    with out.open("wb") as file:
        whole.save(
            file,
            min_version=whole.pdf_version,
            fix_metadata_version=False,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
        )
        file.flush()
        os.fsync(file.fileno())
