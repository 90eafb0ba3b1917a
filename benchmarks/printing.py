"""Papers against what reportlab itself needs: one dossier, and lists of 10,000 and 20,000 rows.

The dossier is printed from the record to the bytes, and beside it the same words and cells by
reportlab's own paragraphs and tables, already laid ready. The long lists are ours against
ourselves, for growth, and against reportlab's LongTable at a size that it can bear. Every round
runs all contenders, and medians of the rounds are compared.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from html import escape
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate
from reportlab.platypus.flowables import Flowable

from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.printing import forms, papers, pdf
from desktop.printing.paper import (
    Align,
    Article,
    Column,
    LabelledLine,
    LegalBases,
    Orientation,
    Paper,
    Row,
    Signatures,
    Table,
    Text,
    Title,
)
from desktop.programme.verdict import Eligibility, Finding, Result, Severity, Verdict
from desktop.vietnamese.dates import PartialDate

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "resources" / "fonts"
ROUNDS = 5
LIST_ROUNDS = 3
BEARABLE = 2_000
DOSSIER_GOAL = 1.3
GROWTH_GOAL = 2.3

TEXT = (
    "cải tiến hệ thống cấp nhiệt lò héo chè bằng bã chè ép thay một phần củi đốt áp dụng tại công "
    "ty cổ phần điện lực huyện Tam Đường theo dõi nhiệm vụ dùng chung cảnh báo hạn xử lý"
)
WORDS = TEXT.split()
BODY = ParagraphStyle(
    "body", fontName="SoSerif", fontSize=14, leading=17.5, alignment=4, firstLineIndent=36,
    spaceAfter=6,
)  # fmt: skip
CELL = ParagraphStyle("cell", fontName="SoSerif", fontSize=10, leading=11.7)


def sentence(source: random.Random, words: int) -> str:
    """A sentence of that many Vietnamese words."""
    return " ".join(source.choices(WORDS, k=words)).capitalize() + "."


def dossier() -> Dossier:
    """An initiative with three authors and texts of the usual length."""
    source = random.Random(1)
    entry = InitiativeDraft(
        code="SK22-0001",
        title=sentence(source, 18),
        unit="CĐCS Công ty Cổ phần Chè Bản Bo",
        before=sentence(source, 120),
        content="\n".join(sentence(source, 100) for _part in range(3)),
        novelty=sentence(source, 60),
        applicability=sentence(source, 60),
        use=PartialDate(2021, 11, 15),
        benefit=37_500_000,
        benefit_method=sentence(source, 25),
        authors=tuple(
            AuthorDraft(name, PartialDate(1986, 3, 19), share=Decimal(30))
            for name in ("Lù Văn Páo", "Vàng Thị Dợ", "Tẩn Lở Mẩy")
        ),
        decision=DecisionDraft("118/QĐ-HĐSK", PartialDate(2021, 12, 20), "Hội đồng sáng kiến"),
    )
    findings = tuple(
        Finding(
            f"DK-{number:02d}", Severity.BLOCK, Result.PASS, "HD 46, mục I", sentence(source, 14)
        )
        for number in range(1, 18)
    )
    return Dossier(1, entry.code, entry, (), Verdict(Eligibility.ELIGIBLE, 1, (), findings, "x"))


def dossier_papers() -> Iterator[Paper]:
    """The papers of the dossier, made anew from the record."""
    office = OfficeSheet(
        "LĐLĐ tỉnh Lai Châu",
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"),
        "Lai Châu",
        ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"),
    )
    form_set = forms.read(ROOT / "resources" / "forms", "tt18-2013")
    material = papers.Material(office, form_set, date(2022, 8, 4), (dossier(),))
    return papers.kind("dossier").build(material)


def own(paper: Paper) -> Iterator[Flowable]:
    """The words of a paper as reportlab's own flowables."""
    for block in paper.blocks:
        match block:
            case Title():
                texts = [*block.lines, *block.subject, *block.notes]
            case Text():
                texts = ["".join(run.text for run in block.runs)]
            case LabelledLine():
                label = "".join(run.text for run in block.label)
                texts = f"{label} {block.value or '.' * 90}".splitlines()
            case LegalBases():
                texts = list(block.lines)
            case Article():
                texts = [block.name, *block.paragraphs]
            case Signatures():
                texts = [text for each in block.signers for text in (*each.authority, each.name)]
            case Table():
                yield own_table(block)
                continue
            case _:
                continue
        yield from (Paragraph(escape(text), BODY) for text in texts)


