"""Báo cáo kết quả thực hiện Chương trình: to the organ above, with its table of units.

The figures are those of the store; what only people can write is left dotted.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from desktop.models.dossiers import CountLine, OfficeSheet, ResultFigures, StandingLine
from desktop.printing.forms import FormSet
from desktop.printing.paper import (
    Addressees,
    Align,
    Block,
    Column,
    LabelledLine,
    Orientation,
    Paper,
    Row,
    RowKind,
    Table,
    Text,
    Title,
    bold,
    plain,
)
from desktop.printing.papers.parts import NOT_CONVERTED, in_words, two_digits
from desktop.printing.papers.phrases import (
    annex_header,
    count,
    office_header,
    percent,
    programme_of,
    signed,
    superior,
    told,
    whom,
)
from desktop.vietnamese.dates import official_date
from desktop.vietnamese.money import format_money

NAME = "Báo cáo kết quả thực hiện Chương trình"
ANNEX_NAME = "Phụ lục: bảng tổng hợp theo đơn vị"

_STAGES = (
    Column("Giai đoạn", 50),
    Column("Chỉ tiêu", 22, Align.CENTRE, whole=True),
    Column("Đã cập nhật", 22, Align.CENTRE, whole=True),
    Column("Hợp lệ", 22, Align.CENTRE, whole=True),
    Column("Không hợp lệ", 22, Align.CENTRE, whole=True),
    Column("% so chỉ tiêu", 22, Align.CENTRE, whole=True),
)
_COUNTS = (
    Column("Nội dung", 110),
    Column("Đã cập nhật", 25, Align.CENTRE, whole=True),
    Column("Hợp lệ", 25, Align.CENTRE, whole=True),
)
_UNITS = (
    Column("TT", 8, Align.CENTRE),
    Column("Đơn vị", 61),
    Column("Chỉ tiêu", 18, Align.CENTRE, whole=True),
    Column("Đã cập nhật", 18, Align.CENTRE, whole=True),
    Column("Hợp lệ", 17, Align.CENTRE, whole=True),
    Column("Chờ xem xét", 17, Align.CENTRE, whole=True),
    Column("Không hợp lệ", 17, Align.CENTRE, whole=True),
    Column("% so chỉ tiêu", 17, Align.CENTRE, whole=True),
    Column("Số người có SK/tổng số", 26, Align.CENTRE),
    Column("% tham gia", 17, Align.CENTRE, whole=True),
    Column("Giá trị làm lợi của sáng kiến hợp lệ (đồng/năm)", 31, Align.RIGHT, whole=True),
)


def report_papers(
    figures: ResultFigures, office: OfficeSheet, forms: FormSet, on: date
) -> Iterator[Paper]:
    """The report and its annex."""
    yield _report(figures, office, forms, on)
    yield _annex(figures, office, forms)


def _report(figures: ResultFigures, office: OfficeSheet, forms: FormSet, on: date) -> Paper:
    form, parts = forms.progress_report, forms.progress_report.parts
    above = form.addressees or ((superior(office),) if len(office.header) > 1 else ())
    until = official_date(figures.until)
    period = figures.period[:1].lower() + figures.period[1:]
    opening = programme_of(form.opening, office, period=period, day=until)
    blocks: list[Block] = [
        office_header(office, on, form.code, form.symbol),
        Title(("BÁO CÁO",), (programme_of(form.subject, office),), rule=True),
        Addressees("Kính gửi:", above),
        Text(plain(opening)),
        _part(parts[0]),
        *_to_write(form.guidance),
        _part(parts[1]),
        *_results(figures, form.result_parts),
        _part(parts[2]),
        *_to_write(form.shortcomings),
        _part(parts[3]),
        *_to_write(form.directions),
        Text(plain(programme_of(form.closing, office))),
        signed(office, form.recipients),
    ]
    return Paper("progress-report", NAME, tuple(blocks), author=office.name, bookmark=(NAME,))


def _part(name: str) -> Text:
    """A heading of the report."""
    return Text(bold(name), Align.LEFT, lead=True)


def _to_write(points: Sequence[str]) -> list[Block]:
    """Points, whose titles are bold like those of the results, with dotted lines below."""
    return [LabelledLine(bold(f"{point}:"), "", 3) for point in points]


def _results(figures: ResultFigures, parts: Sequence[str]) -> Iterator[Block]:
    """Numbers, kinds, money, support teams, commendations."""
    whole = figures.whole
    yield _part(parts[0])
    yield Text(plain(_numbers(figures)))
    if figures.stages:
        yield Text(plain("Kết quả theo giai đoạn:"), lead=True)
        yield Table(_STAGES, tuple(_stage(one, figures.percent_of) for one in figures.stages))
    yield _part(parts[1])
    for name, lines in (
        ("Theo loại giải pháp:", figures.categories),
        ("Theo nhóm đối tượng:", figures.groups),
        ("Theo khu vực:", figures.regions),
    ):
        yield from _counts(name, lines)
    yield _part(parts[2])
    yield Text(plain(_money(whole)))
    yield from _examples("Sáng kiến có giá trị làm lợi lớn:", figures.best)
    yield from _examples("Sáng kiến có hiệu quả xã hội:", figures.social)
    yield _part(parts[3])
    yield Text(plain(f"Số đơn vị đã thành lập Tổ hỗ trợ: {two_digits(figures.support_teams)}."))
    yield _part(parts[4])
    yield Text(
        plain(
            f"Đã khen thưởng, đề nghị khen thưởng "
            f"{whom(figures.commended_units, figures.commended_people)}."
        )
    )


def _numbers(figures: ResultFigures) -> str:
    """What was asked, entered and found, and who took part."""
    whole = figures.whole
    said = (
        f"Chỉ tiêu được giao: {count(whole.target)} sáng kiến. Đã cập nhật "
        f"{count(whole.entered)} sáng kiến, trong đó {count(whole.eligible)} hợp lệ, "
        f"{told(whole.review)} chờ xem xét, {told(whole.ineligible)} không hợp lệ; đạt "
        f"{percent(_reached(whole, figures.percent_of), whole.target)} chỉ tiêu. Có "
        f"{told(whole.people)} người có sáng kiến hợp lệ"
    )
    if whole.headcount:
        share = percent(whole.people, whole.headcount)
        said += f" trên tổng số {told(whole.headcount)} người, tỷ lệ tham gia {share}"
    return f"{said}. Kết quả của từng đơn vị có Phụ lục kèm theo."


def _reached(line: StandingLine, counted: str) -> int:
    """What the target is measured by."""
    return line.eligible if counted == "eligible" else line.entered


def _stage(line: StandingLine, counted: str) -> Row:
    return Row(
        (
            line.name,
            count(line.target),
            count(line.entered),
            count(line.eligible),
            count(line.ineligible),
            percent(_reached(line, counted), line.target),
        )
    )


def _counts(name: str, lines: Sequence[CountLine]) -> Iterator[Block]:
    """One way of sorting the initiatives; nothing where there is none."""
    if lines:
        yield Text(plain(name), lead=True)
        yield Table(
            _COUNTS,
            tuple(
                Row((one.name or "Chưa ghi", count(one.entered), count(one.eligible)))
                for one in lines
            ),
        )


def _money(whole: StandingLine) -> str:
    """One year's benefit of what is eligible, in figures and words, then that of all entered."""
    good, words = whole.eligible_benefit, in_words(whole.eligible_benefit)
    said = f"Tổng giá trị làm lợi trong 01 năm của {told(whole.eligible)} sáng kiến hợp lệ: "
    if _is_bare(whole.eligible, whole.eligible_unconverted):
        said += "không quy đổi được thành tiền"
    else:
        said += f"{format_money(good)} đồng" + (f" {words}" if words else "")
        said += _unconverted(whole.eligible_unconverted)
    if whole.entered == whole.eligible or _is_bare(whole.entered, whole.unconverted):
        return f"{said}."
    said += f". Tính cả các sáng kiến chờ xem xét, không hợp lệ ({told(whole.entered)} sáng kiến đã"
    said += f" cập nhật): {format_money(whole.benefit)} đồng"
    return f"{said}{_unconverted(whole.unconverted)}."


