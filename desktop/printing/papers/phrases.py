"""What papers that an office issues say alike: number, authority, legal bases, recipients, blanks.

Nghị định 30/2020/NĐ-CP, Phụ lục I, with the trade unions' own habits left as they are written.
"""

import re
from collections.abc import Sequence
from datetime import date

from desktop.models.dossiers import OfficeSheet
from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.printing.forms import fill
from desktop.printing.official_forms import Basis, bases_on
from desktop.printing.paper import Header, LegalBases, Signatures, Signer
from desktop.printing.papers.parts import employer, place_date, two_digits, workplace
from desktop.vietnamese.folding import fold
from desktop.vietnamese.money import format_money

BLANK = "……………………"
"""A name or a phrase to be written in by hand."""
BLANK_COUNT = "……"
_FOR = re.compile(r"^(?:TM|Q|KT|TL|TUQ)\.\s*", re.IGNORECASE)


def or_blank(text: str) -> str:
    """The text, dots where nothing is known."""
    return text.strip() or BLANK


def count(number: int | None) -> str:
    """A number with points between thousands, dots where it is not known."""
    return BLANK_COUNT if number is None else format_money(number)


def told(number: int | None) -> str:
    """A number in running text, as in "05" and "2.300"; dots where it is not known."""
    return BLANK_COUNT if number is None else two_digits(number)


