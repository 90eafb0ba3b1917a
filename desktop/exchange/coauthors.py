"""Co-authors in a workbook: written in one cell beside the author, or on a sheet of their own."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from desktop.exchange.decoding import CellFault, share_of
from desktop.models.entry import AuthorDraft
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.folding import syllable_key
from desktop.vietnamese.money import format_share

_PARTS = re.compile(r"[;\n]|,(?!\d)")
_DASHED = re.compile(r"(.*?)\s*[–—:-]?\s*\(?\s*([-\u2212]?\d[\d.,]*)\s*%?\s*\)?")
_SAYING = re.compile(r"[^\W_]")
"""A letter or a digit: a dash between two semicolons says nothing."""
_ENUMERATED = re.compile(r"^\d{1,2}[.)]\s*(?=\D)")


def parse_coauthors(text: str) -> tuple[AuthorDraft, ...]:
    """The co-authors named in one cell: “Lò Thị Én – 30%; Vàng A Sử – 20”.

    Semicolons, line breaks, or commas before a space part them; a share may be missing. Raises
    CellFault where a part is neither a name nor a name with a share, or is a share of nobody.
    """
    parts = [part.strip() for part in _PARTS.split(clean(text, multiline=True))]
    return tuple(_coauthor(part) for part in parts if _SAYING.search(part))


def _coauthor(part: str) -> AuthorDraft:
    """One co-author from “name – share”."""
    part = _ENUMERATED.sub("", part)
    match = _DASHED.fullmatch(part)
    name = match[1].strip() if match else part
    if re.search(r"\d", name):
        raise CellFault("coauthors.unreadable", text=part)
    if not _SAYING.search(name):
        raise CellFault("coauthors.nameless", text=part)
    if match is None:
        return AuthorDraft(name=name)
    try:
        return AuthorDraft(name=name, share=share_of(match[2]))
    except CellFault as error:
        raise CellFault("coauthors.unreadable", text=part) from error


def format_coauthors(authors: Iterable[AuthorDraft]) -> str:
    """The co-authors as one cell says them: “Lò Thị Én – 30%; Vàng A Sử – 20%”."""
    return "; ".join(_shown(author) for author in authors)


def _shown(author: AuthorDraft) -> str:
    if author.share is None:
        return author.name
    return f"{author.name} – {format_share(author.share)}%".strip()


def merge_coauthors(
    named: Sequence[AuthorDraft], detailed: Sequence[AuthorDraft]
) -> tuple[tuple[AuthorDraft, ...], tuple[str, ...]]:
    """The co-authors of the cell and of their own sheet as one list, and whose shares contradict.

    Equal names are one person, in the order in which they come; of two shares the sheet's counts.
    """
    waiting: dict[tuple[str, int], AuthorDraft] = dict(_numbered(detailed))
    merged: list[AuthorDraft] = []
    torn: list[str] = []
    for key, author in _numbered(named):
        other = waiting.pop(key, None)
        if other is None:
            merged.append(author)
            continue
        if author.share not in {None, other.share} and other.share is not None:
            torn.append(author.name)
        share: Decimal | None = author.share if other.share is None else other.share
        merged.append(replace(other, share=share))
    return (*merged, *waiting.values()), tuple(torn)


def _numbered(authors: Iterable[AuthorDraft]) -> Iterable[tuple[tuple[str, int], AuthorDraft]]:
    """Each author under the name and the how-manieth of that name; hoà and hòa are one spelling."""
    count: Counter[str] = Counter()
    for author in authors:
        name = syllable_key(author.name)
        yield (name, count[name]), author
        count[name] += 1


def fits_one_cell(authors: Sequence[AuthorDraft]) -> bool:
    """Whether the cell beside the author says everything that is known of the co-authors."""
    try:
        return parse_coauthors(format_coauthors(authors)) == tuple(authors)
    except CellFault:
        return False


def names_fit_one_cell(authors: Sequence[AuthorDraft]) -> bool:
    """Whether at least their names and shares can be said in one cell and read back."""
    return fits_one_cell([AuthorDraft(name=one.name, share=one.share) for one in authors])
