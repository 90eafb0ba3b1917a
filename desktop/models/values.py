"""What the fields of records are made of: the words an office chooses from, and how they show."""

from enum import StrEnum

from desktop.text import N_, _


class PortalState(StrEnum):
    """Where an initiative stands with the portal (trạng thái Cổng); never our verdict."""

    UNSENT = "unsent"
    EXPORTED = "exported"
    SENT = "sent"
    UNDER_REVIEW = "under_review"
    ACCEPTED = "accepted"
    REFUSED = "refused"


PORTAL_STATE_NAMES = {
    PortalState.UNSENT: N_("Not sent"),
    PortalState.EXPORTED: N_("Exported"),
    PortalState.SENT: N_("Entered on the portal"),
    PortalState.UNDER_REVIEW: N_("Under review there"),
    PortalState.ACCEPTED: N_("Accepted there"),
    PortalState.REFUSED: N_("Refused there"),
}
"""Vietnamese: Chưa gửi, Đã xuất, Đã cập nhật, Đang xem xét, Hợp lệ, Không hợp lệ."""

ELIGIBILITY_NAMES = {
    "eligible": N_("Eligible"),
    "ineligible": N_("Not eligible"),
    "review": N_("To be reviewed"),
}
"""Vietnamese: Đủ điều kiện, Không đủ điều kiện, Cần xem xét."""


def portal_state_name(state: str) -> str:
    """The state's name in the language in use; an unknown state as it is written."""
    try:
        return _(PORTAL_STATE_NAMES[PortalState(state)])
    except ValueError:
        return state


def eligibility_name(verdict: str) -> str:
    """The verdict's name in the language in use; blank where there is none."""
    return _(ELIGIBILITY_NAMES[verdict]) if verdict in ELIGIBILITY_NAMES else ""
