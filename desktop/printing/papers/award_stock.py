"""Giấy khen on stock printed before, and the sheet by which a printer is set to it.

Where each text stands is data of the form set: offices have stock of their own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from desktop.models.dossiers import CollectiveLine, CommendationLine, OfficeSheet
from desktop.printing.forms import FormSet, fill
from desktop.printing.official_forms import AwardStockForm, StockSpot
from desktop.printing.paper import Align, Make, Orientation, Paper, Spot, Stock
from desktop.printing.papers.award_forms import usual_form
from desktop.printing.papers.commendation_list import ordered_collectives, ordered_people
from desktop.printing.papers.parts import place_date
from desktop.printing.papers.phrases import (
    BLANK_COUNT,
    addressed,
    in_full,
    programme_of,
    with_unit,
)

NAME = "Giấy khen, Bằng khen in trên phôi"
SHEET_NAME = "Tờ căn chỉnh phôi giấy khen"

_NAMES = {
    "organ": "(Cơ quan tặng)",
    "who": "(Họ và tên, tên tập thể)",
    "post": "(Chức vụ, đơn vị)",
    "reason": "(Thành tích)",
    "decision": "(Quyết định số, ngày)",
    "book": "(Số vào sổ)",
    "place_date": "(Địa danh, ngày tháng năm)",
    "authority": "(Quyền hạn ký)",
    "chief": "(Chức vụ người ký)",
    "signer": "(Họ và tên người ký)",
}
"""What stands at each place, in words."""

Offset = tuple[float, float]
"""How far a printer must print to the right and further down, in millimetres."""


def award_sheets(
    people: Sequence[CommendationLine],
    collectives: Sequence[CollectiveLine],
    office: OfficeSheet,
    forms: FormSet,
    on: date,
    offset: Offset,
) -> Iterator[Paper]:
    """A sheet for each collective and each person; one with dots where there is nobody.

    They are in the order of the list that goes with the decision.
    """
    form, order = forms.award_stock, forms.commended_list
    said = [
        (in_full(line.name), in_full(line.superior), form.reason_collective, line.form)
        for line in ordered_collectives(collectives, order)
    ]
    said += [
        (
            addressed(one.name, one.gender),
            in_full(with_unit(one.post, one.unit)),
            form.reason_person,
            one.form,
        )
        for one in ordered_people(people, order)
    ]
    usual = usual_form(office, forms, asked=False)
    for who, post, reason, given in said or [("", "", form.reason_person, "")]:
        texts = _texts(office, form, on)
        texts.update(who=who, post=post, reason=programme_of(reason, office))
        mark = f"{given or usual} – {who}" if who else NAME
        yield _sheet(form, texts, office, offset, mark)


def _texts(office: OfficeSheet, form: AwardStockForm, on: date) -> dict[str, str]:
    """What stands on every sheet."""
    symbol = office.symbol or BLANK_COUNT
    organ = fill(form.giver, organ=office.header[-1]) if office.header else office.name.upper()
    return {
        "organ": organ,
        "decision": fill(form.decision, symbol=symbol),
        "book": form.book,
        "place_date": place_date(office.place, on),
        "authority": form.authority,
        "chief": office.signature[-1] if office.signature else "THỦ TRƯỞNG ĐƠN VỊ",
        "signer": office.signer,
    }


def _sheet(
    form: AwardStockForm, texts: dict[str, str], office: OfficeSheet, offset: Offset, mark: str
) -> Paper:
    spots = tuple(_spot(spot, fill(spot.text, **texts)) for spot in form.spots)
    return Paper(
        "award-paper",
        NAME,
        (Stock(spots, *offset),),
        Orientation.LANDSCAPE,
        office.name,
        (mark,),
        make=Make.STOCK,
    )


def _spot(spot: StockSpot, text: str) -> Spot:
    """A place of the form with what is written there; an unknown place is the middle."""
    align = Align(spot.align) if spot.align in set(Align) else Align.CENTRE
    return Spot(
        *(text, spot.x, spot.y, spot.width, spot.size, spot.lines, align, spot.bold, spot.italic)
    )


def calibration_sheet(office: OfficeSheet, forms: FormSet, offset: Offset) -> Paper:
    """Scales along the edges, a cross at each text's place, and how to read off the offsets."""
    form = forms.award_stock
    right, down = (_millimetres(part) for part in offset)
    told = f"Độ lệch đang dùng: sang phải {right} mm, xuống dưới {down} mm."
    spots = [Spot(form.sheet, 148.5, 26, 200, 16, bold=True)]
    spots += [
        Spot(hint, 30, 36 + 6.5 * at, 240, 12, align=Align.LEFT)
        for at, hint in enumerate((*form.hints, told))
    ]
    spots += [replace(_spot(one, fill(one.text, **_NAMES)), cross=True) for one in form.spots]
    return Paper(
        "award-calibration",
        SHEET_NAME,
        (Stock(tuple(spots), *offset, scales=True),),
        Orientation.LANDSCAPE,
        office.name,
        (SHEET_NAME,),
        make=Make.STOCK,
    )


def _millimetres(value: float) -> str:
    """As in "1,5"; a minus before what goes left or up."""
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")
