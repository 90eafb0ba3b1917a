"""The columns of the list of initiatives, and the words for shelves, verdicts and portal states."""

from collections.abc import Iterable

from desktop.models.register import Row
from desktop.models.values import (
    ELIGIBILITY_NAMES,
    eligibility_name,
    portal_state_name,
)
from desktop.text import N_, _
from desktop.views.amounts import money, shown_date
from desktop.views.grid import Column

SHELF_NAMES = {
    "all": N_("All"),
    "draft": N_("Drafts"),
    "incomplete": N_("Incomplete"),
    "undecided": N_("Awaiting recognition"),
    "recognised": N_("Recognised"),
    "unsent": N_("Not sent"),
    "lookalike": N_("Look-alikes"),
    "bin": N_("Recycle bin"),
}
"""Nháp, Thiếu hồ sơ, Chờ công nhận, Đã công nhận, Chưa gửi, Nghi trùng, Thùng rác."""

VERDICT_TONES = {"eligible": "good", "ineligible": "bad", "review": "warn"}
VERDICT_ICONS = {
    "eligible": "circle-check",
    "ineligible": "circle-x",
    "review": "alert-triangle",
}
PORTAL_TONES = {
    "unsent": "quiet",
    "exported": "warn",
    "sent": "calm",
    "under_review": "calm",
    "accepted": "good",
    "refused": "bad",
}


def register_columns() -> tuple[Column, ...]:
    """The columns in the language in use."""
    return (
        Column("code", _("Code"), lambda row: row.code, order="code", sample="SK22-0000"),
        Column("title", _("Title"), lambda row: row.title, order="title"),
        Column("author", _("Author"), _author, order="author", sample="Nguyễn Thị Hư"),
        Column("unit", _("Unit"), lambda row: row.unit, order="unit", sample="CĐCS Trung t"),
        Column(
            "used",
            _("In use\nfrom"),
            lambda row: shown_date(row.used),
            order="used",
            sample="00/00/0000",
        ),
        Column(
            "benefit",
            _("Benefit,\n1 year (đ)"),
            lambda row: money(row.benefit),
            order="benefit",
            sample="000.000.000",
            right=True,
        ),
        Column(
            "verdict",
            _("Check\nresult"),
            lambda row: eligibility_name(row.verdict),
            order="verdict",
            sample=_widest(_(text) for text in ELIGIBILITY_NAMES.values()) + "MMI",
            tone=lambda row: VERDICT_TONES.get(row.verdict, "quiet"),
            icon=lambda row: VERDICT_ICONS.get(row.verdict, ""),
        ),
        Column(
            "portal",
            _("Portal\nstate"),
            lambda row: portal_state_name(row.portal_state),
            order="portal",
            sample="Không hợp lệ",
            tone=lambda row: PORTAL_TONES.get(row.portal_state, ""),
        ),
    )


def _widest(texts: Iterable[str]) -> str:
    return max(texts, key=len)


def _author(row: Row) -> str:
    return f"{row.author} +{row.authors - 1}" if row.authors > 1 else row.author
