"""What is written into a paper when it is issued, and what the registers say of it.

Until then number and day are dots, to be written in by hand. Issuing writes into the same blanks.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import TypeVar, cast

from desktop.printing.paper import (
    Addressees,
    Article,
    Block,
    Halves,
    Header,
    Paper,
    Run,
    Signatures,
    Signer,
    Title,
)
from desktop.vietnamese.dates import official_date

T = TypeVar("T")
_OWN = re.compile(r"^Số: …+/(\S+)$")
_BOOK = re.compile(r"(sổ khen thưởng số: )…+")
_BLANK = re.compile(r"…{2,}")
_DAY = r"( ngày …+ tháng …+ năm …+)?"
_PLACED = re.compile(r", ngày .*$")


@dataclass(frozen=True, slots=True)
class Written:
    """What is written in: number and symbol as printed, and the day.

    ``symbol`` is what stands after the dots that the number takes the place of.
    """

    number: str
    day: date
    symbol: str


def symbol_of(papers: Sequence[Paper]) -> str | None:
    """The symbol that waits for a number: "QĐ-LĐLĐ" of "Số: ……/QĐ-LĐLĐ".

    Blank where the number stands alone (a number of the book of commendations), None where the
    papers have no place for a number.
    """
    found: list[str] = []
    for text in _texts(tuple(papers)):
        own = _OWN.match(text)
        if own:
            return own[1]
        found += [""] if _BOOK.search(text) else []
    return found[0] if found else None


def write_in(papers: Sequence[Paper], said: Written) -> tuple[Paper, ...]:
    """The papers with number and day in their blanks, also where a list names its decision."""
    return tuple(_dated(paper, said.day) for paper in name_in(papers, said))


def name_in(papers: Sequence[Paper], said: Written) -> tuple[Paper, ...]:
    """The papers with a number and its day wherever its symbol waits for one.

    So a commendation names the decision that it goes with.
    """
    place = re.compile(rf"…+/{re.escape(said.symbol)}(?![\w-]){_DAY}")

    def number(match: "re.Match[str]") -> str:
        return said.number + (f" {official_date(said.day)}" if match[1] else "")

    def text(value: str) -> str:
        if not said.symbol:
            return _BOOK.sub(lambda match: match[1] + said.number, value)
        return place.sub(number, value)

    return tuple(_changed(paper, text) for paper in papers)


def blanks_in(papers: Sequence[Paper]) -> int:
    """How many blanks are left to be written in by hand."""
    return sum(len(_BLANK.findall(text)) for text in _texts(tuple(papers)))


def unfinished(papers: Sequence[Paper]) -> tuple[str, ...]:
    """The articles that still have blanks ("Điều 2"): a decision that is issued decides."""
    return tuple(
        block.name.rstrip(".")
        for paper in papers
        for block in paper.blocks
        if isinstance(block, Article) and any(map(_BLANK.search, block.paragraphs))
    )


def halves_apart(papers: Sequence[Paper]) -> list[Paper]:
    """The papers, with a sheet of two slips as two sheets: each slip has a number of its own."""
    found = []
    for paper in papers:
        slips = [
            half
            for block in paper.blocks
            if isinstance(block, Halves)
            for half in (block.upper, block.lower)
            if half
        ]
        found += [_slip(paper, slip) for slip in slips] or [paper]
    return found


def _slip(paper: Paper, blocks: tuple[Block, ...]) -> Paper:
    """One slip as a sheet of its own, marked with whom it is for."""
    whom = [name for one in blocks if isinstance(one, Addressees) for name in one.names]
    mark = " – ".join([paper.title, ", ".join(whom)] if whom else [paper.title])
    return replace(paper, blocks=(Halves(blocks),), bookmark=(mark,))


def _texts(value: object) -> list[str]:
    """Every text inside a block, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in _texts(item)]
    if is_dataclass(value):
        return [text for one in fields(value) for text in _texts(getattr(value, one.name))]
    return []


