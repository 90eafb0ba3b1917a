"""Phiếu trả lời tác giả: half a sheet for each author, saying what became of the initiative."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from desktop.models.dossiers import Dossier, OfficeSheet, Reception
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.printing.forms import FormSet, fill
from desktop.printing.office_forms import ReplyForm
from desktop.printing.paper import (
    Addressees,
    Block,
    Halves,
    LabelledLine,
    Paper,
    Text,
    Title,
    bold,
    plain,
)
from desktop.printing.papers.outcomes import PORTAL, blocking, cited, recognised
from desktop.printing.papers.parts import BLANK_DATE, in_order, shown
from desktop.printing.papers.phrases import (
    addressed,
    office_header,
    place_of_work,
    programme_of,
    signed,
)
from desktop.programme.verdict import Eligibility
from desktop.vietnamese.dates import official_date, short_date
from desktop.vietnamese.money import format_share

NAME = "Phiếu trả lời tác giả"

Slip = tuple[Dossier, AuthorDraft]


def reply_slips(
    dossiers: Sequence[Dossier],
    receptions: Mapping[int, Reception],
    office: OfficeSheet,
    forms: FormSet,
    on: date,
) -> Iterator[Paper]:
    """Sheets of two slips each, or of one; the authors of an initiative in their order."""
    form, count = forms.reply_slip, 2 if forms.reply_slip.half_sheet else 1
    slips = [
        (dossier, author)
        for dossier in dossiers
        for author in in_order(dossier.entry.authors) or [AuthorDraft()]
    ]
    for at in range(0, len(slips), count):
        pair = slips[at : at + count]
        halves = [_slip(one, receptions, office, form, on) for one in pair]
        blocks = (Halves(*halves),) if form.half_sheet else halves[0]
        yield Paper("reply-slip", NAME, blocks, author=office.name, bookmark=(_mark(pair),))


def _mark(pair: Sequence[Slip]) -> str:
    """The names on a sheet."""
    names = ", ".join(author.name for _dossier, author in pair if author.name)
    return f"{NAME} – {names}" if names else NAME


def _slip(
    slip: Slip,
    receptions: Mapping[int, Reception],
    office: OfficeSheet,
    form: ReplyForm,
    on: date,
) -> tuple[Block, ...]:
    dossier, author = slip
    entry = dossier.entry
    came = receptions.get(dossier.initiative_id, Reception(dossier.initiative_id))
    share = f"{format_share(author.share)}%" if author.share is not None else ""
    return (
        office_header(office, on, form.code, form.symbol),
        _title(office, form),
        Addressees("Kính gửi:", _to(author)),
        Text(plain(programme_of(form.opening, office))),
        LabelledLine(plain("- Đơn vị công tác:"), place_of_work(author, entry)),
        LabelledLine(plain("- Tên sáng kiến:"), entry.title),
        *_kept(_came(dossier, came), share, joined=form.half_sheet),
        LabelledLine(bold("- Kết quả xét công nhận:"), _recognition(dossier, came, form)),
        LabelledLine(bold("- Kết quả kiểm tra điều kiện:"), _check(dossier, form)),
        Text(plain(programme_of(form.closing, office))),
        signed(office, form.recipients),
    )


def _title(office: OfficeSheet, form: ReplyForm) -> Title:
    """Its name, and what it is about with the line below."""
    subject = programme_of(form.subject, office)
    return Title((form.title,), (subject,) if subject else (), rule=bool(subject))


def _to(author: AuthorDraft) -> tuple[str, ...]:
    """The author; nobody where they are not known."""
    return (addressed(author.name, author.gender),) if author.name else ()


def _kept(came: str, share: str, *, joined: bool) -> list[Block]:
    """Code, day of receipt and the author's share.

    ``joined``: on one line where all are known, as the room on half a sheet is dear.
    """
    if joined and came and share:
        value = f"{came}; tỷ lệ đóng góp của tác giả: {share}"
        return [LabelledLine(plain("- Mã hồ sơ, ngày nhận:"), value)]
    return [
        LabelledLine(plain("- Mã hồ sơ, ngày nhận:"), came),
        LabelledLine(plain("- Tỷ lệ đóng góp của tác giả:"), share),
    ]


def _came(dossier: Dossier, came: Reception) -> str:
    day = f"ngày {short_date(came.received)}" if came.received else ""
    return ", ".join(part for part in (dossier.code, day) if part)


def _recognition(dossier: Dossier, came: Reception, form: ReplyForm) -> str:
    """What the decision says, or else the council."""
    if recognised(dossier):
        return fill(form.recognised, decision=_decision(dossier.entry))
    said = {
        "passed": form.passed,
        "failed": form.failed,
        "withdrawn": form.withdrawn,
        "struck": form.struck,
    }.get(came.outcome, "")
    day = official_date(came.to_council) if came.to_council else BLANK_DATE
    return fill(said, day=day, note=f"Lý do: {came.note}." if came.note else "").strip()


def _check(dossier: Dossier, form: ReplyForm) -> str:
    """What the check found, and how the portal stands where it was sent there."""
    said = [_portal(dossier.entry, form)]
    if dossier.verdict is not None:
        # A paper names the clause, not our code for it.
        rules = "; ".join(dict.fromkeys(cited(one.clause) for one in blocking(dossier.verdict)))
        by_verdict = {
            Eligibility.ELIGIBLE: form.eligible,
            Eligibility.REVIEW: form.review,
            Eligibility.INELIGIBLE: form.ineligible,
        }
        said.insert(0, fill(by_verdict[dossier.verdict.eligibility], rules=rules))
    return " ".join(part for part in said if part)


def _decision(entry: InitiativeDraft) -> str:
    """As in "số 118/QĐ-HĐSK ngày 20/12/2021 của Hội đồng sáng kiến …"."""
    draft = entry.decision or DecisionDraft()
    day = f" ngày {shown(draft.issued)}" if draft.issued else ""
    return f"số {draft.number}{day}" + (f" của {draft.issuer}" if draft.issuer else "")


def _portal(entry: InitiativeDraft, form: ReplyForm) -> str:
    """How it stands on the portal; nothing where it was not sent."""
    if entry.portal_state in {"unsent", "exported"} or not form.portal:
        return ""
    state = PORTAL.get(entry.portal_state, entry.portal_state)
    time = f", ngày {short_date(entry.sent.day)}" if entry.sent else ""
    code = f", mã {entry.portal_code}" if entry.portal_code else ""
    return fill(form.portal, state=state[:1].lower() + state[1:], time=time, code=code)
