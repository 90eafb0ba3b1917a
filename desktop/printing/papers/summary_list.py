"""Danh sách tổng hợp sáng kiến: all initiatives by grassroots union, with sums."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from desktop.models.dossiers import Dossier, ListHead, OfficeSheet
from desktop.models.entry import InitiativeDraft
from desktop.printing.forms import FormSet, SummaryForm, fill
from desktop.printing.paper import (
    Align,
    Block,
    Column,
    Orientation,
    Paper,
    Row,
    RowKind,
    Table,
    Text,
    Title,
    italic,
)
from desktop.printing.papers.outcomes import PORTAL
from desktop.printing.papers.parts import (
    NOT_CONVERTED,
    applied,
    header,
    in_order,
    in_words,
    list_foot,
    recognition,
    shown,
    two_digits,
    workplace,
)
from desktop.printing.papers.phrases import BLANK_COUNT, issuer
from desktop.vietnamese.collation import sort_key
from desktop.vietnamese.dates import official_date
from desktop.vietnamese.money import format_money

NAME = "Danh sách tổng hợp sáng kiến"
NO_UNIT = "Chưa ghi công đoàn cơ sở"

_COLUMNS = (
    Column("TT", 8, Align.CENTRE),
    Column("Họ và tên tác giả", 30),
    Column("Năm sinh (Nam/Nữ)", 16, Align.CENTRE),
    Column("Chức vụ, đơn vị công tác", 30),
    Column("CĐCS", 24),
    Column("Tên sáng kiến", 44),
    Column("Loại", 10, Align.CENTRE),
    Column("Ngày áp dụng", 19, Align.CENTRE, whole=True),
    Column("QĐ công nhận (số, ngày, cơ quan)", 28),
    Column("Giá trị làm lợi 01 năm (đồng)", 23, Align.RIGHT, whole=True),
    Column("Trạng thái Cổng", 15, Align.CENTRE),
)


def summary_list(
    dossiers: Iterable[Dossier], office: OfficeSheet, forms: FormSet, head: ListHead
) -> Paper:
    """The list, grouped by grassroots union in Vietnamese order; inside a group as handed over."""
    ordered = sorted(dossiers, key=lambda dossier: sort_key(dossier.entry.unit))
    form = forms.summary_list
    total = _Sum.of(ordered)
    blocks: tuple[Block, ...] = (
        header(office, head.drawn_up, form.code),
        _title(office, form, head),
        Table(_COLUMNS, tuple(_rows(ordered)), dense=True),
        *_words(total),
        list_foot(office, form.maker),
    )
    return Paper("summary-list", NAME, blocks, Orientation.LANDSCAPE, office.name, (NAME,))


def _title(office: OfficeSheet, form: SummaryForm, head: ListHead) -> Title:
    """What the list is, of which programme and stage, until which day."""
    subject = fill(form.subject, programme=office.programme_title)
    notes = (
        [fill(form.attached, symbol=office.symbol or BLANK_COUNT, office=issuer(office))]
        if form.attached
        else []
    )
    return Title(
        (form.title,),
        tuple(
            line
            for line in (subject if office.programme_title else "", head.stage, head.unit)
            if line
        ),
        (*notes, f"(Tính đến {official_date(head.drawn_up)})"),
        rule=True,
    )


class _Sum:
    """How many initiatives, how much money a year, and how many cannot be turned into money."""

    def __init__(self, years: Sequence[int | None]) -> None:
        self.count = len(years)
        self.money = sum(year for year in years if year is not None)
        self.without = sum(year is None for year in years)

    @property
    def is_bare(self) -> bool:
        """Whether none of them can be turned into money."""
        return bool(self.count) and self.without == self.count

    @property
    def shown(self) -> str:
        """The money, a dash where there is none to sum; the words of the sum say why."""
        return "–" if self.is_bare else format_money(self.money)

    @classmethod
    def of(cls, dossiers: Iterable[Dossier]) -> "_Sum":
        """The sum over these initiatives."""
        return cls([dossier.entry.benefit_year for dossier in dossiers])

    def words(self, name: str) -> str:
        """As in "Cộng: 03 sáng kiến, trong đó 01 sáng kiến không quy đổi được thành tiền"."""
        text = f"{name}: {two_digits(self.count)} sáng kiến"
        if self.without:
            text += f", trong đó {two_digits(self.without)} sáng kiến không quy đổi được thành tiền"
        return text


def _rows(ordered: Sequence[Dossier]) -> Iterator[Row]:
    """A head, the initiatives and a sum for each union, and the sum of all at the end."""
    number = 0
    groups = groupby(ordered, key=lambda dossier: dossier.entry.unit)
    for place, (unit, members) in enumerate(groups, 1):
        group = list(members)
        above = group[0].entry.superior
        name = f"{unit or NO_UNIT} – {above}" if above else unit or NO_UNIT
        yield Row((f"{roman(place)}. {name}",), RowKind.GROUP, (len(_COLUMNS),))
        for dossier in group:
            number += 1
            yield _row(number, dossier.entry)
        yield _sum_row(_Sum.of(group), "Cộng", RowKind.SUBTOTAL)
    yield _sum_row(_Sum.of(ordered), "TỔNG CỘNG", RowKind.TOTAL)


def _sum_row(total: _Sum, name: str, kind: RowKind) -> Row:
    """A sum across the columns before the money."""
    return Row((total.words(name), total.shown, ""), kind, (9, 1, 1))


def _words(total: _Sum) -> list[Block]:
    """The sum in words; nothing where no benefit can be turned into money."""
    return [] if total.is_bare else [Text(italic(in_words(total.money, "./.")))]


def _row(number: int, entry: InitiativeDraft) -> Row:
    """One initiative; the credited author leads, the others follow below."""
    authors = in_order(entry.authors)
    first = authors[0] if authors else None
    others = ", ".join(author.name for author in authors[1:])
    year = entry.benefit_year
    return Row(
        (
            str(number),
            (first.name if first else "") + (f"\n(đồng tác giả: {others})" if others else ""),
            _birth(
                str(first.birth.year) if first and first.birth else "",
                first.gender if first else "",
            ),
            "\n".join(part for part in (first.job, workplace(first, entry)) if part)
            if first
            else "",
            entry.unit,
            entry.title,
            entry.category,
            shown(applied(entry)),
            recognition(entry),
            format_money(year) if year is not None else NOT_CONVERTED,
            PORTAL.get(entry.portal_state, entry.portal_state),
        )
    )


def _birth(year: str, gender: str) -> str:
    """As in "1986 (Nam)"."""
    return f"{year} ({gender})".strip() if gender else year


def roman(number: int) -> str:
    """A number from 1 to 3999 in Roman numerals, as groups and parts are numbered."""
    numerals = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    text = ""
    for value, numeral in numerals:
        times, number = divmod(number, value)
        text += numeral * times
    return text
