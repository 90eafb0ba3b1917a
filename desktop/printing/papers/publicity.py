"""Bài giới thiệu gương sáng tạo: one page on the person, the idea, and what it changed.

Nothing personal stands in it but name, work and unit. Of what is a trade secret it tells title and
effect only.
"""

from collections.abc import Iterator

from desktop.models.dossiers import Dossier, OfficeSheet
from desktop.models.entry import AuthorDraft, InitiativeDraft
from desktop.printing.forms import FormSet
from desktop.printing.office_forms import PublicityForm
from desktop.printing.paper import Block, LabelledLine, Paper, Text, Title, bold, plain
from desktop.printing.papers.certificate import summary
from desktop.printing.papers.parts import in_order
from desktop.printing.papers.phrases import issuer, or_blank, place_of_work, programme_of
from desktop.vietnamese.money import format_money

NAME = "Bài giới thiệu gương sáng tạo"


def publicity(dossier: Dossier, office: OfficeSheet, forms: FormSet) -> Paper:
    """The sheet on one initiative; what is not known is printed as dotted lines."""
    form, entry = forms.publicity, dossier.entry
    blocks: list[Block] = [
        Title((form.title,), (f"“{or_blank(entry.title)}”",), (issuer(office),)),
    ]
    for head, text in _parts(entry, form):
        if text:
            blocks.append(Text(bold(head), indent=False, lead=True))
            blocks += [Text(plain(one)) for one in text.split("\n")]
        else:
            blocks.append(LabelledLine(bold(f"{head}:"), "", 3, indent=False))
    blocks.append(Text(plain(programme_of(form.closing, office))))
    return Paper("publicity", NAME, tuple(blocks), author=office.name, bookmark=(NAME,))


def publicity_text(dossier: Dossier, office: OfficeSheet, forms: FormSet) -> str:
    """The same as plain text to paste elsewhere; parts of which nothing is known are left out."""
    form, entry = forms.publicity, dossier.entry
    parts = [f"{form.title}\n“{or_blank(entry.title)}”"]
    parts += [f"{head}\n{text}" for head, text in _parts(entry, form) if text]
    return "\n\n".join((*parts, programme_of(form.closing, office))) + "\n"


def _parts(entry: InitiativeDraft, form: PublicityForm) -> Iterator[tuple[str, str]]:
    """The heads and what stands below each, cut to what one page holds."""
    secret = entry.confidential is True
    people = _people(entry)
    letters = _share(entry, form.letters - len(entry.title) - len(people))
    yield form.person, people
    yield form.origin, _origin(entry, letters)
    content = form.confidential if secret else summary(entry.content, letters)
    changed = (content, _money(entry), summary(entry.social_benefit, letters))
    yield form.change, "\n".join(part for part in changed if part)
    if not secret:
        yield form.reach, summary(entry.applicability, letters)


def _share(entry: InitiativeDraft, letters: int) -> int:
    """So long each text may be for all of them to have ``letters``; short ones leave theirs."""
    texts = (entry.before, entry.origin, entry.content, entry.social_benefit, entry.applicability)
    room = max(letters, len(texts) * 80)
    for left, length in enumerate(sorted(map(len, texts))):
        if length * (len(texts) - left) > room:
            return room // (len(texts) - left)
        room -= length
    return max(map(len, texts))


def _people(entry: InitiativeDraft) -> str:
    """The author put forward for credit with their work, and the others by name."""
    first, *others = [one for one in in_order(entry.authors) if one.name] or [AuthorDraft()]
    if not first.name:
        return ""
    where = place_of_work(first, entry)
    said = ", ".join(part for part in (_called(first), first.job, where) if part) + "."
    said = said[:1].upper() + said[1:]
    if others:
        said += " Cùng tham gia: " + ", ".join(_called(one) for one in others) + "."
    return said


def _called(author: AuthorDraft) -> str:
    """As in "anh Lù Văn Páo"; the name alone where the gender is not known."""
    form = {"nam": "anh ", "nữ": "chị "}.get(author.gender.strip().lower(), "")
    return form + author.name


def _origin(entry: InitiativeDraft, letters: int) -> str:
    """How things were before, and what gave the idea."""
    return "\n".join(
        part for part in (summary(entry.before, letters), summary(entry.origin, letters)) if part
    )


def _money(entry: InitiativeDraft) -> str:
    year = entry.benefit_year
    return f"Giá trị làm lợi trong 01 năm: {format_money(year)} đồng." if year else ""
