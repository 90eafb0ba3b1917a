"""How far an initiative has come, in the words of registers and of answers to its authors."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from desktop.models.dossiers import Dossier, Reception
from desktop.printing.papers.parts import officer
from desktop.programme.shape import Document
from desktop.programme.verdict import Eligibility, Finding, Result, Severity, Verdict
from desktop.vietnamese.dates import VIETNAM, official_date, short_date

VERDICTS: Mapping[Eligibility, str] = MappingProxyType(
    {
        Eligibility.ELIGIBLE: "Đủ điều kiện",
        Eligibility.INELIGIBLE: "Không đủ điều kiện",
        Eligibility.REVIEW: "Cần xem xét",
    }
)
PORTAL: Mapping[str, str] = MappingProxyType(
    {
        "unsent": "Chưa gửi",
        "exported": "Đã xuất",
        "sent": "Đã cập nhật",
        "under_review": "Đang xem xét",
        "accepted": "Hợp lệ",
        "refused": "Không hợp lệ",
    }
)
"""The portal's state in the words of the programme; never our own verdict."""
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "passed": "Đạt",
        "failed": "Không đạt",
        "withdrawn": "Tác giả xin rút",
        "struck": "Đưa ra khỏi danh sách",
    }
)
"""What a council's session found."""


_CLAUSE = re.compile(r"(\d+/([^\W\d_]+)\S*) (.+)")
_DASH = re.compile(r" gạch(?= \d)")
_PLACE = re.compile(r"^mục(?= [IVX\d])")
_DOCUMENTS = {"HD": "Hướng dẫn", "KH": "Kế hoạch", "QĐ": "Quyết định", "NQ": "Nghị quyết"}
"""Sorts of documents by their abbreviation; a letter has none."""
_MONTH = re.compile(r"\b(\d{2}/)0([3-9]/\d{4})\b")
_TO_DO = re.compile(r"(?<=[.?!…]) (?=(?:Hãy|Đề nghị) )")
"""Where a finding stops saying what is wrong and begins to say what to do."""


def cited(clause: str, document: Document | None = None) -> str:
    """A clause as papers name it: "Hướng dẫn số 46/HD-TLĐ, Mục I.3, gạch đầu dòng thứ 1".

    With the day and the organ of the ``document`` where it is given (NĐ 30/2020, mục II khoản 5).
    """
    found = _CLAUSE.match(clause)
    if found is None:
        return clause
    kind, number, place = _DOCUMENTS.get(found[2], "Công văn"), found[1], found[3]
    of = f" {official_date(document.issued)}" if document and document.issued else ""
    of += f" của {document.organ}" if document and document.organ else ""
    place = f"Mục {place}" if re.match(r"[IVX]", place) else _PLACE.sub("Mục", place)
    return f"{kind} số {number}{of}, {_DASH.sub(', gạch đầu dòng thứ', place)}"


def citations(clauses: Sequence[str], documents: Sequence[Document]) -> list[str]:
    """Clauses in the order of a paper, each document with day and organ where it is named first."""
    known = {one.number: one for one in documents}
    told: set[str] = set()
    cites = []
    for clause in clauses:
        found = _CLAUSE.match(clause)
        number = found[1] if found else ""
        cites.append(cited(clause, None if number in told else known.get(number)))
        told.add(number)
    return cites


def official_days(text: str) -> str:
    """Days in a sentence as papers write them: months 3 to 9 without a zero (NĐ 30/2020)."""
    return _MONTH.sub(r"\1\2", text)


def reason_and_remedy(finding: Finding) -> tuple[str, str]:
    """What is wrong, and what to do; the second is blank where the finding does not say."""
    why, *to_do = _TO_DO.split(official_days(finding.message))
    return why, " ".join(to_do)


def overruling_words(finding: Finding) -> str:
    """What was found, and that it was accepted: why, by whom, and when."""
    ruling = finding.overruled
    if ruling is None:
        return official_days(finding.message)
    at = ruling.ruled_at.astimezone(VIETNAM)
    who = officer(ruling.ruled_by)
    by = f"{who}, " if who else ""
    by += f"{at:%H:%M} ngày {short_date(at.date())}"
    found, _remedy = reason_and_remedy(finding)
    return f"{found} Đã chấp nhận với lý do: {ruling.reason.rstrip(' .')} ({by})."


def recognised(dossier: Dossier) -> bool:
    """Whether a decision with a number recognises it."""
    return dossier.entry.decision is not None and bool(dossier.entry.decision.number)


def standing(dossier: Dossier, came: Reception) -> str:
    """The last that was found of it: decision, council, verdict; blank where nothing was.

    A council that did not pass it counts before a decision, unless that is of a later day.
    """
    if recognised(dossier) and not _turned_down(dossier, came):
        return "Đã được công nhận"
    if came.outcome:
        return f"Hội đồng: {OUTCOMES.get(came.outcome, came.outcome)}"
    return VERDICTS[dossier.verdict.eligibility] if dossier.verdict else ""


def _turned_down(dossier: Dossier, came: Reception) -> bool:
    """Whether the council did not pass it, and no decision of a later day recognised it."""
    if came.outcome in {"", "passed"}:
        return False
    issued = dossier.entry.decision.issued if dossier.entry.decision else None
    return issued is None or came.to_council is None or issued.last <= came.to_council


def blocking(verdict: Verdict | None) -> list[Finding]:
    """The findings for which a dossier is returned: blocking, not passed, not overruled."""
    return [
        one
        for one in (verdict.findings if verdict else ())
        if one.severity is Severity.BLOCK and one.result is not Result.PASS and not one.overruled
    ]


def overruled(verdict: Verdict | None) -> list[Finding]:
    """The findings that an officer set aside."""
    return [one for one in (verdict.findings if verdict else ()) if one.overruled]
