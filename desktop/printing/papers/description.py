"""Mô tả sáng kiến: what was before, what is new, where it can be used and what it brings."""

from collections import Counter

from desktop.models.dossiers import AttachmentLine, Dossier, OfficeSheet
from desktop.models.entry import InitiativeDraft
from desktop.printing.forms import FormSet
from desktop.printing.paper import (
    Block,
    Header,
    LabelledLine,
    Paper,
    Signatures,
    Signer,
    Text,
    Title,
    bold,
    plain,
)
from desktop.printing.papers.parts import (
    benefit,
    file_kind,
    in_order,
    place_date,
    reach,
    two_digits,
)
from desktop.vietnamese.folding import fold

NAME = "Mô tả sáng kiến"
_OWN = frozenset({"application", "description"})
"""Files that are the description itself, or what the description goes with."""
_ATTACHED = ("Bản vẽ, sơ đồ", "Bản tính toán", "Tài liệu khác")
"""What the form asks for; the last is everything else."""
_STEPS = "Các bước thực hiện"


def description(dossier: Dossier, office: OfficeSheet, forms: FormSet) -> Paper:
    """The description of one initiative; what is not known is printed as dotted lines."""
    form, entry = forms.description, dossier.entry
    blocks: tuple[Block, ...] = (
        Header(form_code=form.code),
        Title(("MÔ TẢ SÁNG KIẾN",)),
        # The council's own number, not ours: it is written by hand.
        LabelledLine(plain(form.serial)),
        LabelledLine(bold("1. Tên sáng kiến:"), entry.title, 2),
        LabelledLine(bold("2. Lĩnh vực áp dụng sáng kiến:"), entry.field),
        Text(bold("3. Mô tả bản chất của sáng kiến:"), lead=True),
        *_nature(entry),
        *_attached(dossier),
        Signatures(
            (
                Signer((form.confirmer,), "", form.confirmer_hint),
                Signer((form.signer,), _names(entry), form.hint, place_date(office.place, None)),
            )
        ),
    )
    return Paper("description", NAME, blocks, author=office.name, bookmark=(NAME,))


def _nature(entry: InitiativeDraft) -> list[Block]:
    """Points 3.1 to 3.4."""
    return [
        LabelledLine(bold("3.1. Tình trạng giải pháp đã biết:"), _before(entry), 4),
        Text(bold("3.2. Nội dung giải pháp đề nghị công nhận là sáng kiến:"), lead=True),
        LabelledLine(plain("- Mục đích của giải pháp:"), "", 2),
        LabelledLine(plain("- Nội dung giải pháp:"), entry.content, 6),
        LabelledLine(plain("- Tính mới của giải pháp:"), entry.novelty, 3),
        *_steps(entry),
        LabelledLine(
            bold("3.3. Khả năng áp dụng của giải pháp:"),
            reach(entry),
            3,
        ),
        LabelledLine(
            bold("3.4. Hiệu quả, lợi ích thu được hoặc dự kiến có thể thu được:"),
            benefit(entry),
            4,
        ),
    ]


def _before(entry: InitiativeDraft) -> str:
    """The known solution, and how the idea of a better one arose."""
    origin = f"Hoàn cảnh hình thành: {entry.origin}" if entry.origin else ""
    return "\n".join(part for part in (entry.before, origin) if part)


def _steps(entry: InitiativeDraft) -> list[Block]:
    """A place for the steps where the content does not tell them."""
    told = fold(_STEPS) in fold(entry.content)
    return [] if told else [LabelledLine(plain(f"- {_STEPS}:"), "", 2)]


def _attached(dossier: Dossier) -> list[Block]:
    """Point 3.5: the files kept with the initiative by kind; those of none are counted by hand."""
    files = [one for one in dossier.attachments if one.kind not in _OWN]
    kept = Counter(_attached_as(one) for one in files if not _decides(one))
    *drawn, rest = _ATTACHED
    others = [kind for kind in kept if kind not in _ATTACHED]
    return [
        Text(bold("3.5. Tài liệu kèm theo gồm:"), lead=True),
        *(Text(plain(f"- {kind}: {_copies(kept[kind])}.")) for kind in (*drawn, *others, rest)),
    ]


def _decides(kept: AttachmentLine) -> bool:
    """Whether it is a decision, which comes of the description."""
    return "quyet dinh" in fold(file_kind(kept))


def _attached_as(kept: AttachmentLine) -> str:
    """Under which kind a file is counted, however that is written."""
    kind = file_kind(kept)
    return next((one for one in _ATTACHED if fold(one) == fold(kind)), kind)


def _copies(count: int) -> str:
    return f"{two_digits(count)} bản" if count else "……… bản"


def _names(entry: InitiativeDraft) -> str:
    """The author who signs: the credited one."""
    return next((author.name for author in in_order(entry.authors)), "")
