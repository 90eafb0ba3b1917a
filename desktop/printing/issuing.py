"""What is written into a paper when it is issued, and what the registers say of it.

Until then number and day are dots, to be written in by hand. Issuing writes into the same blanks.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date

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
    Stock,
    Title,
)
from desktop.vietnamese.dates import official_date

_OWN = re.compile(r"^Số: …+/(.+)$")
_BOOK = re.compile(r"(sổ khen thưởng số: )…+")
_BLANK = re.compile(r"…{2,}")
_ABOVE = re.compile(r"^- Như trên\b")
_DAY = r"( ngày …+ tháng …+ năm …+)?"
_PLACED = re.compile(r", ngày .*$")
_ANNEX = "kèm theo"
"""What the note of an annex says of the paper that it goes with."""


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
    blocks = [block for paper in papers for block in _inside(paper.blocks)]
    for number in _numbers(blocks):
        own = _OWN.match(number)
        if own:
            return own[1]
    spots = [spot for block in blocks if isinstance(block, Stock) for spot in block.spots]
    return "" if any(_BOOK.search(spot.text) for spot in spots) else None


def _numbers(blocks: Sequence[Block]) -> Iterator[str]:
    """What stands where a paper has its own number: in its head, or beside who signs."""
    for block in blocks:
        if isinstance(block, Header):
            yield block.number
        elif isinstance(block, Signatures):
            yield from (one.number for one in block.signers)


def write_in(papers: Sequence[Paper], said: Written) -> tuple[Paper, ...]:
    """The papers with number and day in the blanks of their own, and nowhere else.

    These are the head, the places to sign, the note of an annex that names what it goes with, and
    the number of the book of commendations. A legal basis may name another paper of the same
    symbol, whose number only the office knows.
    """

    def own(block: Block) -> Block:
        if isinstance(block, Header):
            day = _placed(block.place_date, said.day)
            return replace(block, number=_numbered(block.number, said), place_date=day)
        if isinstance(block, Signatures):
            return replace(block, signers=tuple(_signer(one, said) for one in block.signers))
        if isinstance(block, Title):
            return replace(block, notes=tuple(_annexed(note, said) for note in block.notes))
        if isinstance(block, Stock) and not said.symbol:
            return _spots(block, lambda text: _BOOK.sub(lambda m: m[1] + said.number, text))
        return block

    return tuple(replace(paper, blocks=_each(paper.blocks, own)) for paper in papers)


def name_in(papers: Sequence[Paper], said: Written) -> tuple[Paper, ...]:
    """Commendations on stock with number and day of the decision that they go with."""

    def named(block: Block) -> Block:
        if not isinstance(block, Stock):
            return block
        return _spots(block, lambda text: _named(text, said))

    return tuple(replace(paper, blocks=_each(paper.blocks, named)) for paper in papers)


def _each(blocks: tuple[Block, ...], change: Callable[[Block], Block]) -> tuple[Block, ...]:
    """The blocks changed, those of slips too."""
    return tuple(
        Halves(_each(block.upper, change), _each(block.lower, change))
        if isinstance(block, Halves)
        else change(block)
        for block in blocks
    )


def _inside(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks, those of slips one by one."""
    for block in blocks:
        if isinstance(block, Halves):
            yield from _inside((*block.upper, *block.lower))
        else:
            yield block


def _numbered(number: str, said: Written) -> str:
    own = _OWN.match(number)
    return f"Số: {said.number}" if own and own[1] == said.symbol else number


def _signer(one: Signer, said: Written) -> Signer:
    day = _placed(one.place_date, said.day)
    return replace(one, number=_numbered(one.number, said), place_date=day)


def _annexed(note: str, said: Written) -> str:
    return _named(note, said) if _ANNEX in note.lower() else note


def _spots(block: Stock, change: Callable[[str], str]) -> Stock:
    spots = tuple(replace(spot, text=change(spot.text)) for spot in block.spots)
    return replace(block, spots=spots)


def _named(text: str, said: Written) -> str:
    """A text with number and day where the symbol waits for them, however that is spaced."""
    if not said.symbol:
        return text
    spaced = r"\s*".join(re.escape(letter) for letter in "".join(said.symbol.split()))

    def put(match: "re.Match[str]") -> str:
        return said.number + (f" {official_date(said.day)}" if match[1] else "")

    return re.sub(rf"…+/\s*{spaced}(?![\w-]){_DAY}", put, text)


def _placed(text: str, day: date) -> str:
    """A place with this day after it."""
    return _PLACED.sub(f", {official_date(day)}", text)


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
    """To whom it goes: the recipients one a line, else whom it addresses, else whom it is for.

    "Như trên" is whom it addresses.
    """
    blocks = _opened(papers[0])
    lines = [line for one in blocks if isinstance(one, Signatures) for line in one.recipients]
    names = [name for one in blocks if isinstance(one, Addressees) for name in one.names]
    if names:
        above = [f"- {name};" for name in names]
        lines = [one for line in lines for one in (above if _ABOVE.search(line) else [line])]
    return "\n".join(lines or names or [_whom(papers[0])])


def _whom(paper: Paper) -> str:
    """The person that a paper is marked with: "Giấy chứng nhận sáng kiến – Lù Văn Páo"."""
    return paper.bookmark[-1].partition(" – ")[2] if paper.bookmark else ""


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
