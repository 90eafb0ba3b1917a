"""Phiếu kiểm tra điều kiện: what the rules say of one initiative, failing ones first."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.printing.forms import FormSet, fill
from desktop.printing.paper import (
    Align,
    Block,
    Choice,
    Column,
    LabelledLine,
    Paper,
    Row,
    Signatures,
    Signer,
    Table,
    Text,
    TickBoxes,
    Title,
    bold,
    plain,
)
from desktop.printing.papers.outcomes import VERDICTS, overruling_words
from desktop.printing.papers.parts import header, in_order, two_digits
from desktop.printing.papers.phrases import in_full
from desktop.programme.verdict import Finding, Result, Severity, Verdict

NAME = "Phiếu kiểm tra điều kiện"

RESULTS: Mapping[Result, str] = MappingProxyType(
    {Result.PASS: "Đạt", Result.FAIL: "Không đạt", Result.REVIEW: "Cần xem xét"}
)
_REMARKS: Mapping[Severity, str] = MappingProxyType(
    {Severity.BLOCK: "", Severity.WARN: "(cảnh báo)", Severity.INFO: "(thông tin)"}
)
_COLUMNS = (
    Column("TT", 10, Align.CENTRE),
    Column("Điều kiện", 20, Align.CENTRE),
    Column("Căn cứ", 36),
    Column("Kết quả", 26, Align.CENTRE),
    Column("Nội dung kiểm tra", 68),
)


def verdict_sheet(dossier: Dossier, office: OfficeSheet, forms: FormSet, on: date) -> Paper:
    """The findings of the last check, in the order of the verdict, and what follows from them."""
    form, entry, verdict = forms.verdict_sheet, dossier.entry, dossier.verdict
    subject = fill(form.subject, programme=office.programme_title)
    blocks: tuple[Block, ...] = (
        header(office, on, form.code),
        Title((form.title,), (subject,) if office.programme_title else (), rule=True),
        LabelledLine(bold("Mã hồ sơ:"), dossier.code),
        LabelledLine(bold("Tên sáng kiến:"), entry.title),
        LabelledLine(
            bold("Tác giả:"), ", ".join(author.name for author in in_order(entry.authors))
        ),
        LabelledLine(bold("Đơn vị:"), in_full(", ".join(dossier.unit_path[::-1]) or entry.unit)),
        *_findings(verdict),
        *_conclusion(verdict),
        Signatures((Signer((form.checker,), "", form.hint),)),
    )
    return Paper("verdict-sheet", NAME, blocks, author=office.name, bookmark=(NAME,))


def _findings(verdict: Verdict | None) -> list[Block]:
    """The table of findings, or a sentence where nothing was checked."""
    if verdict is None:
        return [Text(plain("Sáng kiến này chưa được kiểm tra điều kiện."))]
    rows = tuple(
        Row(
            (str(number), finding.rule, finding.clause, _result(finding), overruling_words(finding))
        )
        for number, finding in enumerate(verdict.findings, 1)
    )
    return [Table(_COLUMNS, rows)]


def _result(finding: Finding) -> str:
    """Passed or not, the weight of what only warns or informs, and what an officer accepted."""
    if not finding.applies:
        return "Không áp dụng"
    if finding.overruled is not None:
        return f"{RESULTS[finding.result]} (đã được chấp nhận)"
    remark = "" if finding.result is Result.PASS else _REMARKS[finding.severity]
    return f"{RESULTS[finding.result]} {remark}".strip()


def _conclusion(verdict: Verdict | None) -> list[Block]:
    """The verdict ticked, the stage, and the stages still open."""
    found = verdict.eligibility if verdict else None
    blocks: list[Block] = [
        TickBoxes(
            bold("Kết luận:"),
            tuple(Choice(name, eligibility is found) for eligibility, name in VERDICTS.items()),
        )
    ]
    if verdict is None:
        return blocks
    if verdict.stage is not None:
        stage = f"Thời điểm cập nhật Cổng thuộc giai đoạn {verdict.stage}."
    elif verdict.can_send:
        stages = ", ".join(map(str, verdict.can_send))
        stage = f"Chưa cập nhật Cổng; còn cập nhật được trong giai đoạn {stages}."
    else:
        stage = "Không thuộc giai đoạn nào của Chương trình."
    count = sum(
        finding.result is not Result.PASS and finding.overruled is None
        for finding in verdict.findings
    )
    summary = f"Số nội dung chưa đạt hoặc cần xem xét: {two_digits(count)}. {stage}"
    return [*blocks, Text(plain(summary))]
