"""Which organ gives which commendation: Giấy khen below the province, Bằng khen from there up."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from desktop.models.dossiers import OfficeSheet
from desktop.printing.forms import FormSet
from desktop.printing.papers.phrases import in_full


class Level(StrEnum):
    """How high an organ stands among the unions; UNKNOWN where its name does not tell."""

    TOP = "top"
    PROVINCE = "province"
    BELOW = "below"
    UNKNOWN = ""


PRAISE, MERIT = "Giấy khen", "Bằng khen"
_TOP = "TỔNG LIÊN ĐOÀN LAO ĐỘNG"
_PROVINCE = "LIÊN ĐOÀN LAO ĐỘNG TỈNH"
_CITY = "LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ"
_CITIES = ("HÀ NỘI", "HỒ CHÍ MINH", "HẢI PHÒNG", "ĐÀ NẴNG", "CẦN THƠ", "HUẾ")
"""The cities that stand on a level with provinces."""
_BELOW = ("LIÊN ĐOÀN LAO ĐỘNG", "CÔNG ĐOÀN", "NGHIỆP ĐOÀN")
_GIVERS = (
    ("lao động sáng tạo", {Level.TOP}),
    ("tổng liên đoàn", {Level.TOP}),
    ("bằng khen", {Level.TOP, Level.PROVINCE}),
    ("giấy khen", {Level.BELOW}),
)
"""Words of a form of commendation and on which levels it is given; the first one found counts."""


def level_of(organs: Sequence[str]) -> Level:
    """The level of the last of these organs, those above it before it."""
    names = [in_full(organ).upper() for organ in organs if organ.strip()]
    if not names:
        return Level.UNKNOWN
    name, above = names[-1], names[-2] if len(names) > 1 else ""
    if name.startswith(_TOP):
        return Level.TOP
    if name.startswith((_PROVINCE, *(f"{_CITY} {city}" for city in _CITIES))):
        return Level.PROVINCE
    # Unions of a whole branch of the economy stand right below the topmost organ.
    if above.startswith(_TOP) or (name.startswith("CÔNG ĐOÀN") and name.endswith(" VIỆT NAM")):
        return Level.PROVINCE
    if name.startswith(_CITY) and not above:
        return Level.UNKNOWN
    return Level.BELOW if name.startswith(_BELOW) else Level.UNKNOWN


def giver_of(office: OfficeSheet, forms: FormSet, *, asked: bool) -> tuple[str, ...]:
    """The organ that gives, those above it before it: the office, or the one that is ``asked``."""
    own = office.header or (office.name,)
    if not asked:
        return own
    return forms.submission.addressees[:1] or own[:-1]


def chosen_form(forms: FormSet, *, asked: bool) -> str:
    """The form of commendation that the office chose for such papers; blank where it chose none."""
    return (forms.commendation_list if asked else forms.commended_list).usual_form


def usual_form(office: OfficeSheet, forms: FormSet, *, asked: bool) -> str:
    """The form of commendation where nobody said another: the office's own choice, else by level.

    ``asked``: the organ above is asked for it; else the office gives it.
    """
    chosen = chosen_form(forms, asked=asked)
    level = level_of(giver_of(office, forms, asked=asked))
    return chosen or (MERIT if level in {Level.TOP, Level.PROVINCE} else PRAISE)


def misfits(named: Iterable[str], level: Level) -> list[str]:
    """The forms, each once, that an organ of this level does not give; none where it is unknown."""
    return [form for form in dict.fromkeys(named) if level and not _is_given(form, level)]


def _is_given(form: str, level: Level) -> bool:
    said = form.lower()
    return next((level in levels for words, levels in _GIVERS if words in said), True)
