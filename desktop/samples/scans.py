"""A recognition decision as its issuer would have written it, to attach to the samples."""

from collections.abc import Sequence

from desktop.models.entry import DecisionDraft, InitiativeDraft
from desktop.printing.paper import Article, Header, LegalBases, Paper, Signatures, Signer, Title
from desktop.vietnamese.dates import official_date

_BASES = (
    "Căn cứ Nghị định số 13/2012/NĐ-CP ngày 02/3/2012 của Chính phủ ban hành Điều lệ Sáng kiến;",
    "Căn cứ biên bản họp của Hội đồng sáng kiến.",
)


def decision_scan(
    decision: DecisionDraft, place: str, initiatives: Sequence[InitiativeDraft]
) -> Paper:
    """The decision on these initiatives, in the order of Nghị định 30/2020, form 1.2."""
    issuer = decision.issuer.removeprefix("Hội đồng sáng kiến ").strip()
    on = f"{place}, {official_date(decision.issued)}" if decision.issued else ""
    titles = tuple(
        f"“{one.title}” của {', '.join(author.name for author in one.authors)};"
        for one in initiatives
    )
    return Paper(
        "decision",
        f"Quyết định {decision.number}",
        (
            Header((issuer.upper(), "HỘI ĐỒNG SÁNG KIẾN"), f"Số: {decision.number}", on),
            Title(("QUYẾT ĐỊNH",), (decision.summary or "Về việc công nhận sáng kiến",), rule=True),
            LegalBases(_BASES),
            Title(("QUYẾT ĐỊNH:",)),
            Article("Điều 1.", ("Công nhận các sáng kiến sau đây:", *titles)),
            Article("Điều 2.", ("Quyết định này có hiệu lực kể từ ngày ký.",)),
            Article(
                "Điều 3.",
                ("Các thành viên Hội đồng sáng kiến và các tác giả chịu trách nhiệm thi hành./.",),
            ),
            Signatures(
                (Signer(("TM. HỘI ĐỒNG", "CHỦ TỊCH"), decision.signer),),
                ("- Như Điều 3;", "- Lưu: VT."),
            ),
        ),
    )
