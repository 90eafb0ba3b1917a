"""Hồ sơ sáng kiến: the papers of one initiative and its scans in order, as one file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from types import MappingProxyType

from desktop.models.dossiers import AttachmentLine, Dossier, OfficeSheet, ShownFile
from desktop.models.entry import InitiativeDraft
from desktop.printing.forms import FormSet
from desktop.printing.paper import (
    Align,
    Block,
    Column,
    Gap,
    LabelledLine,
    Orientation,
    Paper,
    Row,
    Scan,
    Table,
    Text,
    Title,
    bold,
    plain,
)
from desktop.printing.papers.application import application
from desktop.printing.papers.description import description
from desktop.printing.papers.effect_confirmation import effect_confirmation
from desktop.printing.papers.parts import TOPIC, in_order, two_digits
from desktop.printing.papers.phrases import in_full
from desktop.printing.papers.share_statement import share_statement
from desktop.printing.papers.verdict_sheet import verdict_sheet
from desktop.vietnamese.dates import short_date

NAME = "Hồ sơ sáng kiến"

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "application": "Đơn yêu cầu công nhận sáng kiến (bản đã ký)",
        "decision": "Quyết định công nhận",
        "description": "Mô tả sáng kiến (bản đã ký)",
        "effect": "Giấy xác nhận hiệu quả áp dụng (bản đã ký)",
    }
)
_CONTENTS = "Danh mục hồ sơ"
_COLUMNS = (
    Column("TT", 12, Align.CENTRE),
    Column("Thành phần hồ sơ", 88),
    Column("Có trong hồ sơ", 60),
)
_PRINTED = "Bản in, chờ ký"
_SCANNED = "Bản quét"
_NOT_SHOWN = "Có tệp, không in được"
_LACKING = "Thiếu"
"""How a part of a dossier is there."""
_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "scan-encrypted": "tệp có mật khẩu",
        "scan-damaged": "tệp bị hỏng",
        "scan-too-large": "ảnh quá lớn",
        "scan-other": "tệp không phải bản quét (PDF hoặc ảnh)",
        "scan-exhausted": "tệp quá nặng",
        "scan-lost": "tệp không còn trong sổ",
    }
)

Shown = Mapping[str, ShownFile]


def dossier_papers(
    dossier: Dossier,
    office: OfficeSheet,
    forms: FormSet,
    on: date,
    shown: Shown = MappingProxyType({}),
) -> tuple[Paper, ...]:
    """What an initiative's dossier is made of, with bookmarks below the initiative's own.

    Contents, application, description, shares of several authors, decision, confirmation of the
    effect, other files, check sheet; what was scanned once it was signed is not printed again.
    ``shown`` says how each attached file is printed, by SHA-256; files that it does not name are
    left out. One that cannot be printed has a page that says so.
    """
    entry = dossier.entry
    known = entry != InitiativeDraft()
    papers = [_contents(dossier, office, forms, shown)] if known else []
    made = {
        "application": lambda: application(dossier, office, forms),
        "description": lambda: description(dossier, office, forms),
        "effect": lambda: effect_confirmation(dossier, office, forms),
    }

    def part(kind: str, *, due: bool = True) -> Iterator[Paper]:
        if due and not _scanned(dossier, shown, kind):
            yield made[kind]()
        yield from _files(dossier, office, shown, (kind,))

    papers += [*part("application"), *part("description")]
    if len(entry.authors) > 1:
        papers.append(share_statement(dossier, office, forms))
    papers += _files(dossier, office, shown, ("decision",))
    papers += part("effect", due=bool(entry.effect_confirmed_by or entry.effect_confirmed))
    papers += _files(dossier, office, shown, ())
    papers.append(verdict_sheet(dossier, office, forms, on))
    own = below(dossier)
    return tuple(replace(paper, bookmark=(own, *paper.bookmark)) for paper in papers)


def _scanned(dossier: Dossier, shown: Shown, kind: str) -> bool:
    """Whether a scan of this part is attached and can be printed."""
    files = [one for one in dossier.attachments if one.kind == kind and one.sha256 in shown]
    return any(not shown[one.sha256].trouble for one in files)


def _contents(dossier: Dossier, office: OfficeSheet, forms: FormSet, shown: Shown) -> Paper:
    """What the dossier has, and what it lacks."""
    entry = dossier.entry
    parts = _parts(dossier, forms, shown)
    missing = ", ".join(name for name, how in parts if how == _LACKING)
    rows = [Row((str(number), *part)) for number, part in enumerate(parts, 1)]
    blocks: tuple[Block, ...] = (
        Title(("DANH MỤC HỒ SƠ SÁNG KIẾN",)),
        LabelledLine(plain("Mã hồ sơ:"), dossier.code),
        LabelledLine(plain("Tên sáng kiến:"), entry.title),
        LabelledLine(plain("Tác giả:"), ", ".join(one.name for one in in_order(entry.authors))),
        LabelledLine(plain("Đơn vị:"), in_full(entry.unit)),
        Table(_COLUMNS, tuple(rows)),
        LabelledLine(bold("Còn thiếu:"), f"{missing or 'không'}."),
    )
    return Paper("dossier-contents", _CONTENTS, blocks, author=office.name, bookmark=(_CONTENTS,))


def _parts(dossier: Dossier, forms: FormSet, shown: Shown) -> list[tuple[str, str]]:
    """Each part that a dossier has to have, as the receipt names them, and how it is there."""
    form, entry = forms.receipt, dossier.entry
    wanted = [(one.name, one.kind) for one in form.parts]
    if entry.category == TOPIC and form.topic_part:
        wanted.append((form.topic_part, "effect"))
    printed = {"application", "description"}
    if entry.effect_confirmed_by or entry.effect_confirmed:
        printed.add("effect")
    kept = {one.kind for one in dossier.attachments}
    found = []
    for name, kind in wanted:
        how = _PRINTED if kind in printed else _LACKING
        if kind in kept:
            how = _SCANNED if _scanned(dossier, shown, kind) else _NOT_SHOWN
        found.append((name, how))
    others = sum(one.kind not in {kind for _name, kind in wanted} for one in dossier.attachments)
    return found + ([("Tài liệu khác", f"{two_digits(others)} tệp")] if others else [])


def below(dossier: Dossier) -> str:
    """The bookmark of one initiative: its code and title."""
    title = dossier.entry.title or "(chưa có tên sáng kiến)"
    return f"{dossier.code} – {title}" if dossier.code else title


def _files(
    dossier: Dossier, office: OfficeSheet, shown: Shown, kinds: Sequence[str]
) -> Iterator[Paper]:
    """The papers of the files of these kinds; of none: of all kinds that have no name."""
    for file in dossier.attachments:
        wanted = file.kind in kinds if kinds else file.kind not in _NAMES
        if wanted and file.sha256 in shown:
            yield from _file(file, shown[file.sha256], _file_name(file, dossier), office)


def _file_name(file: AttachmentLine, dossier: Dossier) -> str:
    """What a file is called in the outline and over its pages."""
    decision = dossier.entry.decision
    if file.kind == "decision" and decision is not None and decision.number:
        day = f" ngày {short_date(decision.issued)}" if decision.issued else ""
        return f"Quyết định {decision.number}{day}"
    return _NAMES.get(file.kind, file.name)


def _file(
    file: AttachmentLine, look: ShownFile, called: str, office: OfficeSheet
) -> Iterator[Paper]:
    """A paper for each run of pages that lie alike; one page that says so where there is none."""
    if look.trouble:
        yield _paper(called, _placeholder(file, look, called), office)
        return
    ordered = groupby(enumerate(look.across, 1), key=lambda page: page[1])
    for part, (across, pages) in enumerate(ordered):
        blocks = tuple(
            Scan(file.sha256, number, _caption(called, number, look)) for number, _lies in pages
        )
        lies = Orientation.LANDSCAPE if across else Orientation.PORTRAIT
        words = called if not part else f"{called} (tiếp theo)"
        yield replace(_paper(words, blocks, office), orientation=lies)


def _caption(called: str, number: int, look: ShownFile) -> str:
    many = f" – trang {number}/{look.pages}" if look.pages > 1 else ""
    left_out = number == len(look.across) < look.pages
    return f"{called}{many}" + (" (các trang sau không in)" if left_out else "")


def _placeholder(file: AttachmentLine, look: ShownFile, called: str) -> tuple[Block, ...]:
    reason = _REASONS.get(look.trouble, "tệp không đọc được")
    said = (
        f"Không in được tệp “{file.name}” vì {reason}. Tệp gốc vẫn lưu trong sổ; hãy kẹp bản giấy "
        "vào đây, hoặc đính lại bản quét dạng PDF rồi in lại."
    )
    return (Gap(60), Title((called.upper(),)), Gap(6), Text(plain(said)))


def _paper(called: str, blocks: tuple[Block, ...], office: OfficeSheet) -> Paper:
    return Paper("scan", called, blocks, author=office.name, bookmark=(called,))
