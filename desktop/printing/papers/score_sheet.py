"""Phiếu đánh giá: what a member of the council gives an initiative for each criterion.

Named sheets carry the member's name; secret ones carry none and are not signed.
"""

from collections.abc import Iterator, Sequence

from desktop.models.dossiers import Dossier, MemberLine, OfficeSheet, Sitting
from desktop.models.entry import InitiativeDraft
from desktop.printing.forms import FormSet, fill
from desktop.printing.official_forms import Criterion, ScoreForm
from desktop.printing.paper import (
    Align,
    Block,
    Choice,
    Column,
    Header,
    LabelledLine,
    Paper,
    Row,
    RowKind,
    Signatures,
    Signer,
    Table,
    Tag,
    Text,
    TickBoxes,
    Title,
    bold,
    italic,
)
from desktop.printing.papers.parts import employer, in_order, place_date
from desktop.printing.papers.phrases import or_blank
from desktop.printing.sheet_codes import SheetCode
from desktop.vietnamese.folding import fold, syllable_key

NAME = "Phiếu đánh giá của thành viên Hội đồng"
BALLOT_NAME = "Phiếu đánh giá kín của thành viên Hội đồng"

_COUNCIL = "Hội đồng sáng kiến"
_COLUMNS = (
    Column("TT", 12, Align.CENTRE),
    Column("Tiêu chí đánh giá", 72),
    Column("Thang điểm chấm", 34, Align.CENTRE),
    Column("Điểm chấm của thành viên Hội đồng", 42, Align.CENTRE),
)


def score_sheets(
    dossier: Dossier, office: OfficeSheet, forms: FormSet, sitting: Sitting | None
) -> Iterator[Paper]:
    """A sheet for each member of the council who scores; one without a name where none is known."""
    members = voting(sitting.members if sitting else (), dossier.entry, forms.score_sheet)
    for member in members or (MemberLine(""),):
        yield _sheet(dossier, office, forms, sitting, member)


def voting(
    members: Sequence[MemberLine], entry: InitiativeDraft, form: ScoreForm
) -> tuple[MemberLine, ...]:
    """The members who score an initiative: not its authors, whom their names tell."""
    authors = {syllable_key(one.name) for one in entry.authors if one.name}
    abstain = authors if form.authors_abstain else set()
    return tuple(one for one in members if syllable_key(one.name) not in abstain)


def secret_sheet(
    dossier: Dossier, office: OfficeSheet, forms: FormSet, sitting: Sitting | None
) -> Paper:
    """The sheet for a secret ballot."""
    return _sheet(dossier, office, forms, sitting, None)


def _sheet(
    dossier: Dossier,
    office: OfficeSheet,
    forms: FormSet,
    sitting: Sitting | None,
    member: MemberLine | None,
) -> Paper:
    """One sheet; ``member`` None makes it secret."""
    form, entry = forms.score_sheet, dossier.entry
    authors = ", ".join(author.name for author in in_order(entry.authors))
    blocks: list[Block] = [
        council_header(office, sitting, form.code if member else form.code_secret),
        Title((form.title,), (form.subject,), rule=True),
        LabelledLine(bold("Tên giải pháp:"), entry.title, 2),
        LabelledLine(bold("Thuộc lĩnh vực:"), entry.field),
        LabelledLine(bold("Tác giả:"), authors),
        LabelledLine(bold("Đơn vị công tác:"), employer(entry.unit)),
        Table(_COLUMNS, tuple(_rows(form)), dotted=True),
        Text(italic(_rule(form))),
        TickBoxes(bold(form.conclusion), (Choice(form.passed), Choice(form.failed))),
        _foot(form, member),
    ]
    name = BALLOT_NAME if member is None else NAME
    key = "score-sheet-secret" if member is None else "score-sheet"
    told = f"{name} – {member.name}" if member and member.name else name
    tag = _tag(dossier, sitting, member)
    return Paper(key, name, tuple(blocks), author=office.name, bookmark=(told,), tag=tag)


def _tag(dossier: Dossier, sitting: Sitting | None, member: MemberLine | None) -> Tag | None:
    """What the sheet is found again by; that of a secret ballot tells nobody's name."""
    named = member is None or member.member_id
    if sitting is None or not (sitting.session_id and dossier.initiative_id and named):
        return None
    code = SheetCode(sitting.session_id, dossier.initiative_id, member.member_id if member else 0)
    return Tag(code.payload, f"Mã phiếu {code.text}")


def council_header(
    office: OfficeSheet, sitting: Sitting | None, code: str, number: str = ""
) -> Header:
    """The council's own head: the organ it belongs to above it; the day is written by hand."""
    organ = sitting.unit if sitting else ""
    if organ in {"", office.name}:
        organ = office.header[-1] if office.header else or_blank(office.name)
    council = sitting.council if sitting and sitting.council else _COUNCIL
    if fold(council).startswith(fold(_COUNCIL)):
        # Whose council it is stands above.
        council = _COUNCIL
    place = place_date(office.place, sitting.held if sitting else None)
    return Header((organ.upper(), council.upper()), number, place, code)


def _rows(form: ScoreForm) -> Iterator[Row]:
    """Each criterion with its parts and a place for remarks, and the sum."""
    number = 0
    names: list[str] = []
    for at, criterion in enumerate(form.rubric):
        if criterion.criterion not in names:
            names.append(criterion.criterion)
            number, part = len(names), 0
            if criterion.sub:
                yield Row((f"{number}. {criterion.criterion}",), spans=(len(_COLUMNS),))
        part += 1
        mark = f"{number}.{part}" if criterion.sub else str(number)
        yield Row((mark, criterion.sub or criterion.criterion, _points(criterion), ""))
        following = form.rubric[at + 1 : at + 2]
        if form.remark and (not following or following[0].criterion != criterion.criterion):
            yield Row((form.remark,), spans=(len(_COLUMNS),))
    total = sum(criterion.max for criterion in form.rubric)
    yield Row((form.total, f"Tối đa {total} điểm", ""), RowKind.TOTAL, (2, 1, 1))


def _points(criterion: Criterion) -> str:
    """The range of points, and the least that must be reached."""
    text = f"0 – {criterion.max} điểm"
    if criterion.min_pass > 1:
        text += f"\n(đạt từ {criterion.min_pass} điểm)"
    return text


def _rule(form: ScoreForm) -> str:
    """When an initiative passes."""
    total = sum(criterion.max for criterion in form.rubric)
    kill = any(criterion.kill_if_fail for criterion in form.rubric)
    least = any(criterion.min_pass > 1 for criterion in form.rubric)
    words = (
        " và không tiêu chí nào dưới mức điểm đạt"
        if least
        else " và không có tiêu chí nào 0\u00a0điểm"
    )
    return fill(
        form.rule, **{"pass": str(form.pass_from), "total": str(total)}, kill=words if kill else ""
    )


def _foot(form: ScoreForm, member: MemberLine | None) -> Block:
    """The member's signature, or why there is none."""
    if member is None:
        return Text(italic(form.secret_note), Align.CENTRE, indent=False)
    return Signatures((Signer((form.signer,), member.name, form.hint),))
