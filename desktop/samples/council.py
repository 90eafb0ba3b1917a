"""The fictional council of the samples: its members, its session, and what it found."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from desktop.models.actions.councils import RecordCouncil, RecordSession, ResultDraft
from desktop.models.actions.support_teams import MemberDraft, RecordSupportTeam
from desktop.samples.kept import PROVINCE

AWARD = "Bằng khen"
"""The form of commendation that the samples' persons are proposed for: a province gives it."""
COMMENDED = ("M01", "M03", "M04", "M07")
"""The samples whose credited authors are proposed for it."""
AMOUNT = 400_000
"""The money that goes with it, in dong."""

_FOUND = (
    ("M01", "passed", "86.5", 6, 0, ""),
    ("M02", "passed", "81", 6, 1, ""),
    ("M03", "passed", "90.5", 5, 0, ""),
    ("M05", "passed", "74", 6, 1, ""),
    ("M07", "passed", "79.5", 7, 0, ""),
    ("X01", "failed", "41", 2, 5, "Giải pháp đã áp dụng trước thời điểm bắt đầu Chương trình"),
    ("X04", "withdrawn", None, None, None, "Tác giả đề nghị hoàn thiện thêm hồ sơ"),
)


def sample_support_team() -> RecordSupportTeam:
    """The office's own support team, set up by a decision."""
    return RecordSupportTeam(
        PROVINCE,
        (
            MemberDraft("Tẩn Thị Mây", "Tổ trưởng", "0912 000 118"),
            MemberDraft("Đỗ Quang Khải", "Tổ phó"),
            MemberDraft("Lù Thị Hương", "Thành viên"),
            MemberDraft("Giàng A Chu", "Thành viên"),
        ),
        "27/QĐ-LĐLĐ",
        date(2022, 2, 15),
    )


def sample_council() -> RecordCouncil:
    """The council with its seven members."""
    return RecordCouncil(
        "Hội đồng sáng kiến Liên đoàn Lao động tỉnh Lai Châu",
        PROVINCE,
        "Quyết định số 12/QĐ-LĐLĐ ngày 10/01/2022",
        (
            ("Lò Minh Sơn", "Chủ tịch LĐLĐ tỉnh", "Chủ tịch Hội đồng"),
            ("Tẩn Thị Mây", "Phó Chủ tịch LĐLĐ tỉnh", "Phó Chủ tịch Hội đồng"),
            ("Đỗ Quang Khải", "Trưởng ban Chính sách pháp luật", "Thư ký Hội đồng"),
            ("Hoàng Văn Ước", "Chủ tịch Công đoàn Viên chức tỉnh", "Ủy viên"),
            ("Vàng Thị Dợ", "Kỹ sư cơ khí", "Ủy viên"),
            ("Giàng A Chu", "Bác sĩ", "Ủy viên"),
            ("Lù Thị Hương", "Giáo viên", "Ủy viên"),
        ),
    )


def sample_session(council_id: int) -> RecordSession:
    """A session at which all members were there."""
    return RecordSession(
        council_id,
        date(2023, 8, 4),
        "Phòng họp LĐLĐ tỉnh Lai Châu",
        "Lò Minh Sơn",
        "Đỗ Quang Khải",
        7,
        7,
    )


def sample_results(ids: Mapping[str, int]) -> tuple[ResultDraft, ...]:
    """What the session found of the samples; ``ids`` are theirs, by code."""
    return tuple(
        ResultDraft(
            ids[code],
            outcome,
            None if score is None else Decimal(score),
            votes_for,
            votes_against,
            note,
        )
        for code, outcome, score, votes_for, votes_against, note in _FOUND
    )