def percent(part: int | None, whole: int | None, sign: str = "%") -> str:
    """Part of whole in per cent, half up, always with one decimal; dots where it cannot be said."""
    if part is None or not whole:
        return BLANK_COUNT
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{format_money(tenths // 10)},{tenths % 10}{sign}"


def number(template: str, office: OfficeSheet) -> str:
    """As in "Số: ……/QĐ-LĐLĐ"; the number is written in when the paper is issued."""
    return f"Số: ……/{fill(template, symbol=office.symbol or BLANK_COUNT)}"


def office_header(office: OfficeSheet, on: date | None, code: str, template: str) -> Header:
    """The block that opens a numbered paper of the office; without a day its date is dotted."""
    return Header(
        office.header or (or_blank(office.name).upper(),),
        number(template, office),
        place_date(office.place, on),
        code,
    )


def annex_header(office: OfficeSheet, code: str = "") -> Header:
    """The block that opens an annex: the organs and the country, without number and date."""
    return Header(office.header or (or_blank(office.name).upper(),), form_code=code)


def issuer(office: OfficeSheet) -> str:
    """The office in running text: in full where its head can be read, else by its short name."""
    organ = office.header[-1] if office.header else ""
    if organ.startswith(tuple(name.upper() for name in _PLACED)):
        return capitalised(organ)
    return or_blank(in_full(office.name))


def in_full(text: str) -> str:
    """The text with the names of unions and cooperatives in full, as running text has them.

    What stands in the number of a paper ("12/QĐ-LĐLĐ") stays.
    """
    return _SHORT.sub(lambda found: _SPELLED[found[0]], text)


def with_unit(where: str, unit: str) -> str:
    """Where somebody works, with the unit where that does not name it yet."""
    unit = employer(unit)
    core = fold(unit.partition("(")[0].strip())
    if core and core in fold(where):
        return where
    *before, last = where.split(", ")
    # The end of one and the beginning of the other may name the same place.
    kept = before if last and core.startswith(fold(last)) else [where]
    return ", ".join(part for part in (*kept, unit) if part)


def place_of_work(author: AuthorDraft, entry: InitiativeDraft) -> str:
    """Where an author works, with the unit below which their department is.

    Whoever works for somebody else, such as a co-author from outside, is of that one alone.
    """
    where = workplace(author, entry)
    joined = with_unit(where, entry.unit)
    if not author.workplace or _DEPARTMENT.match(author.workplace):
        return joined
    # What names a part of the unit, as "Điện lực Thành phố" does, is not repeated.
    return where if joined == f"{where}, {employer(entry.unit)}" else joined


def ended(text: str) -> str:
    """The text as an item that ends with a full stop; nothing stays nothing."""
    return text if not text or text.endswith(".") else f"{text}."


def addressed(name: str, gender: str) -> str:
    """As in "Ông Lù Văn Páo"; both forms where the gender is not known."""
    return f"{form_of_address(name, gender)} {or_blank(name)}"


def form_of_address(name: str, gender: str) -> str:
    """How somebody is addressed: "Ông" or "Bà", both where the gender is not known."""
    # Only women have "Thị" between family name and given name.
    told = gender or ("nữ" if "thị" in name.lower().split()[1:-1] else "")
    return _FORMS.get(told.strip().lower(), "Ông (bà)")


def whom(collectives: int, people: int) -> str:
    """As in "02 tập thể và 05 cá nhân"; of which there is none is left out."""
    parts = [f"{two_digits(collectives)} tập thể"] if collectives else []
    parts += [f"{two_digits(people)} cá nhân"] if people or not collectives else []
    return " và ".join(parts)


def sorts(collectives: int, people: int) -> str:
    """Which sorts there are: "tập thể", "cá nhân", or both; both where it is not known yet."""
    if bool(collectives) == bool(people):
        return "tập thể, cá nhân"
    return "tập thể" if collectives else "cá nhân"


def superior(office: OfficeSheet) -> str:
    """The organ above the office, as in running text; dots where the head names none."""
    return capitalised(office.header[-2]) if len(office.header) > 1 else BLANK


_DEPARTMENT = re.compile(
    r"(?:Ban|Bộ phận|Ca|Chuyền|Dây chuyền|Đội|Khoa|Kho|Khối|Nhóm|Phân xưởng|Phòng|Tổ|Trạm|Văn phòng"
    r"|Xưởng)\b(?! (?:HĐND|UBND|Hội đồng|Ủy ban|Tỉnh ủy|Huyện ủy))",
    re.IGNORECASE,
)
"""Openings of the names of departments, which are part of the unit that they stand in."""
_FORMS = {"nam": "Ông", "nữ": "Bà"}
_SPELLED = {
    "LĐLĐ": "Liên đoàn Lao động",
    "CĐCS": "Công đoàn cơ sở",
    "HTX": "Hợp tác xã",
}
"""How abbreviated names of unions and cooperatives are written in full."""
_SHORT = re.compile(rf"(?<![\w/&-])(?:{'|'.join(_SPELLED)})(?= \w)")
_PLACED = (
    "Liên đoàn Lao động tỉnh", "Liên đoàn Lao động thành phố", "Liên đoàn Lao động huyện",
    "Liên đoàn Lao động thị xã",
)  # fmt: skip
"""Openings of organs' names that only a name of a place follows."""
_NAMES = (
    "Tổng Liên đoàn Lao động Việt Nam", "Liên đoàn Lao động tỉnh", "Liên đoàn Lao động thành phố",
    "Liên đoàn Lao động huyện", "Liên đoàn Lao động thị xã", "Công đoàn ngành", "Công đoàn cơ sở",
    "Công đoàn các khu công nghiệp", "Công đoàn", "Sở", "Ủy ban nhân dân tỉnh",
    "Ủy ban nhân dân huyện", "Ủy ban nhân dân xã", "Ủy ban nhân dân",
)  # fmt: skip
"""How the openings of organs' names are written in running text."""


def capitalised(organ: str) -> str:
    """An organ's name from the head of a paper as running text writes it, its place names whole.

    A name that is not all in capitals stays as it is.
    """
    if organ != organ.upper():
        return organ
    for known in _NAMES:
        if organ.startswith(known.upper()):
            rest = organ[len(known) :]
            return known + " ".join(word.capitalize() for word in rest.split(" "))
    return " ".join(word.capitalize() for word in organ.split(" "))


def authority(office: OfficeSheet) -> str:
    """Who issues a decision, as its own line says it: "BAN THƯỜNG VỤ LIÊN ĐOÀN LAO ĐỘNG …".

    The line of the signature without its "TM.", "KT.", "TL.", "TUQ.", and the issuing organ.
    """
    head = office.signature[0] if office.signature else "THỦ TRƯỞNG"
    organ = office.header[-1] if office.header else office.name
    return f"{_FOR.sub('', head)} {organ}".strip().upper()


def signed(office: OfficeSheet, recipients: Sequence[str]) -> Signatures:
    """The office signs, with the recipients level on the left; the organ above by its name."""
    above = superior(office) if len(office.header) > 1 else "Công đoàn cấp trên"
    return Signatures(
        (Signer(office.signature or ("THỦ TRƯỞNG ĐƠN VỊ",), office.signer),),
        tuple(fill(one, superior=above) for one in recipients),
    )


def legal_bases(bases: Sequence[Basis], on: date, *others: str, **values: str) -> LegalBases:
    """The bases in force on that day and others, each ended by ";", the last by "."."""
    texts = [fill(text, **values) for text in (*bases_on(bases, on), *others) if text]
    if not texts:
        return LegalBases((f"Căn cứ {BLANK};",))
    lines = [text.rstrip(" .;") for text in texts]
    return LegalBases(tuple(f"{line}{';' if line_at else '.'}" for line_at, line in _left(lines)))


def _left(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Each line with how many follow it."""
    return [(len(lines) - at, line) for at, line in enumerate(lines, 1)]


def programme_of(text: str, office: OfficeSheet, **values: str) -> str:
    """A text of the form with the programme and the office filled in, dots where not known."""
    return fill(
        text,
        **{
            "programme": or_blank(office.programme_title),
            "office": issuer(office),
            "superior": superior(office),
            "symbol": office.symbol or BLANK_COUNT,
            **values,
        },
    )
