"""What dossiers still lack for a paper, said before it is printed: parts not written, scans."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from desktop.models import attachments, reading
from desktop.models.dossiers import Dossier
from desktop.models.engines.sqlite import Connection
from desktop.progress import SILENT, Progress
from desktop.tasks.shown_files import Trouble
from desktop.text import N_, _

DECISION_KIND = "decision"
"""What an attachment is that shows the decision of recognition."""
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Lack:
    """An initiative and what its paper lacks, in the language in use."""

    initiative_id: int
    code: str
    title: str
    parts: tuple[str, ...]


def _application(dossier: Dossier) -> Iterator[str]:
    entry = dossier.entry
    if not entry.title:
        yield _("title")
    if not entry.authors:
        yield _("authors")
    for author in entry.authors:
        if author.birth is None:
            yield _("birth date of {name}").format(name=author.name)
    shares = [author.share for author in entry.authors]
    if shares and (None in shares or sum(filter(None, shares)) != Decimal(100)):
        yield _("shares that sum to 100%")
    if entry.use is None and entry.trial is None:
        yield _("day of first use")


_PARTS: tuple[tuple[str, str], ...] = (
    ("before", N_("state before")),
    ("content", N_("content of the solution")),
    ("novelty", N_("what is new")),
    ("applicability", N_("applicability")),
)


def _description(dossier: Dossier) -> Iterator[str]:
    if not dossier.entry.title:
        yield _("title")
    for field, words in _PARTS:
        if not getattr(dossier.entry, field):
            yield _(words)


def _decision(dossier: Dossier) -> Iterator[str]:
    decision = dossier.entry.decision
    if decision is None or not decision.number:
        yield _("decision of recognition")
    elif decision.issued is None:
        yield _("day of the decision")


def _scan(dossier: Dossier) -> Iterator[str]:
    if not any(file.kind == DECISION_KIND for file in dossier.attachments):
        yield _("scan of the decision")


def _whole(dossier: Dossier) -> Iterator[str]:
    for part in (_application, _description, _decision, _scan):
        yield from part(dossier)


_NEEDS: Mapping[str, Callable[[Dossier], Iterator[str]]] = MappingProxyType(
    {
        "application": _application,
        "application-enterprise": _application,
        "application-education": _application,
        "description": _description,
        "dossier": _whole,
        "certificate": _decision,
        "share-statement": _application,
        "reply-slip": _decision,
    }
)


def can_lack(key: str) -> bool:
    """Whether it is known what the paper of that key needs of an initiative."""
    return key in _NEEDS


def parts_lacking(key: str, dossier: Dossier) -> tuple[str, ...]:
    """What an initiative lacks for the paper of that key, each part once."""
    needs = _NEEDS.get(key)
    return tuple(dict.fromkeys(needs(dossier))) if needs is not None else ()


def lacks(
    connection: Connection,
    key: str,
    ids: Sequence[int],
    folder: Path,
    progress: Progress = SILENT,
) -> Iterator[Lack]:
    """Those of the initiatives that lack something for a paper, in the order of the ids.

    ``folder`` is the store's: a whole dossier also lacks a scan that is named but not there.
    """
    if not can_lack(key):
        return
    for done, dossier in enumerate(_dossiers(connection, ids)):
        progress.step(done, len(ids))
        parts = parts_lacking(key, dossier)
        if key == "dossier":
            parts += tuple(_lost(dossier, folder))
        if parts:
            yield Lack(dossier.initiative_id, dossier.code, dossier.entry.title, parts)


def _dossiers(connection: Connection, ids: Sequence[int]) -> Iterator[Dossier]:
    """The initiatives with what a paper may lack; neither units nor verdicts are read for it."""
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        kept, files = (
            reading.kept(connection, part, ({}, {})),
            reading.attachments(connection, part),
        )
        for key in part:
            if key in kept:
                draft = kept[key].draft
                yield Dossier(key, draft.code, draft, attachments=files.get(key, ()))


def with_troubles(found: Sequence[Lack], troubles: Sequence[Trouble]) -> tuple[Lack, ...]:
    """What is lacking together with the files that could not be printed, one line a dossier."""
    every = {one.initiative_id: one for one in found}
    for one in troubles:
        known = every.get(one.initiative_id) or Lack(one.initiative_id, one.code, one.title, ())
        if one.words not in known.parts:
            every[one.initiative_id] = replace(known, parts=(*known.parts, one.words))
    return tuple(every.values())


def _lost(dossier: Dossier, folder: Path) -> Iterator[str]:
    for file in dossier.attachments:
        if not attachments.path_of(folder, file.sha256).is_file():
            yield _("file {name}, which is no longer in the store").format(name=file.name)
