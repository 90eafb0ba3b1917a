"""What several papers say in the same way: authors, benefit, decision, date, foot of a list."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from desktop.models.dossiers import AttachmentLine, OfficeSheet
from desktop.models.entry import AuthorDraft, DecisionDraft, InitiativeDraft
from desktop.printing.paper import Column, Header, Signatures, Signer
from desktop.vietnamese.dates import PartialDate, official_date, short_date
from desktop.vietnamese.money import format_money
from desktop.vietnamese.numerals import LARGEST, money_in_words

BLANK_DATE = "ngày …… tháng …… năm ……"
"""A date to be written in by hand."""
BLANK_PLACE = "………………"
TOPIC = "1.7"
"""The category of research topics (đề tài), which need their effect confirmed."""
NOT_CONVERTED = "Không quy đổi"
"""In lists, for a benefit that cannot be turned into money; it is not nought."""


def header(office: OfficeSheet, on: date, form_code: str) -> Header:
    """The block that opens a paper of the office itself."""
    return Header(
        organs=office.header or (office.name.upper(),),
        place_date=place_date(office.place, on),
        form_code=form_code,
    )


def place_date(place: str, on: date | None) -> str:
    """As in "Lai Châu, ngày 04 tháng 8 năm 2023", dotted where day or place is not known."""
    return f"{place or BLANK_PLACE}, {official_date(on) if on else BLANK_DATE}"


def officer(user: str) -> str:
    """Who did something, by name; blank for the name under which a computer knows somebody."""
    return user if " " in user.strip() else ""


def in_order(authors: Sequence[AuthorDraft]) -> list[AuthorDraft]:
    """The author put forward for credit first, the others as they stand."""
    return sorted(authors, key=lambda author: not author.credited)


def workplace(author: AuthorDraft, entry: InitiativeDraft) -> str:
    """Where the author works: team and workplace, else the union's own unit."""
    return ", ".join(part for part in (author.team, author.workplace) if part) or employer(
        entry.unit
    )


def employer(unit: str) -> str:
    """Where the members of a grassroots union work: its name is that of the union with a prefix."""
    return unit.removeprefix("CĐCS ").removeprefix("Công đoàn cơ sở ")


def applied(entry: InitiativeDraft) -> PartialDate | None:
    """The first application: the earlier of trial and use (Thông tư 18/2013, Phụ lục I)."""
    known = [day for day in (entry.trial, entry.use) if day is not None]
    return min(known, key=lambda day: (day.first, day.last)) if known else None


def shown(day: PartialDate | None) -> str:
    """A date as written in a form, blank where not known."""
    return short_date(day) if day is not None else ""


def benefit(entry: InitiativeDraft) -> str:
    """One year's benefit in figures and words, how it was worked out, and what else it brings."""
    year = entry.benefit_year
    lines = []
    if year is not None:
        lines.append(
            f"Giá trị làm lợi trong 01 năm: {format_money(year)} đồng {in_words(year)}".strip()
            + "."
        )
    elif entry.social_benefit or entry.benefit_method:
        lines.append("Giá trị làm lợi: không quy đổi được thành tiền.")
    if entry.benefit_method:
        lines.append(f"Cách tính: {entry.benefit_method}")
    if entry.social_benefit:
        lines.append(f"Lợi ích xã hội: {entry.social_benefit}")
    return "\n".join(lines)


def reach(entry: InitiativeDraft) -> str:
    """Where it could be used, and where it is."""
    scope = f"Phạm vi áp dụng: {entry.scope}" if entry.scope else ""
    return "\n".join(part for part in (entry.applicability, scope) if part)


def in_words(dong: int, end: str = "") -> str:
    """As below sums: "(Bằng chữ: … đồng)"; blank beyond what can be said in words."""
    return f"(Bằng chữ: {money_in_words(dong)}{end})" if abs(dong) <= LARGEST else ""


def decision(draft: DecisionDraft | None) -> str:
    """Number, day and issuer of the recognition decision in the narrow column of a list."""
    if draft is None or draft.is_blank():
        return ""
    parts = [draft.number, f"ngày {short_date(draft.issued)}" if draft.issued else "", draft.issuer]
    return ", ".join(part for part in parts if part)


def recognition(entry: InitiativeDraft, before: str = "") -> str:
    """What recognises an initiative, in a list; ``before`` stands before a decision's number.

    Of a topic without a decision: when it was accepted, and who confirmed its effect, and when.
    """
    if entry.category == TOPIC and (entry.decision is None or entry.decision.is_blank()):
        return _topic(entry)
    draft = entry.decision
    if draft is None or not before:
        return decision(draft)
    if not draft.number:
        return ""
    return f"{before}{draft.number}" + (f" ngày {short_date(draft.issued)}" if draft.issued else "")


def _topic(entry: InitiativeDraft) -> str:
    """As in "Nghiệm thu ngày 12/10/2021; xác nhận hiệu quả ngày 22/3/2022 (HTX Dược liệu)"."""
    said = []
    if entry.topic_accepted is not None:
        said.append(f"nghiệm thu {_on(entry.topic_accepted)}".strip())
    if entry.effect_confirmed_on is not None or entry.effect_confirmed_by:
        by = f"({entry.effect_confirmed_by})" if entry.effect_confirmed_by else ""
        on = _on(entry.effect_confirmed_on) if entry.effect_confirmed_on is not None else ""
        said.append(" ".join(part for part in ("xác nhận hiệu quả", on, by) if part))
    words = "; ".join(said)
    return words[:1].upper() + words[1:]


def _on(day: PartialDate) -> str:
    """A date in running text, "tháng" or "năm" where the day is not known."""
    return f"{('năm', 'tháng', 'ngày')[day.isoformat().count('-')]} {short_date(day)}"


def two_digits(number: int) -> str:
    """Counts in running text have two digits at least ("02 giai đoạn", "05 tập thể"); none is 0."""
    return f"{number:02d}" if 0 < number < 10 else format_money(number)


def list_foot(office: OfficeSheet, maker: str) -> Signatures:
    """Who drew up the list, left; who signs for the office, right."""
    return Signatures(
        (Signer((maker,)), Signer(office.signature or ("THỦ TRƯỞNG ĐƠN VỊ",), office.signer))
    )


_FILE_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "application": "Đơn yêu cầu công nhận sáng kiến",
        "description": "Mô tả sáng kiến",
        "decision": "Quyết định công nhận sáng kiến",
        "effect": "Giấy xác nhận hiệu quả áp dụng",
        "other": "Tài liệu khác",
    }
)


def file_kind(kept: AttachmentLine) -> str:
    """What a kept file shows, in words; its name where nobody said."""
    return _FILE_KINDS.get(kept.kind, kept.kind) or kept.name


def titled(columns: Sequence[Column], titles: Sequence[str]) -> tuple[Column, ...]:
    """The columns under the titles that the form has for them."""
    return tuple(replace(one, heading=title) for one, title in zip(columns, titles, strict=True))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, the last of the month where that has fewer days."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
