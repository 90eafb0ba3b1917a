"""Danh sách đề nghị khen thưởng: who is put forward for commendation, collectives and persons."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.models.dossiers import CollectiveLine, CommendationLine, ListHead, OfficeSheet
from desktop.printing.forms import CommendationForm, FormSet, fill
from desktop.printing.paper import (
    Align,
    Block,
    Column,
    Orientation,
    Paper,
    Row,
    Table,
    Text,
    Title,
    bold,
    plain,
)
from desktop.printing.papers.parts import (
    NOT_CONVERTED,
    header,
    list_foot,
    two_digits,
)
from desktop.printing.papers.phrases import (
    BLANK_COUNT,
    annex_header,
    count,
    issuer,
    percent,
    programme_of,
    sorts,
    whom,
    with_unit,
)
from desktop.vietnamese.collation import person_key, sort_key
from desktop.vietnamese.money import format_money

NAME = "Danh sách đề nghị khen thưởng"
COMMENDED_NAME = "Danh sách được khen thưởng"

_PEOPLE = (
    Column("TT", 8, Align.CENTRE),
    Column("Họ và tên", 38),
    Column("Năm sinh", 14, Align.CENTRE),
    Column("Nam/ Nữ", 12, Align.CENTRE),
    Column("Chức vụ, đơn vị công tác", 50),
    Column("Số sáng kiến", 14, Align.CENTRE),
    Column("Tên sáng kiến tiêu biểu, QĐ công nhận", 60),
    Column("Giá trị làm lợi 01 năm (đồng)", 24, Align.RIGHT, whole=True),
    Column("Hình thức đề nghị", 17),
    Column("Ghi chú", 10),
)
_COLLECTIVES = (
    Column("TT", 8, Align.CENTRE),
    Column("Tên tập thể", 70),
    Column("Cấp trên quản lý", 40),
    Column("Chỉ tiêu", 18, Align.CENTRE),
    Column("Kết quả", 18, Align.CENTRE),
    Column("Tỷ lệ %", 16, Align.CENTRE, whole=True),
    Column("Số người có SK/tổng", 24, Align.CENTRE),
    Column("Tỷ lệ tham gia", 18, Align.CENTRE, whole=True),
    Column("Hình thức", 20),
    Column("Ghi chú", 15),
)


def commendation_list(
    people: Sequence[CommendationLine],
    collectives: Sequence[CollectiveLine],
    office: OfficeSheet,
    forms: FormSet,
    head: ListHead,
) -> Paper:
    """Both lists on one paper; a list without anybody is left out when the other has somebody."""
    form = forms.commendation_list
    blocks: list[Block] = [
        header(office, head.drawn_up, form.code),
        _title(office, form, head, sorts(len(collectives), len(people))),
        *_lists(people, collectives, form),
        list_foot(office, form.maker),
    ]
    return Paper(
        "commendation-list", NAME, tuple(blocks), Orientation.LANDSCAPE, office.name, (NAME,)
    )


def commended_list(
    people: Sequence[CommendationLine],
    collectives: Sequence[CollectiveLine],
    office: OfficeSheet,
    forms: FormSet,
) -> Paper:
    """The same lists as an annex to the decision: the decision is signed, not they."""
    form = forms.commended_list
    title = Title(
        (form.title,),
        (opened(programme_of(form.subject, office, sorts=sorts(len(collectives), len(people)))),),
        (programme_of(form.attached, office),) if form.attached else (),
        rule=True,
    )
    *lists, closing = _lists(people, collectives, form)
    if isinstance(closing, Text):
        closing = replace(closing, tail=True)
    given = tuple(map(_as_given, lists))
    blocks = (annex_header(office, form.code), title, *given, closing)
    return Paper(
        *("commended-list", COMMENDED_NAME, blocks, Orientation.LANDSCAPE, office.name),
        (COMMENDED_NAME,),
    )


def _as_given(block: Block) -> Block:
    """A table of what was decided, not of what is proposed."""
    if not isinstance(block, Table):
        return block
    columns = (
        replace(one, heading=one.heading.replace("đề nghị", "khen thưởng")) for one in block.columns
    )
    return replace(block, columns=tuple(columns))


def _lists(
    people: Sequence[CommendationLine],
    collectives: Sequence[CollectiveLine],
    form: CommendationForm,
) -> list[Block]:
    """Collectives, persons, and the sentence that counts them."""
    both = bool(people and collectives)
    blocks: list[Block] = []
    if collectives:
        blocks += _part("I. TẬP THỂ", _collectives(collectives, form), named=both)
    if people or not collectives:
        blocks += _part("II. CÁ NHÂN", _people(people, form), named=both)
    closing = fill(
        form.closing,
        collectives=two_digits(len(collectives)),
        people=two_digits(len(people)),
        whom=whom(len(collectives), len(people)),
    )
    return [*blocks, Text(plain(closing))]


def _part(name: str, table: Table, *, named: bool) -> list[Block]:
    """A table, under its name where the paper has both."""
    if not named:
        return [table]
    return [Text(bold(name), Align.LEFT, indent=False, lead=True), table]


def opened(subject: str) -> str:
    """What a list is about, begun with a capital."""
    return subject[:1].upper() + subject[1:]


def _title(office: OfficeSheet, form: CommendationForm, head: ListHead, whose: str) -> Title:
    """What the list is, and of which programme and stage."""
    subject = opened(fill(form.subject, programme=office.programme_title, sorts=whose))
    attached = fill(form.attached, symbol=office.symbol or BLANK_COUNT, office=issuer(office))
    return Title(
        (form.title,),
        tuple(
            line
            for line in (subject if office.programme_title else "", head.stage, head.unit)
            if line
        ),
        (attached,) if attached else (),
        rule=True,
    )


def ordered_people(
    people: Sequence[CommendationLine], form: CommendationForm
) -> Sequence[CommendationLine]:
    """Persons in the order in which the list has them."""
    return (
        sorted(people, key=lambda line: person_key(line.name)) if form.order == "name" else people
    )


def ordered_collectives(
    collectives: Sequence[CollectiveLine], form: CommendationForm
) -> Sequence[CollectiveLine]:
    """Collectives in the order in which the list has them."""
    if form.order != "name":
        return collectives
    return sorted(collectives, key=lambda line: sort_key(line.name))


def _people(people: Sequence[CommendationLine], form: CommendationForm) -> Table:
    """Persons in the order of their given names, or as handed over."""
    rows = (
        Row(
            (
                str(number),
                line.name,
                str(line.birth_year or ""),
                line.gender,
                with_unit(line.post, line.unit),
                two_digits(line.initiatives),
                "\n".join(part for part in (line.title, line.decision) if part),
                NOT_CONVERTED if line.benefit_year is None else format_money(line.benefit_year),
                line.form,
                line.note,
            )
        )
        for number, line in enumerate(ordered_people(people, form), 1)
    )
    return Table(_PEOPLE, tuple(rows), dense=True)


def _collectives(collectives: Sequence[CollectiveLine], form: CommendationForm) -> Table:
    """Collectives in the order of their names, or as handed over; no target, no percentage."""
    rows = (
        Row(
            (
                str(number),
                line.name,
                line.superior,
                count(line.target),
                count(line.result),
                percent(line.result, line.target, ""),
                f"{count(line.people)}/{count(line.headcount)}",
                percent(line.people, line.headcount),
                line.form,
                line.note,
            )
        )
        for number, line in enumerate(ordered_collectives(collectives, form), 1)
    )
    return Table(_COLLECTIVES, tuple(rows), dense=True)
