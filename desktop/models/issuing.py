"""The papers that were issued (văn bản đã phát hành), and the number that the next one gets."""

import hashlib
import json
import os
import re
from base64 import b32decode, b32encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from desktop.errors import UserError, reason_of
from desktop.lasting import replace, sync_folder
from desktop.models.dossiers import OutgoingLine
from desktop.models.engines.sqlite import Connection
from desktop.models.numbering import NUMBERING, Numbering, numbering_of
from desktop.models.office import read_setting
from desktop.text import _
from desktop.vietnamese.decisions import decision_key
from desktop.vietnamese.folding import fold

GIVEN = "numbers-given.json"
"""The file in a store's folder that remembers the highest numbers, also when the store is put back
to an older backup."""
_MISREAD = str.maketrans("0189", "OIBG")
"""Figures that look like letters of a code: base32 (RFC 4648) has none of them."""
_CODE = re.compile("[A-Z2-7]{16}")
_SCANNED = re.compile(r"SKG1\|([A-Z2-7]{16})[A-Z2-7]{16}\|[^|]*\|[-\d]*")
"""What the QR code of a print says: its code is the beginning of the digest in it."""

Highest = Mapping[tuple[int, str], int]
"""The highest number given so far, by year and type of paper."""


@dataclass(frozen=True, slots=True)
class IssuedLine:
    """An issued paper in a list, without its content; ``voided`` is the moment it was voided."""

    id: int
    year: int
    number: str
    kind: str
    type: str
    subject: str
    dated: date
    signer: str
    recipients: str
    initiatives: tuple[int, ...]
    content_hash: str
    pdf: str
    pages: int
    issued_at: datetime
    issued_by: str
    voided: datetime | None
    voided_by: str
    void_reason: str

    @property
    def code(self) -> str:
        """The print code (mã bản in) of what was issued."""
        return print_code(self.content_hash)


_COLUMNS = (
    "id, year, number, kind, type, subject, dated, signer, recipients, initiatives, content_hash, "
    "pdf, pages, issued_at, issued_by, voided_at, voided_by, void_reason"
)


