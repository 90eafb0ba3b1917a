"""Biên bản họp Hội đồng sáng kiến: who was there, what was found of each initiative.

Nghị định 30/2020/NĐ-CP, mẫu 1.9; the council by Nghị định 13/2012/NĐ-CP, Điều 8.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from desktop.models.dossiers import Dossier, MemberLine, OfficeSheet, ResultLine, Sitting
from desktop.printing.forms import FormSet, fill
from desktop.printing.official_forms import MinutesForm
from desktop.printing.paper import (
    Align,
    Block,
    Column,
    LabelledLine,
    Paper,
    Row,
    Signatures,
    Signer,
    Table,
    Text,
    Title,
    bold,
    plain,
)
from desktop.printing.papers.outcomes import OUTCOMES
from desktop.printing.papers.parts import BLANK_DATE, in_order, titled, two_digits
from desktop.printing.papers.phrases import BLANK, BLANK_COUNT, addressed, ended, in_full, or_blank
from desktop.printing.papers.score_sheet import council_header
from desktop.vietnamese.dates import official_date
from desktop.vietnamese.folding import fold
from desktop.vietnamese.money import format_share

NAME = "Biên bản họp Hội đồng sáng kiến"

_COLUMNS = (
    Column("", 10, Align.CENTRE),
    Column("", 48),
    Column("", 36),
    Column("", 16, Align.CENTRE, whole=True),
    *(Column("", width, Align.CENTRE) for width in (14, 14, 22)),
)
"""What was found; the titles are the form's."""


def council_minutes(
    sitting: Sitting | None, dossiers: Sequence[Dossier], office: OfficeSheet, forms: FormSet
) -> Paper:
    """The minutes of a session; without one, minutes to be filled in for these initiatives."""
    form = forms.council_minutes
    held = sitting or Sitting()
    results = held.results or tuple(_asked(dossier) for dossier in dossiers)
    day = official_date(held.held) if held.held else BLANK_DATE
    council = in_full(held.council) or "Hội đồng sáng kiến"
    blocks: list[Block] = [
        # Minutes tell place and day in their text (ND30, mẫu 1.9).
        replace(council_header(office, held, form.code, f"Số: ……/{form.symbol}"), place_date=""),
        Title((form.title,), (fill(form.subject, council=council),), rule=True),
        LabelledLine(plain("Thời gian bắt đầu:"), f"…… giờ ……, {day}."),
        LabelledLine(plain("Địa điểm:"), ended(in_full(held.place))),
        *_attendance(held, form),
        Text(bold("Nội dung (theo diễn biến cuộc họp):"), lead=True),
        Text(plain(held.minutes or form.opening)),
        Text(plain(form.results), lead=True),
        Table(
            titled(_COLUMNS, form.columns),
            tuple(_row(n, one) for n, one in enumerate(results, 1)),
            dotted=True,
        ),
        *_conclusions(results, form),
        Text(plain(fill(form.closing, day=day))),
        Signatures(
            (Signer((form.secretary,), held.secretary), Signer((form.chair,), held.chair)),
            form.recipients,
        ),
    ]
    return Paper("council-minutes", NAME, tuple(blocks), author=office.name, bookmark=(NAME,))


def _asked(dossier: Dossier) -> ResultLine:
    """An initiative of which nothing is found yet."""
    entry = dossier.entry
    names = tuple(author.name for author in in_order(entry.authors))
    return ResultLine(dossier.initiative_id, entry.title, names, entry.unit)


def _attendance(held: Sitting, form: MinutesForm) -> list[Block]:
    """Who was there, whether they are enough, who speaks for the union, chair and secretary."""
    union = [one for one in held.members if "cong doan" in fold(f"{one.post} {one.role}")]
    return [
        LabelledLine(plain(form.established), ended(_established(held.established, form))),
        LabelledLine(plain("Thành phần tham dự:"), _members(held.members), 3),
        LabelledLine(
            plain(form.union),
            ended("; ".join(one.name for one in union)),
        ),
        LabelledLine(plain(form.present), ended(_present(held, form))),
        LabelledLine(plain(form.absent), _absent(held, form)),
        LabelledLine(plain("Chủ trì (chủ tọa):"), ended(held.chair)),
        LabelledLine(plain("Thư ký (người ghi biên bản):"), ended(held.secretary)),
    ]


def _established(decision: str, form: MinutesForm) -> str:
    """The decision after its label, without the word that the label begins with."""
    word = "Quyết định "
    return decision.removeprefix(word) if form.established.startswith(word) else decision


def _members(members: Sequence[MemberLine]) -> str:
    """A line each, ended by ";", the last by "."."""
    return ";\n".join(_member(one) for one in members) + ("." if members else "")


def _member(member: MemberLine) -> str:
    """As in "- Ông Giàng A Chu, Giám đốc – Chủ tịch Hội đồng"."""
    name = f"- {addressed(member.name, member.gender)}"
    name += f", {in_full(member.post)}" if member.post else ""
    return f"{name} – {member.role}" if member.role else name


def _present(held: Sitting, form: MinutesForm) -> str:
    """As in "07/09 thành viên, đủ số thành viên theo quy định (từ 2/3 trở lên)"."""
    asked = f"từ {form.quorum_of}/{form.quorum_in} trở lên"
    if held.present is None or not held.total:
        return f"{BLANK_COUNT}/{BLANK_COUNT} thành viên (quy định {asked})"
    needed = ceil(held.total * form.quorum_of / form.quorum_in)
    enough = "đủ" if held.present >= needed else "chưa đủ"
    there, all_of = two_digits(held.present), two_digits(held.total)
    return f"{there}/{all_of} thành viên, {enough} số thành viên theo quy định ({asked})"


def _absent(held: Sitting, form: MinutesForm) -> str:
    """That nobody was absent; who was, and why, is written in by hand."""
    everyone = held.total and held.present is not None and held.present >= held.total
    return ended(form.nobody) if everyone else ""


def _row(number: int, result: ResultLine) -> Row:
    """One initiative; what is not known is dotted, an unknown outcome stands as it is.

    What was withdrawn or struck off was not voted on.
    """
    unknown = "–" if result.outcome in {"withdrawn", "struck"} else ""
    who = "\n".join(part for part in (", ".join(result.authors), result.unit) if part)
    votes = (result.votes_for, result.votes_against)
    return Row(
        (
            str(number),
            result.title,
            who,
            format_share(result.score) if result.score is not None else unknown,
            *(unknown if vote is None else str(vote) for vote in votes),
            OUTCOMES.get(result.outcome, result.outcome),
        )
    )


def _conclusions(results: Sequence[ResultLine], form: MinutesForm) -> list[Block]:
    """What is asked of the head, and what is not recognised and why."""
    passed = sum(one.outcome == "passed" for one in results)
    decided = any(one.outcome for one in results)
    number = two_digits(passed) if decided else BLANK_COUNT
    blocks: list[Block] = [Text(plain(fill(form.request, count=number)))]
    refused = [one for one in results if one.outcome and one.outcome != "passed"]
    if refused:
        blocks.append(Text(plain(form.refused), lead=True))
    blocks += [Text(plain(_refusal(one))) for one in refused]
    return blocks


def _refusal(result: ResultLine) -> str:
    """As in "- “Tên”: Không đạt (lý do: …)."."""
    outcome = OUTCOMES.get(result.outcome, result.outcome)
    return f"- “{or_blank(result.title)}”: {outcome} (lý do: {result.note or BLANK})."
