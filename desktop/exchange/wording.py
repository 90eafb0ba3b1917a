"""What is said about a cell that could not be read, or was read with a doubt, and what to do."""

from desktop.text import N_, _
from desktop.vietnamese.unreadable import Unreadable

FAULTS = {
    "date.unreadable": N_("“{text}” is not a date. Write dd/mm/yyyy, mm/yyyy or yyyy."),
    "date.day": N_("“{text}”: the month does not have this day. Check the date."),
    "date.month": N_("“{text}”: there is no such month. Write dd/mm/yyyy."),
    "date.month_day_swapped": N_(
        "“{text}”: month and day seem to have changed places. Write the day first: dd/mm/yyyy."
    ),
    "date.year": N_("“{text}”: the year must lie between 1900 and 2200. Write all four digits."),
    "date.day_missing": N_("“{text}”: the day is needed too. Write dd/mm/yyyy."),
    "moment.time": N_("“{text}”: there is no such time. Write dd/mm/yyyy hh:mm:ss."),
    "birth.future": N_("“{text}”: the date of birth lies in the future. Check the year."),
    "birth.too_young": N_("“{text}”: the person would be younger than 15. Check the year."),
    "money.unreadable": N_("“{text}” is not an amount of money. Write digits only, in dong."),
    "money.ambiguous_unit": N_(
        "“{text}”: dong, thousands or millions? Write the full amount in dong, or add the unit, "
        "such as “37,5 triệu”."
    ),
    "money.ambiguous_separator": N_(
        "“{text}” can be read in two ways. Write the amount in dong without commas, such as "
        "37.500.000."
    ),
    "money.fraction": N_("“{text}” is not a whole number of dong. Round it."),
    "money.negative": N_(
        "“{text}”: a benefit cannot be negative. Correct it, or leave the cell blank."
    ),
    "money.too_large": N_("“{text}”: the amount is too large. Check the unit and the zeros."),
    "share.unreadable": N_("“{text}” is not a percentage. Write a number such as 70 or 33,3."),
    "identity.unreadable": N_(
        "“{text}” is not an identity number. Write its 12 digits, or leave the cell blank."
    ),
    "identity.length": N_(
        "“{text}”: an identity number has 12 digits (an old one 9). Type all of them, a leading 0 "
        "too."
    ),
    "identity.rounded": N_(
        "“{text}”: the spreadsheet has rounded this number and digits are lost. Format the cell as "
        "Text and type the number again."
    ),
    "phone.unreadable": N_("“{text}” is not a telephone number. Write its digits only."),
    "phone.length": N_(
        "“{text}”: a mobile number has 10 digits. Type all of them, the leading 0 too."
    ),
    "phone.prefix": N_("“{text}”: no telephone number begins so. Check the number."),
    "phone.several": N_("“{text}”: there is more than one telephone number. Keep one."),
    "months.unreadable": N_("“{text}” is not a number of months. Write a whole number such as 12."),
    "choice.unreadable": N_(
        "“{text}” is not one of the possible answers. Write one of: {choices}."
    ),
    "cell.error": N_(
        "the cell holds an error of a formula (such as #N/A or #REF!). Type the value itself."
    ),
    "cell.formula": N_(
        "the cell holds a formula that has not been worked out. Open the file in Excel, save it, "
        "then import it again."
    ),
    "cell.kind": N_(
        "“{text}” is a date or a time, which does not belong here. Type the text again."
    ),
    "coauthors.unreadable": N_(
        "“{text}” cannot be read. Write name – share for each person, parted by semicolons: "
        "Lò Thị Én – 30; Vàng A Sử – 20."
    ),
    "coauthors.nameless": N_(
        "“{text}” is a share without a name. Write name – share for each person, such as "
        "Lò Thị Én – 30."
    ),
}
"""By code: the fault and the remedy; the codes of vietnamese.unreadable among them."""

DOUBTS = {
    "date.short_year": N_("“{text}”: the year had two digits and was taken as {value}"),
    "date.serial": N_("“{text}” was taken as the date {value}"),
    "date.time_dropped": N_("“{text}”: the time of day was left out"),
    "birth.young": N_("“{text}”: the person was younger than 18"),
    "birth.old": N_("“{text}”: the person was older than 75"),
    "money.english_grouping": N_("“{text}” was taken as {value} dong"),
    "money.three_decimals": N_("“{text}” was taken as {value} dong"),
    "money.unit_in_cell": N_("“{text}” names its own unit and was taken as {value} dong"),
    "identity.lost_zero": N_("“{text}” had lost its leading 0; it was put back"),
    "identity.old_card": N_("“{text}” is a number of 9 digits; ask for the number of 12 digits"),
    "identity.province": N_("“{text}” does not begin with the code of a province"),
    "identity.gender": N_("“{text}” says another gender than the column for it"),
    "identity.birth_year": N_("“{text}” says another year of birth than the column for it"),
    "phone.lost_zero": N_("“{text}” had lost its leading 0; it was put back"),
    "phone.old_prefix": N_("the old number “{text}” was changed to {value}"),
    "title.blank": N_("the row has no title"),
    "share.percent": N_("{text} was taken as {value} %"),
    "list.field": N_("“{text}” ({count} rows) is not in the list; it was kept as written"),
    "list.object_group": N_("“{text}” ({count} rows) is not in the list; it was kept as written"),
    "list.region": N_("“{text}” ({count} rows) is not in the list; it was kept as written"),
    "list.category": N_(
        "“{text}” ({count} rows) is no category of the programme; it was kept as written"
    ),
    "protection.contradiction": N_(
        "“{text}” contradicts the column “{other}”; it was taken as protected"
    ),
    "share.contradiction": N_(
        "the shares of {name} differ between the row and the sheet of co-authors; {value} was kept"
    ),
}
"""By code: what was made of a doubtful cell."""

FAULT = N_("Column “{column}”: {fault}")
DOUBT = N_("Column “{column}”: {doubt}.")
_SHOWN = 60


def explain(error: Unreadable, column: str) -> str:
    """The sentence for a cell of ``column`` that a parser could not read."""
    return fault(error.code, column, text=error.text)


def fault(code: str, column: str, **values: str) -> str:
    """The sentence for the fault ``code`` of FAULTS; an unknown code is said plainly."""
    values = {name: _short(value) for name, value in values.items()}
    pattern = FAULTS.get(code, N_("“{text}” cannot be read. Correct it or leave the cell blank."))
    return _(FAULT).format(column=column, fault=_(pattern).format(**values))


def doubt(code: str, column: str, **values: str) -> str:
    """The sentence for the doubt ``code`` of DOUBTS; an unknown code is said plainly."""
    values = {name: _short(value) for name, value in values.items()}
    pattern = DOUBTS.get(code, N_("“{text}” should be looked at"))
    return _(DOUBT).format(column=column, doubt=_(pattern).format(**values))


def _short(text: str) -> str:
    """As much of a value as fits into a sentence, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
