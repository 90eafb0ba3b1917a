"""Issuing papers (phát hành văn bản): each gets its number and is kept; one may be voided."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import select

from desktop.errors import UserError
from desktop.models.engines.sqlite import Connection
from desktop.models.issuing import (
    Highest,
    by_id,
    content_hash,
    last_day,
    next_ordinal,
    read_numbering,
)
from desktop.models.journal import Context
from desktop.models.numbering import (
    NUMBERING,
    Numbering,
    numbering_text,
    refuse_unusable,
)
from desktop.models.records import IssuedPaper, Setting
from desktop.text import _
from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.dates import short_date


@dataclass(frozen=True, slots=True)
class PaperToIssue:
    """A paper with its number written in, whose file lies in the store already.

    ``ordinal`` is the count that ``number`` says. The other fields are those of the record.
    """

    type: str
    ordinal: int
    number: str
    kind: str
    subject: str
    dated: date
    signer: str
    recipients: str
    initiatives: tuple[int, ...]
    form_set: str
    content: str
    pdf: str
    pages: int


@dataclass(frozen=True, slots=True)
class IssuePapers:
    """Issue papers with consecutive numbers, all or none; their ids.

    ``floors`` are the highest numbers given elsewhere. ``out_of_order`` lets a paper bear a day
    before that of the number given last. This cannot be undone: VoidPaper is what mends it.
    """

    papers: tuple[PaperToIssue, ...]
    floors: Highest = field(default_factory=dict)
    out_of_order: bool = False
    bulk: ClassVar[bool] = True

    def __call__(self, context: Context) -> tuple[int, ...]:
        """Keep them; UserError where a number is not the next one, or a day is out of order."""
        numbering = read_numbering(context.connection)
        due: dict[tuple[str, int], int] = {}
        days: set[tuple[str, date]] = set()
        ids = []
        for paper in self.papers:
            series, year = numbering.series(paper.type), paper.dated.year
            if (series, paper.dated) not in days:
                refuse_day(paper.dated, context.now)
                disorder = disorder_of(context.connection, numbering, paper.type, paper.dated)
                refuse_disorder(disorder, out_of_order=self.out_of_order)
                days.add((series, paper.dated))
            if (series, year) not in due:
                due[series, year] = next_ordinal(
                    context.connection, numbering, paper.type, year, self.floors
                )
            ids.append(_keep(context, paper, series, due[series, year]))
            due[series, year] += 1
        numbers = [one.number for one in self.papers]
        said = numbers[0] if len(numbers) == 1 else f"{numbers[0]} – {numbers[-1]}"
        context.detail.update(numbers=said, count=len(numbers))
        return tuple(ids)


def _keep(context: Context, paper: PaperToIssue, series: str, due: int) -> int:
    """Keep one paper; its id. UserError where its number is not the one that is due."""
    if paper.ordinal != due:
        raise UserError(
            _("The number {number} has just been given. Issue the paper again.").format(
                number=paper.number
            ),
            code="issue.given",
        )
    kept = IssuedPaper(
        **{name: getattr(paper, name) for name in _AS_THEY_ARE},
        year=paper.dated.year,
        series=series,
        dated=paper.dated.isoformat(),
        initiatives=json.dumps(sorted(set(paper.initiatives))),
        content_hash=content_hash(paper.content),
        issued_at=context.now.isoformat(timespec="seconds"),
        issued_by=context.user,
    )
    context.session.add(kept)
    context.session.flush()
    return kept.id


_AS_THEY_ARE = (
    *("type", "ordinal", "number", "kind", "subject", "signer", "recipients"),
    *("form_set", "content", "pdf", "pages"),
)


def refuse_day(day: date, now: datetime) -> None:
    """UserError for a day that no paper issued now can bear."""
    if day.year > now.year + 1 or day.year < 2000:
        raise UserError(
            _("{day} cannot be the date of a paper issued now. Correct it.").format(
                day=short_date(day)
            ),
            code="issue.day",
        )


def refuse_disorder(disorder: str, *, out_of_order: bool) -> None:
    """UserError for a day that is out of the series' order, unless that is meant.

    The order also tells that the clock of the PC has gone back.
    """
    if disorder and not out_of_order:
        raise UserError(disorder, code="issue.order")


def disorder_of(connection: Connection, numbering: Numbering, kind: str, day: date) -> str:
    """That a day is before that of the number given last, in words; blank where it is not."""
    last = last_day(connection, numbering, kind, day.year)
    if last is None or day >= last[1]:
        return ""
    return _(
        "{number} is dated {last}, and the next number would be dated {day}. Give a date not "
        "before that and look at the PC's clock, or confirm that it is meant."
    ).format(number=last[0], last=short_date(last[1]), day=short_date(day))


@dataclass(frozen=True, slots=True)
class VoidPaper:
    """Mark an issued paper as void (hủy bỏ); its number stays used. This cannot be undone."""

    issued_id: int
    reason: str
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Void it; UserError without a reason, and where it is void already."""
        line = by_id(context.connection, self.issued_id)
        if line is None:
            raise UserError(_("There is no such issued paper."), code="issue.unknown")
        if line.voided is not None:
            raise UserError(
                _("{number} is void already.").format(number=line.number), code="issue.voided"
            )
        reason = clean(self.reason)
        if not reason:
            raise UserError(
                _("Give the reason why {number} is voided; it stands in the register.").format(
                    number=line.number
                ),
                code="issue.reason",
            )
        kept = context.session.get_one(IssuedPaper, self.issued_id)
        kept.voided_at = context.now.isoformat(timespec="seconds")
        kept.voided_by, kept.void_reason = context.user, reason
        context.detail.update(number=line.number, reason=reason)


@dataclass(frozen=True, slots=True)
class ReviseNumbering:
    """Change how the office numbers its papers; numbers that were given stay as they are."""

    numbering: Numbering
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Change it; UserError for a pattern that says no number."""
        refuse_unusable(self.numbering)
        text = numbering_text(self.numbering)
        kept = context.session.scalars(select(Setting).where(Setting.key == NUMBERING)).first()
        if kept is None:
            context.session.add(Setting(key=NUMBERING, value=text))
        else:
            kept.value = text
