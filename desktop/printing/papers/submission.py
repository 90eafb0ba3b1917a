"""Tờ trình đề nghị khen thưởng: the office asks the organ above it to commend.

Nghị định 30/2020/NĐ-CP, mẫu 1.4.
"""

from collections.abc import Sequence
from datetime import date

from desktop.models.dossiers import CollectiveLine, CommendationLine, OfficeSheet
from desktop.printing.forms import FormSet
from desktop.printing.paper import Addressees, Block, Paper, Text, Title, plain
from desktop.printing.papers.phrases import (
    BLANK,
    legal_bases,
    office_header,
    programme_of,
    signed,
    sorts,
    superior,
    whom,
)

NAME = "Tờ trình đề nghị khen thưởng"


def submission(
    people: Sequence[CommendationLine],
    collectives: Sequence[CollectiveLine],
    office: OfficeSheet,
    forms: FormSet,
    on: date,
) -> Paper:
    """The submission; the lists that it speaks of are papers of their own."""
    form = forms.submission
    named = {
        "forms": forms_of(people, collectives),
        "sorts": sorts(len(collectives), len(people)),
    }
    asked = programme_of(form.review, office, whom=whom(len(collectives), len(people)), **named)
    above = form.addressees or ((superior(office),) if len(office.header) > 1 else ())
    blocks: tuple[Block, ...] = (
        office_header(office, on, form.code, form.symbol),
        Title(("TỜ TRÌNH",), (programme_of(form.subject, office, **named),), rule=True),
        Addressees("Kính gửi:", above),
        legal_bases(form.bases, on),
        Text(plain(asked)),
        Text(plain(programme_of(form.request, office))),
        Text(plain(programme_of(form.closing, office))),
        signed(office, form.recipients),
    )
    return Paper("submission", NAME, blocks, author=office.name, bookmark=(NAME,))


def forms_of(people: Sequence[CommendationLine], collectives: Sequence[CollectiveLine]) -> str:
    """The forms of commendation in the lists, each once, as in "Bằng khen, Giấy khen"."""
    named = [*(line.form for line in collectives), *(line.form for line in people)]
    found = dict.fromkeys(name for name in named if name)
    return ", ".join(found) or BLANK
