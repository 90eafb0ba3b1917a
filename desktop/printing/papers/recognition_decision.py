"""Quyết định công nhận sáng kiến and the list that goes with it.

Nghị định 30/2020/NĐ-CP, mẫu 1.2.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from desktop.models.dossiers import Dossier, OfficeSheet, Sitting
from desktop.models.entry import AuthorDraft
from desktop.printing.forms import FormSet, fill
from desktop.printing.official_forms import RecognitionForm
from desktop.printing.paper import (
    Align,
    Article,
    Block,
    Column,
    Paper,
    Row,
    Table,
    Text,
    Title,
    plain,
)
from desktop.printing.papers.parts import BLANK_DATE, in_order, two_digits, workplace
from desktop.printing.papers.phrases import (
    BLANK,
    BLANK_COUNT,
    annex_header,
    authority,
    in_full,
    legal_bases,
    office_header,
    or_blank,
    programme_of,
    signed,
)
from desktop.vietnamese.dates import official_date
from desktop.vietnamese.folding import syllable_key
from desktop.vietnamese.money import format_share

NAME = "Quyết định công nhận sáng kiến"
LIST_NAME = "Danh sách sáng kiến được công nhận"

_COLUMNS = (
    Column("TT", 8, Align.CENTRE),
    Column("Họ và tên tác giả, đồng tác giả (tỷ lệ đóng góp)", 40),
    Column("Chức vụ, đơn vị công tác", 36),
    Column("Tên sáng kiến", 50),
    Column("Lĩnh vực", 16),
    Column("Ghi chú", 10),
)


def recognition_papers(
    dossiers: Sequence[Dossier],
    sitting: Sitting | None,
    office: OfficeSheet,
    forms: FormSet,
    on: date,
) -> Iterator[Paper]:
    """The decision, and its list where it recognises more or fewer than one initiative."""
    recognised = passed(dossiers, sitting)
    yield _decision(recognised, sitting, office, forms, on)
    if len(recognised) != 1:
        yield _list(recognised, office, forms)


def passed(dossiers: Sequence[Dossier], sitting: Sitting | None) -> list[Dossier]:
    """Those that the session found to pass; all of them where no session dealt with any."""
    found = {one.initiative_id: one.outcome for one in sitting.results} if sitting else {}
    if not found:
        return list(dossiers)
    return [one for one in dossiers if found.get(one.initiative_id) == "passed"]


def _decision(
    dossiers: Sequence[Dossier],
    sitting: Sitting | None,
    office: OfficeSheet,
    forms: FormSet,
    on: date,
) -> Paper:
    form = forms.recognition_decision
    blocks: tuple[Block, ...] = (
        office_header(office, on, form.code, form.symbol),
        Title(("QUYẾT ĐỊNH",), (form.subject,), rule=True),
        Title((authority(office),)),
        legal_bases(form.bases, on, _proposal(forms, sitting)),
        Title(("QUYẾT ĐỊNH:",)),
        Article("Điều 1.", (_recognised(form, dossiers),)),
        Article("Điều 2.", form.rights),
        Article("Điều 3.", (programme_of(form.duty, office, named=_named(dossiers)),)),
        signed(office, form.recipients),
    )
    return Paper("recognition-decision", NAME, blocks, author=office.name, bookmark=(NAME,))


def _proposal(forms: FormSet, sitting: Sitting | None) -> str:
    """The council that proposes it, and the number and day of its minutes, dotted if unknown."""
    held = sitting.held if sitting else None
    council = in_full(sitting.council) if sitting and sitting.council else "Hội đồng sáng kiến"
    number = sitting.number if sitting else ""
    return fill(
        forms.recognition_decision.proposal,
        council=council,
        minutes=number or f"{BLANK_COUNT}/{forms.council_minutes.symbol}",
        day=official_date(held) if held else BLANK_DATE,
    )


def _recognised(form: RecognitionForm, dossiers: Sequence[Dossier]) -> str:
    """One initiative by its name, several by their number and that of their authors."""
    if len(dossiers) == 1:
        entry = dossiers[0].entry
        names = ", ".join(f"ông (bà) {one.name}" for one in in_order(entry.authors))
        title = f"“{entry.title}”" if entry.title else BLANK
        return fill(form.recognise_one, title=title, authors=or_blank(names))
    return _counted(form.recognise_many, dossiers)


def _named(dossiers: Sequence[Dossier]) -> str:
    """Where the authors are named: in the decision itself, or in the list that goes with it."""
    return "tại Điều 1" if len(dossiers) == 1 else "trong danh sách kèm theo"


def _counted(said: str, dossiers: Sequence[Dossier]) -> str:
    """A sentence with how many initiatives there are, and of how many people."""
    people = {
        _person(author) for dossier in dossiers for author in dossier.entry.authors if author.name
    }
    return fill(said, count=two_digits(len(dossiers)), people=two_digits(len(people)))


def _person(author: AuthorDraft) -> tuple[str, ...]:
    """By what two authors are the same person: identity, else name and birth."""
    if author.identity:
        return (author.identity,)
    born = author.birth.isoformat() if author.birth else author.workplace
    return (syllable_key(author.name), born)


def _list(dossiers: Sequence[Dossier], office: OfficeSheet, forms: FormSet) -> Paper:
    """The list, in the order handed over."""
    form = forms.recognition_decision
    blocks: tuple[Block, ...] = (
        annex_header(office),
        Title(
            *((form.list_title,), (form.list_subject,), (programme_of(form.attached, office),)),
            rule=True,
        ),
        Table(_COLUMNS, tuple(_row(n, one) for n, one in enumerate(dossiers, 1)), dense=True),
    )
    if form.list_closing:
        blocks += (Text(plain(_counted(form.list_closing, dossiers)), tail=True),)
    return Paper("recognition-list", LIST_NAME, blocks, author=office.name, bookmark=(LIST_NAME,))


def _row(number: int, dossier: Dossier) -> Row:
    """One initiative with all its authors and their shares."""
    entry = dossier.entry
    authors = in_order(entry.authors)
    posts = [
        ", ".join(part for part in (one.job, workplace(one, entry)) if part) for one in authors
    ]
    names = [
        one.name + (f" ({format_share(one.share)}%)" if one.share is not None else "")
        for one in authors
    ]
    if len(set(posts)) > 1:
        # Numbered, so that nobody need guess whose post is whose.
        names, posts = _numbered(names), _numbered(posts)
    where = "\n".join(dict.fromkeys(posts)) or entry.unit
    return Row((str(number), "\n".join(names), where, entry.title, entry.field, ""))


def _numbered(lines: Sequence[str]) -> list[str]:
    return [f"{number}. {line}" for number, line in enumerate(lines, 1)]
