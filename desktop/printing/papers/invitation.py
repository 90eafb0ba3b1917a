"""Giấy mời họp Hội đồng sáng kiến.

Nghị định 30/2020/NĐ-CP, mẫu 1.7.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from desktop.models.dossiers import Dossier, MemberLine, OfficeSheet, Sitting
from desktop.models.entry import InitiativeDraft
from desktop.printing.forms import FormSet, fill
from desktop.printing.office_forms import InvitationForm
from desktop.printing.paper import Block, LabelledLine, Paper, Text, Title, plain
from desktop.printing.papers.parts import BLANK_DATE, two_digits
from desktop.printing.papers.phrases import (
    BLANK_COUNT,
    addressed,
    ended,
    form_of_address,
    in_full,
    office_header,
    programme_of,
    signed,
)
from desktop.vietnamese.dates import official_date
from desktop.vietnamese.folding import syllable_key

NAME = "Giấy mời họp Hội đồng sáng kiến"


def invitations(
    sitting: Sitting | None,
    dossiers: Sequence[Dossier],
    office: OfficeSheet,
    forms: FormSet,
    on: date,
) -> Iterator[Paper]:
    """An invitation for each member, or one that names all; without a session one to fill in."""
    form, held = forms.invitation, sitting or Sitting()
    asked = len(held.results) or sum(one.entry != InitiativeDraft() for one in dossiers)
    asked_in = _invited(held, office)
    groups = [(one,) for one in asked_in] if form.per_member else [asked_in]
    for members in groups or [()]:
        yield _invitation(tuple(members), held, asked, office, form, on)


def _invitation(
    members: tuple[MemberLine, ...],
    held: Sitting,
    asked: int,
    office: OfficeSheet,
    form: InvitationForm,
    on: date,
) -> Paper:
    council = in_full(held.council) or "Hội đồng sáng kiến"
    day = official_date(held.held) if held.held else BLANK_DATE
    # Nobody is invited to what is over: its day of issue is written in.
    issued = on if held.held is None or on <= held.held else None
    blocks: tuple[Block, ...] = (
        office_header(office, issued, form.code, form.symbol),
        Title((form.title,), (fill(form.subject, council=council),), rule=True),
        LabelledLine(
            plain(programme_of(form.invites, office)), "\n".join(map(_member, members)), 2
        ),
        Text(plain(fill(form.attend, council=council))),
        LabelledLine(
            plain("Nội dung:"),
            fill(form.content, count=two_digits(asked) if asked else BLANK_COUNT),
        ),
        LabelledLine(plain("Chủ trì:"), ended(_chair(held))),
        LabelledLine(plain("Thời gian:"), f"…… giờ ……, {day}."),
        LabelledLine(plain("Địa điểm:"), ended(in_full(held.place))),
        Text(plain(fill(form.closing, you=_you(members)))),
        signed(office, form.recipients),
    )
    told = members[0].name if len(members) == 1 and members[0].name else ""
    return Paper(
        "invitation",
        NAME,
        blocks,
        author=office.name,
        bookmark=(f"{NAME} – {told}" if told else NAME,),
    )


def _invited(held: Sitting, office: OfficeSheet) -> tuple[MemberLine, ...]:
    """Every member but who signs and who is in the chair: nobody invites himself."""
    hosts = {syllable_key(name) for name in (held.chair, office.signer) if name}
    return tuple(one for one in held.members if syllable_key(one.name) not in hosts)


def _member(member: MemberLine) -> str:
    """As in "Ông Giàng A Chu, Bác sĩ – Ủy viên."."""
    name = addressed(member.name, member.gender)
    name += f", {in_full(member.post)}" if member.post else ""
    return ended(f"{name} – {member.role}" if member.role else name)


def _you(members: Sequence[MemberLine]) -> str:
    """How those invited are spoken to: "ông", "bà", both where there are several."""
    alone = members[0] if len(members) == 1 else MemberLine("")
    return form_of_address(alone.name, alone.gender).lower()


def _chair(held: Sitting) -> str:
    """The chair with their role in the council, where it is known."""
    if not held.chair:
        return ""
    known = next((one for one in held.members if one.name == held.chair), MemberLine(held.chair))
    return addressed(known.name, known.gender) + (f" – {known.role}" if known.role else "")