def _is_bare(count: int, unconverted: int) -> bool:
    """Whether none of so many has a benefit in money: their sum is no nought."""
    return bool(count) and unconverted == count


def _unconverted(number: int) -> str:
    """How many have no benefit in money; nothing where there is none."""
    return f"; {told(number)} sáng kiến không quy đổi được thành tiền" if number else ""


def _examples(name: str, titles: Sequence[str]) -> Iterator[Block]:
    """Initiatives by name; nothing where there is none."""
    if titles:
        yield Text(plain(name), lead=True)
        yield from (Text(plain(f"- {title};")) for title in titles[:-1])
        yield Text(plain(f"- {titles[-1]}."))


def _annex(figures: ResultFigures, office: OfficeSheet, forms: FormSet) -> Paper:
    """The table of units, and the whole office below."""
    form = forms.progress_report
    rows = [_unit(n, one, figures.percent_of) for n, one in enumerate(figures.units, 1)]
    blocks: tuple[Block, ...] = (
        annex_header(office),
        Title(
            ("Phụ lục", form.annex_title),
            (),
            (
                programme_of(form.attached, office),
                f"(Tính đến {official_date(figures.until)})",
            ),
        ),
        Table(_UNITS, (*rows, _total(figures)), dense=True, unit="ĐVT: Sáng kiến"),
    )
    return Paper(
        *("progress-annex", ANNEX_NAME, blocks, Orientation.LANDSCAPE, office.name),
        (ANNEX_NAME,),
    )


def _unit(number: int, line: StandingLine, counted: str) -> Row:
    return Row((str(number), line.name, *_figures(line, counted)))


def _total(figures: ResultFigures) -> Row:
    return Row(
        ("TỔNG CỘNG", *_figures(figures.whole, figures.percent_of)),
        RowKind.TOTAL,
        (2, *[1] * (len(_UNITS) - 2)),
    )


def _figures(line: StandingLine, counted: str) -> tuple[str, ...]:
    """The columns after the name."""
    return (
        count(line.target),
        count(line.entered),
        count(line.eligible),
        count(line.review),
        count(line.ineligible),
        percent(_reached(line, counted), line.target),
        f"{count(line.people)}/{count(line.headcount)}",
        percent(line.people, line.headcount),
        _benefit(line),
    )


def _benefit(line: StandingLine) -> str:
    """The money of what is eligible; "Không quy đổi" where none of it can be turned into money."""
    if _is_bare(line.eligible, line.eligible_unconverted):
        return NOT_CONVERTED
    return format_money(line.eligible_benefit)