def own_table(table: Table) -> LongTable:
    """A table as reportlab's own, with wrapping cells and a repeated head."""
    cells = [[Paragraph(escape(column.heading), CELL) for column in table.columns]]
    for row in table.rows:
        filled = [Paragraph(escape(text), CELL) for text in row.cells]
        cells.append(filled + [Paragraph("", CELL)] * (len(table.columns) - len(filled)))
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    widths = [column.width * mm for column in table.columns]
    return LongTable(cells, colWidths=widths, repeatRows=1, style=grid)


def build(flow: list[Flowable], *, across: bool = False) -> None:
    """Lay and draw flowables by reportlab's own template."""
    template = SimpleDocTemplate(
        BytesIO(),
        pagesize=landscape(A4) if across else A4,
        leftMargin=30 * mm,
        rightMargin=20 * mm,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
    )
    template.build(flow)


def timed(work: Callable[[], object]) -> float:
    """Seconds it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def long_list(rows: int) -> Paper:
    """A list across the sheet with as many rows."""
    source = random.Random(2)
    columns = (
        Column("TT", 10, Align.CENTRE), Column("Họ và tên", 35), Column("Chức vụ, đơn vị", 45),
        Column("Tên sáng kiến", 70), Column("Quyết định", 40), Column("Giá trị", 27, Align.RIGHT),
        Column("Ghi chú", 20),
    )  # fmt: skip
    cells = tuple(
        Row(
            (
                str(number),
                sentence(source, 4),
                sentence(source, 8),
                sentence(source, 18),
                sentence(source, 8),
                f"{source.randrange(10**9)}",
                "",
            )
        )
        for number in range(rows)
    )
    table = Table(columns, cells, dense=True)
    return Paper("list", "Danh sách", (table,), Orientation.LANDSCAPE)


def measure_dossier() -> None:
    """From the record to the bytes, against reportlab's own flowables laid ready."""
    ready = list(dossier_papers())
    ours, theirs = [], []
    for _round in range(ROUNDS * 4):
        flow = [piece for paper in ready for piece in own(paper)]
        theirs.append(timed(partial(build, flow)))
        ours.append(timed(lambda: pdf.render(dossier_papers(), fonts=FONTS)))
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(
        f"one dossier, {pdf.render(ready, fonts=FONTS)[1]} pages: "
        f"{statistics.median(ours) * 1000:.1f} ms, reportlab's own flowables "
        f"{statistics.median(theirs) * 1000:.1f} ms; ratio {ratio:.2f}, goal < {DOSSIER_GOAL}"
    )


def measure_lists() -> None:
    """Growth from ten to twenty thousand rows, and against LongTable."""
    ten, twenty, small = long_list(10_000), long_list(20_000), long_list(BEARABLE)
    tens, twenties, ours, theirs = [], [], [], []
    for _round in range(LIST_ROUNDS):
        tens.append(timed(lambda: pdf.render([ten], fonts=FONTS)))
        twenties.append(timed(lambda: pdf.render([twenty], fonts=FONTS)))
        ours.append(timed(lambda: pdf.render([small], fonts=FONTS)))
        theirs.append(timed(lambda: build(list(own(small)), across=True)))
    growth = statistics.median(twenties) / statistics.median(tens)
    print(
        f"list of 10,000 rows {statistics.median(tens):.2f} s, of 20,000 "
        f"{statistics.median(twenties):.2f} s; ratio {growth:.2f}, goal <= {GROWTH_GOAL}"
    )
    faster = statistics.median(theirs) / statistics.median(ours)
    print(
        f"list of {BEARABLE:,} rows {statistics.median(ours):.2f} s, LongTable "
        f"{statistics.median(theirs):.2f} s; {faster:.1f} times as fast"
    )


def main() -> None:
    """Measure both."""
    pdf.render(dossier_papers(), fonts=FONTS)
    measure_dossier()
    measure_lists()


if __name__ == "__main__":
    main()