def _changed(value: T, change: Callable[[str], str]) -> T:
    """A block with every text in it changed."""
    if isinstance(value, str) and type(value) is str:
        return cast("T", change(value))
    if isinstance(value, tuple):
        return cast("T", tuple(_changed(item, change) for item in value))
    if is_dataclass(value) and not isinstance(value, type):
        named = {one.name: _changed(getattr(value, one.name), change) for one in fields(value)}
        return cast("T", type(value)(**named))
    return value


def _dated(paper: Paper, day: date) -> Paper:
    """The paper with this day after its place: in its head, or above who signs."""
    return replace(paper, blocks=tuple(_block_dated(block, day) for block in paper.blocks))


def _block_dated(block: Block, day: date) -> Block:
    if isinstance(block, Halves):
        return Halves(
            tuple(_block_dated(one, day) for one in block.upper),
            tuple(_block_dated(one, day) for one in block.lower),
        )
    if isinstance(block, Header):
        return replace(block, place_date=_placed(block.place_date, day))
    if isinstance(block, Signatures):
        signers = [replace(one, place_date=_placed(one.place_date, day)) for one in block.signers]
        return replace(block, signers=tuple(signers))
    return block


def _placed(text: str, day: date) -> str:
    return _PLACED.sub(f", {official_date(day)}", text)


def subject_of(papers: Sequence[Paper], *, named: bool = False) -> str:
    """Kind and subject as registers say them: "Quyết định về việc công nhận sáng kiến".

    ``named`` prefers whom the paper is for: "Giấy chứng nhận sáng kiến – Lù Văn Páo".
    """
    blocks = _opened(papers[0])
    title = next((one for one in blocks if isinstance(one, Title) and one.subject), None)
    marked = papers[0].bookmark[-1] if papers[0].bookmark else papers[0].title
    if title is None or (named and " – " in marked):
        return marked
    subject = " ".join(" ".join(title.subject).split())
    name = " ".join(title.lines).capitalize()
    return f"{name} {subject[:1].lower()}{subject[1:]}"


def signer_of(papers: Sequence[Paper]) -> str:
    """Who signs for the office: the last place to sign of the first paper."""
    signers = _signers(papers[0])
    return signers[-1].name.strip() if signers else ""


def _signers(paper: Paper) -> list[Signer]:
    blocks = _opened(paper)
    return [who for block in blocks if isinstance(block, Signatures) for who in block.signers]


def recipients_of(papers: Sequence[Paper]) -> str:
    """To whom it goes: the recipients one a line, else whom it addresses."""
    blocks = _opened(papers[0])
    lines = [line for one in blocks if isinstance(one, Signatures) for line in one.recipients]
    lines = lines or [name for one in blocks if isinstance(one, Addressees) for name in one.names]
    return "\n".join(lines)


def _opened(paper: Paper) -> list[Block]:
    """The blocks of a paper, those of its first slip where it is one of slips."""
    found: list[Block] = []
    for block in paper.blocks:
        found += block.upper if isinstance(block, Halves) else (block,)
    return found


def lines_of(papers: Sequence[Paper]) -> list[str]:
    """What papers say, line by line: a row of a table is one line, every other text is one."""
    found: list[str] = []
    for paper in papers:
        _gather(paper.blocks, found)
    return found


def _gather(value: object, found: list[str]) -> None:
    if isinstance(value, tuple) and value and all(type(one) is str for one in value):
        said = " · ".join(text for text in value if text)
        found += [said] if said else []
    elif type(value) is str:
        found += [value] if value else []
    elif isinstance(value, tuple):
        runs = [one.text for one in value if isinstance(one, Run)]
        if runs:
            found.append("".join(runs))
            return
        for item in value:
            _gather(item, found)
    elif is_dataclass(value):
        for one in fields(value):
            _gather(getattr(value, one.name), found)
