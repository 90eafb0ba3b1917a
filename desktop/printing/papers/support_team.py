"""Quyết định thành lập Tổ hỗ trợ sáng kiến of a unit.

Nghị định 30/2020/NĐ-CP, mẫu 1.2; the teams by Chương trình 01 triệu sáng kiến, mục IV.2.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from desktop.models.dossiers import OfficeSheet, SupportTeamSheet, TeamMember
from desktop.printing.forms import FormSet, fill
from desktop.printing.office_forms import SupportTeamForm
from desktop.printing.paper import Article, Block, Header, Paper, Title
from desktop.printing.papers.parts import place_date, two_digits
from desktop.printing.papers.phrases import (
    BLANK,
    BLANK_COUNT,
    authority,
    in_full,
    issuer,
    legal_bases,
    number,
    or_blank,
    programme_of,
    signed,
)
from desktop.vietnamese.folding import syllable_key

NAME = "Quyết định thành lập Tổ hỗ trợ sáng kiến"

_ONE_LINE = 48
"""So many capitals stand on one line."""
_LEAST = 3
"""Lines for members where none is known."""


def support_team_decisions(
    teams: Sequence[SupportTeamSheet],
    office: OfficeSheet,
    forms: FormSet,
    on: date,
    launched: str = "",
) -> Iterator[Paper]:
    """A decision for each team; one of the office itself to be filled in where none is kept.

    ``launched`` says by which paper the programme was launched, as it follows its name.
    """
    form = forms.support_team
    for team in teams or (SupportTeamSheet(office.name),):
        yield _decision(team, _issuer(team, office, form), form, on, launched)


def _issuer(team: SupportTeamSheet, office: OfficeSheet, form: SupportTeamForm) -> OfficeSheet:
    """The sheet of the unit that decides: the office's own, or one made of the unit's names."""
    if syllable_key(team.unit) == syllable_key(office.name):
        return office
    names = tuple(_whole(name) for name in (team.superior, team.unit) if name)
    return replace(
        office,
        name=_whole(team.unit),
        header=tuple(name.upper() for name in names),
        place="",
        symbol=form.unit_symbol,
        signature=form.authority,
        signer="",
    )


def _whole(unit: str) -> str:
    """A unit's name unabbreviated."""
    return f"Công đoàn {unit[3:]}" if unit.startswith("CĐ ") else in_full(unit)


def _decision(
    team: SupportTeamSheet, office: OfficeSheet, form: SupportTeamForm, on: date, launched: str
) -> Paper:
    told = f"Số: {team.number}" if team.number else number(form.symbol, office)
    # What another unit has still to issue bears no day of ours.
    issued = team.decided or (on if office.place else None)
    unit = issuer(office)
    blocks: tuple[Block, ...] = (
        Header(
            office.header or (or_blank(office.name).upper(),),
            told,
            place_date(office.place, issued),
            form.code,
        ),
        Title(("QUYẾT ĐỊNH",), (form.subject,), rule=True),
        Title(_authority(office)),
        legal_bases(
            *(form.bases, issued or on, form.proposal),
            programme=or_blank(office.programme_title),
            issued=launched,
        ),
        Title(("QUYẾT ĐỊNH:",)),
        Article("Điều 1.", (_established(team, unit, form), *_members(team))),
        Article("Điều 2.", tuple(fill(task, unit=unit) for task in form.tasks)),
        Article("Điều 3.", (programme_of(form.duty, office),)),
        signed(office, form.recipients),
    )
    return Paper("support-team", NAME, blocks, author=office.name, bookmark=(_mark(team),))


def _authority(office: OfficeSheet) -> tuple[str, ...]:
    """Who decides, the organ on a line of its own where both do not stand on one."""
    whole, organ = authority(office), office.header[-1] if office.header else office.name
    if len(whole) <= _ONE_LINE:
        return (whole,)
    return (whole.removesuffix(organ.upper()).strip(), organ.upper())


def _mark(team: SupportTeamSheet) -> str:
    return f"{NAME} – {team.unit}" if team.unit else NAME


def _established(team: SupportTeamSheet, unit: str, form: SupportTeamForm) -> str:
    """Whose team it is and of how many."""
    count = two_digits(len(team.members)) if team.members else BLANK_COUNT
    return fill(form.establish, unit=unit, count=count)


def _members(team: SupportTeamSheet) -> Iterator[str]:
    """As in "1. Ông (bà) Lò Thị Ân – Tổ trưởng;", the last ended by a point."""
    members = team.members or (TeamMember(""),) * _LEAST
    for at, member in enumerate(members, 1):
        role = member.role or ("" if member.name else BLANK)
        told = f"{at}. Ông (bà) {or_blank(member.name)}" + (f" – {role}" if role else "")
        yield told + ("." if at == len(members) else ";")
