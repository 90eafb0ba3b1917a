"""Quyết định khen thưởng: who is commended, and with how much money.

Nghị định 30/2020/NĐ-CP, mẫu 1.2.
"""

from collections.abc import Sequence
from datetime import date

from desktop.models.dossiers import CollectiveLine, CommendationLine, OfficeSheet
from desktop.printing.forms import FormSet, fill
from desktop.printing.official_forms import AwardDecisionForm
from desktop.printing.paper import Article, Block, Paper, Title
from desktop.printing.papers.parts import in_words
from desktop.printing.papers.phrases import (
    BLANK,
    BLANK_COUNT,
    authority,
    legal_bases,
    office_header,
    programme_of,
    signed,
    sorts,
    whom,
)
from desktop.printing.papers.submission import forms_of
from desktop.vietnamese.money import format_money

NAME = "Quyết định khen thưởng"


def commendation_decision(
    people: Sequence[CommendationLine],
    collectives: Sequence[CollectiveLine],
    office: OfficeSheet,
    forms: FormSet,
    on: date,
) -> Paper:
    """The decision; the list that it speaks of is a paper of its own."""
    form = forms.commendation_decision
    named = {
        "forms": forms_of(people, collectives),
        "sorts": sorts(len(collectives), len(people)),
    }
    given = programme_of(form.award, office, whom=whom(len(collectives), len(people)), **named)
    blocks: tuple[Block, ...] = (
        office_header(office, on, form.code, form.symbol),
        Title(("QUYẾT ĐỊNH",), (programme_of(form.subject, office, **named),), rule=True),
        Title((authority(office),)),
        legal_bases(form.bases, on, programme_of(form.proposal, office)),
        Title(("QUYẾT ĐỊNH:",)),
        Article("Điều 1.", (given,)),
        Article("Điều 2.", (_money(form, people, collectives, office),)),
        Article("Điều 3.", (programme_of(form.duty, office, **named),)),
        signed(office, form.recipients),
    )
    return Paper("commendation-decision", NAME, blocks, author=office.name, bookmark=(NAME,))


def _money(
    form: AwardDecisionForm,
    people: Sequence[CommendationLine],
    collectives: Sequence[CollectiveLine],
    office: OfficeSheet,
) -> str:
    """What each gets and the sum, in figures and words; dots where an amount is not known."""
    groups = (
        (form.each_collective, [line.amount for line in collectives], form.collective_amount),
        (form.each_person, [line.amount for line in people], form.person_amount),
    )
    each = [fill(said, amount=_each(kept, usual)) for said, kept, usual in groups if kept]
    sums = [_total(kept, usual) for _said, kept, usual in groups]
    known = None if None in sums or not each else sum(part or 0 for part in sums)
    words = "" if known is None else f" {in_words(known)}".rstrip()
    return programme_of(
        form.money,
        office,
        each=", ".join(each) or BLANK,
        sum=BLANK_COUNT if known is None else format_money(known),
        words=words,
    )


def _each(kept: Sequence[int | None], usual: int) -> str:
    """The one amount that all get; dots where they differ or none is known."""
    amounts = {amount or usual for amount in kept} or {usual}
    amount = amounts.pop() if len(amounts) == 1 else 0
    return format_money(amount) if amount else BLANK_COUNT


def _total(kept: Sequence[int | None], usual: int) -> int | None:
    """The sum, None where somebody's amount is not known."""
    amounts = [amount or usual for amount in kept]
    return sum(amounts) if all(amounts) else None
