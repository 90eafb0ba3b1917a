"""Giấy chứng nhận sáng kiến: the unit certifies to an author that the initiative is theirs.

Thông tư 18/2013/TT-BKHCN, Phụ lục II. A4 lying across, framed.
"""

import re
from collections.abc import Iterator, Sequence

from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.printing.forms import FormSet, fill
from desktop.printing.official_forms import CertificateForm
from desktop.printing.paper import (
    Align,
    Block,
    Header,
    LabelledLine,
    Make,
    Orientation,
    Paper,
    Run,
    Signatures,
    Signer,
    Text,
    Title,
    bold,
    plain,
)
from desktop.printing.papers.parts import in_order, place_date
from desktop.printing.papers.phrases import BLANK, BLANK_COUNT, authority, or_blank, place_of_work
from desktop.vietnamese.money import format_money

NAME = "Giấy chứng nhận sáng kiến"
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def certificates(dossier: Dossier, office: OfficeSheet, forms: FormSet) -> Iterator[Paper]:
    """One certificate for each author, or one for all of them, as the form says."""
    form, authors = forms.certificate, in_order(dossier.entry.authors)
    if form.per_author and authors:
        for author in authors:
            yield _certificate(dossier.entry, [author], office, form)
    else:
        yield _certificate(dossier.entry, authors, office, form)


def _certificate(
    entry: InitiativeDraft,
    authors: Sequence[AuthorDraft],
    office: OfficeSheet,
    form: CertificateForm,
) -> Paper:
    organ = office.header[-1] if office.header else or_blank(office.name).upper()
    role = "đồng tác giả" if len(entry.authors) > 1 else "tác giả"
    number = f"Số: {BLANK_COUNT}/{fill(form.symbol, symbol=office.symbol or BLANK_COUNT)}"
    blocks: tuple[Block, ...] = (
        Header(form_code=form.code),
        *_above(office),
        Title((organ,), rule=True),
        Title((form.title,), large=True),
        Title((authority(office), form.certifies)),
        *_people(authors, entry, form),
        Text(
            (Run(f"{fill(form.claim, role=role)} "), Run(entry.title or BLANK, bold=True)),
            indent=False,
        ),
        LabelledLine(plain(form.investor), entry.investor, indent=False),
        LabelledLine(
            plain(form.summary),
            summary(entry.content, form.summary_letters),
            2,
            indent=False,
        ),
        LabelledLine(
            plain(form.benefit),
            _benefit(entry, form.summary_letters),
            indent=False,
        ),
        Signatures(
            (
                Signer((), " ", number=number),
                Signer(
                    office.signature or ("THỦ TRƯỞNG ĐƠN VỊ",),
                    office.signer,
                    place_date=place_date(office.place, None),
                ),
            )
        ),
    )
    told = authors[0].name if len(authors) == 1 and authors[0].name else ""
    return Paper(
        "certificate",
        NAME,
        blocks,
        Orientation.LANDSCAPE,
        office.name,
        (f"{NAME} – {told}" if told else NAME,),
        make=Make.FRAMED,
    )


def _above(office: OfficeSheet) -> list[Block]:
    """The organs above the one that certifies, upright."""
    return [Text(plain(one), Align.CENTRE, indent=False, lead=True) for one in office.header[:-1]]


def _people(
    authors: Sequence[AuthorDraft], entry: InitiativeDraft, form: CertificateForm
) -> list[Block]:
    """A line for each author: name, and where they work."""
    lines: list[Block] = []
    for author in authors:
        where = place_of_work(author, entry)
        runs = (Run(f"{form.holder} "), *bold(or_blank(author.name)), Run(f" ({or_blank(where)})"))
        lines.append(Text(runs, Align.LEFT, indent=False))
    return lines or [LabelledLine(plain(form.holder), indent=False)]


def summary(text: str, letters: int) -> str:
    """The beginning of a text: as many whole sentences as ``letters`` hold, else whole words."""
    text = " ".join(text.split())
    if len(text) <= letters:
        return text
    kept = ""
    for sentence in _SENTENCE.split(text):
        if len(kept) + len(sentence) + 1 > letters:
            break
        kept = f"{kept} {sentence}".strip()
    if kept:
        return kept.rstrip(";") + ("" if kept.endswith((".", "!", "?")) else ".")
    return text[:letters].rsplit(" ", 1)[0].rstrip(" ,;") + "…"


def _benefit(entry: InitiativeDraft, letters: int) -> str:
    """One year's benefit, and the benefit to society in short."""
    year = entry.benefit_year
    money = f"Giá trị làm lợi {format_money(year)} đồng/năm." if year else ""
    return " ".join(part for part in (money, summary(entry.social_benefit, letters // 2)) if part)