def content_text(papers: Iterable[Mapping[str, object]]) -> str:
    """What papers say as canonical JSON: the same papers give the same text for ever."""
    return json.dumps(list(papers), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(content: str) -> str:
    """The SHA-256 of a content, in hex."""
    return hashlib.sha256(content.encode()).hexdigest()


def content_hash_of(data: bytes) -> str:
    """The SHA-256 of a file's content, in hex."""
    return hashlib.sha256(data).hexdigest()


def print_code(digest: str) -> str:
    """The code on a print of a content with this SHA-256: 80 bits as XXXX-XXXX-XXXX-XXXX."""
    letters = b32encode(bytes.fromhex(digest)[:10]).decode()
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def code_digits(typed: str) -> str:
    """The beginning of the SHA-256 that a code stands for, blank where it is no code.

    It may be typed in small letters, with or without dashes, with figures that look like its
    letters; or scanned from a print's QR code.
    """
    scanned = _SCANNED.fullmatch(typed.strip())
    letters = scanned[1] if scanned else re.sub(r"[\s\-–]", "", typed).upper().translate(_MISREAD)
    return b32decode(letters).hex() if _CODE.fullmatch(letters) else ""


def read_numbering(connection: Connection) -> Numbering:
    """How the office numbers its papers."""
    return numbering_of(read_setting(connection, NUMBERING))


def next_ordinal(
    connection: Connection, numbering: Numbering, kind: str, year: int, floors: Highest
) -> int:
    """The number that the next paper of a type gets in a year.

    It follows the highest that any paper of its series got, voided ones too, and whatever
    ``floors`` say was given already.
    """
    series = numbering.series(kind)
    highest = highest_of(given_in(connection), floors)
    used = [
        count
        for (when, other), count in highest.items()
        if when == year and numbering.series(other) == series
    ]
    return max(numbering.first(series, year), max(used, default=0) + 1)


def highest_of(*several: Highest) -> dict[tuple[int, str], int]:
    """The highest number of each type and year that any of several says."""
    found: dict[tuple[int, str], int] = {}
    for one in several:
        for place, count in one.items():
            found[place] = max(count, found.get(place, 0))
    return found


def given_in(connection: Connection) -> dict[tuple[int, str], int]:
    """The highest number that was given in a store, by year and type."""
    rows = connection.execute(
        "SELECT year, type, max(ordinal) FROM issued_paper GROUP BY year, type"
    ).fetchall()
    return {(year, kind): count for year, kind, count in rows}


def written_down(lines: Iterable[OutgoingLine], types: Iterable[str]) -> dict[tuple[int, str], int]:
    """The highest number by year and type among papers whose numbers were written down by hand."""
    found: dict[tuple[int, str], int] = {}
    for line in lines:
        count, symbol = _parts(line)
        kind = next((one for one in types if symbol.split("-")[0] == one.upper()), "")
        if line.issued is not None and count and kind:
            place = (line.issued.year, kind)
            found[place] = max(count, found.get(place, 0))
    return found


def _parts(line: OutgoingLine) -> tuple[int, str]:
    count, _bar, rest = decision_key(line.number, None).partition("|")
    digits = re.match(r"\d+", count)
    return (int(digits[0]) if digits else 0), rest.partition("|")[0]


def last_day(
    connection: Connection, numbering: Numbering, kind: str, year: int
) -> tuple[str, date] | None:
    """Number and day of the newest paper in a type's series; None where there is none."""
    series = numbering.series(kind)
    types = [one.type for one in numbering.types if numbering.series(one.type) == series]
    marks = ",".join("?" * len(types))
    row = connection.execute(
        f"SELECT number, dated FROM issued_paper WHERE year = ? AND type IN ({marks}) "
        "ORDER BY dated DESC, id DESC LIMIT 1",
        (year, *types),
    ).fetchone()
    return (str(row[0]), date.fromisoformat(row[1])) if row else None


def remembered(folder: Path) -> dict[tuple[int, str], int]:
    """The highest numbers that the store's folder remembers; none where there is no such file.

    UserError where the file is there and cannot be read: without it a number could be given twice.
    """
    file = folder / GIVEN
    try:
        return _highest_in(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        said = _(
            "{file} cannot be read: {reason}. It remembers which numbers were given. Close the "
            "programs that use it, then try again."
        )
        raise UserError(
            said.format(file=file, reason=reason_of(error)), code="issue.remembered"
        ) from error
    except (ValueError, TypeError) as error:
        said = _(
            "{file} is damaged. It remembers which numbers were given. Put it back from a copy of "
            "the folder; without one look up the highest numbers in the book, note the next ones "
            "as first numbers (Settings, Numbers of papers), and delete the file."
        )
        raise UserError(said.format(file=file), code="issue.remembered") from error


def _highest_in(text: str) -> dict[tuple[int, str], int]:
    """What stands in the file; ValueError or TypeError for what was not written by ``remember``."""
    kept = json.loads(text)
    if not isinstance(kept, list):
        raise TypeError(text)
    return {(int(year), str(kind)): int(count) for year, kind, count in kept}


def remember(folder: Path, connection: Connection) -> None:
    """Write down the highest numbers of a store beside it; OSError where the disk refuses."""
    note(folder, given_in(connection))


def note(folder: Path, given: Highest) -> None:
    """Write down in a store's folder that these numbers were given; OSError as ``remember``.

    A number that was remembered is never forgotten, whatever the store holds now. UserError where
    what was remembered cannot be read; it is left as it is.
    """
    known = remembered(folder)
    highest = highest_of(known, given)
    if highest == known:
        return
    lines = [[year, kind, count] for (year, kind), count in sorted(highest.items())]
    temporary = folder / f"{GIVEN}.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(lines, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    replace(temporary, folder / GIVEN)
    sync_folder(folder)


_NEWEST = "ORDER BY year DESC, dated DESC, id DESC"


def issued(connection: Connection, *, year: int | None = None, words: str = "") -> list[IssuedLine]:
    """The issued papers, newest first; those of a year, and those that hold all these words.

    Words are looked for without marks in number, subject, signer, recipients and the reason of
    voiding; a print code finds its paper.
    """
    where, values = ("WHERE year = ?", (year,)) if year is not None else ("", ())
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM issued_paper {where} {_NEWEST}",
        values,
    ).fetchall()
    wanted, digits = fold(words).split(), code_digits(words)
    lines = [_line(row) for row in rows]
    return [
        line
        for line in lines
        if (digits and line.content_hash.startswith(digits)) or _holds(line, wanted)
    ]


def find_issued(
    connection: Connection, words: str = "", most: int = -1, *, also: int = 0
) -> tuple[list[IssuedLine], int]:
    """The newest issued papers that hold the words, no more than ``most``, and how many there are.

    Without words the paper ``also`` stands among them, however old it is.
    """
    if words.strip():
        found = issued(connection, words=words)
        return found[:most] if most >= 0 else found, len(found)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM issued_paper {_NEWEST} LIMIT ?", (most,)
    ).fetchall()
    (count,) = connection.execute("SELECT count(*) FROM issued_paper").fetchone()
    lines = [_line(row) for row in rows]
    older = by_id(connection, also) if all(one.id != also for one in lines) else None
    return [*lines, *([older] if older is not None else [])], int(count)


