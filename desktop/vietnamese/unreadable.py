"""What a parser says when it cannot read what was typed, and the value it gives when it can.

The codes are stable; the rooms above say them in the user's language.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

Value_co = TypeVar("Value_co", covariant=True)

CODES = {
    # Errors: no value can be given.
    "date.empty": "No date was typed.",
    "date.unreadable": "This is not a date.",
    "date.day": "The month does not have this day.",
    "date.month": "There is no such month.",
    "date.month_day_swapped": "Month and day seem to have changed places.",
    "date.year": "The year is not between 1900 and 2200.",
    "date.day_missing": "Only the month or the year is given where a day is needed.",
    "moment.time": "There is no such time of day.",
    "birth.future": "The birth date lies after the day it is compared with.",
    "birth.too_young": "The person was younger than 15, the least working age.",
    "money.empty": "No amount was typed.",
    "money.unreadable": "This is not an amount of money.",
    "money.ambiguous_unit": "The amount needs its unit: đồng, nghìn, triệu or tỷ.",
    "money.ambiguous_separator": "Point and comma can be read in two ways.",
    "money.fraction": "The amount is not a whole number of đồng.",
    "money.negative": "An amount cannot be less than nothing.",
    "money.too_large": "The amount is larger than a million billion đồng.",
    "number.empty": "No number was typed.",
    "number.unreadable": "This is not a number.",
    "share.empty": "No share was typed.",
    "share.unreadable": "This is not a percentage.",
    "share.range": "A share is more than 0 and at most 100 per cent.",
    "identity.empty": "No identity number was typed.",
    "identity.unreadable": "An identity number has digits only.",
    "identity.length": "An identity number has 12 digits, an old one 9.",
    "identity.rounded": "A spreadsheet has rounded this number; type it again.",
    "phone.empty": "No telephone number was typed.",
    "phone.unreadable": "A telephone number has digits only.",
    "phone.length": "A mobile number has 10 digits, a landline with its area code 11.",
    "phone.prefix": "No network has numbers that begin so.",
    "phone.several": "There is more than one telephone number.",
    # Warnings: a value is given, with a doubt.
    "date.short_year": "The year had two digits; the century is a guess.",
    "date.serial": "The number was taken as a spreadsheet's count of days.",
    "birth.young": "The person was younger than 18.",
    "birth.old": "The person was older than 75.",
    "money.english_grouping": "Commas were taken as parting thousands.",
    "money.three_decimals": "A comma before three digits was taken as the decimal comma.",
    "money.unit_in_cell": "The amount names a unit of its own, other than its column's.",
    "identity.lost_zero": "A leading 0 was missing and has been put back.",
    "identity.old_card": "A 9-digit card is no longer in use; ask for the 12-digit number.",
    "identity.province": "The first three digits are not the code of a province or country.",
    "identity.gender": "The fourth digit says the other gender.",
    "identity.birth_year": "The number says another year of birth.",
    "phone.lost_zero": "A leading 0 was missing and has been put back.",
    "phone.old_prefix": "The 11-digit mobile number was changed to its 10 digits of 2018.",
}
"""Every code with what it means, in plain English."""


class Unreadable(ValueError):  # noqa: N818 - says what it is; every room catches it by this name
    """What was typed cannot be read. ``code`` is one of ``CODES``, ``text`` what was typed."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{CODES[code]} ({text!r})")
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class Read(Generic[Value_co]):
    """A value read from text, and the codes of what is doubtful about it, in order of notice."""

    value: Value_co
    warnings: tuple[str, ...] = ()