def _holds(line: IssuedLine, wanted: Sequence[str]) -> bool:
    said = fold(
        " ".join((line.number, line.subject, line.signer, line.recipients, line.void_reason))
    )
    return all(word in said for word in wanted)


def _line(row: Sequence[Any]) -> IssuedLine:
    kept = dict(zip(_COLUMNS.split(", "), row, strict=True))
    kept["initiatives"] = tuple(json.loads(kept["initiatives"]))
    kept["dated"] = date.fromisoformat(kept["dated"])
    kept["issued_at"] = datetime.fromisoformat(kept["issued_at"])
    moment = kept.pop("voided_at")
    return IssuedLine(**kept, voided=datetime.fromisoformat(moment) if moment else None)


def by_id(connection: Connection, issued_id: int) -> IssuedLine | None:
    """The issued paper of that id."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM issued_paper WHERE id = ?", (issued_id,)
    ).fetchone()
    return _line(row) if row else None


def by_code(connection: Connection, typed: str) -> IssuedLine | None:
    """The issued paper whose print bears this code, None where there is none."""
    digits = code_digits(typed)
    if not digits:
        return None
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM issued_paper WHERE content_hash BETWEEN ? AND ? ORDER BY id",
        (digits, f"{digits}g"),
    ).fetchone()
    return _line(row) if row else None


def by_number(connection: Connection, typed: str, year: int | None = None) -> list[IssuedLine]:
    """The issued papers of that number, however it was typed, newest year first."""
    key = decision_key(typed, None)
    return [
        line for line in issued(connection, year=year) if decision_key(line.number, None) == key
    ]


def unnamed(connection: Connection, digests: Iterable[str]) -> list[str]:
    """Those of the SHA-256 of kept files that no row names: no issued paper, no attachment."""
    rows = connection.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT pdf FROM issued_paper) "
        "AND value NOT IN (SELECT sha256 FROM attachment)",
        (json.dumps(list(digests)),),
    ).fetchall()
    return [digest for (digest,) in rows]


def content_of(connection: Connection, issued_id: int) -> str:
    """What was issued, as it was kept; KeyError where there is no such paper."""
    row = connection.execute(
        "SELECT content FROM issued_paper WHERE id = ?", (issued_id,)
    ).fetchone()
    if row is None:
        raise KeyError(issued_id)
    return str(row[0])
