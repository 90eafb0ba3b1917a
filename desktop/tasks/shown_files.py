"""The files of dossiers as pictures for printing: drawn in the bounded worker, each once."""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.exchange.worker import Bounds, ExhaustedError, RefusedError, run_bounded
from desktop.models import attachments
from desktop.models.dossiers import AttachmentLine, Dossier, ShownFile
from desktop.printing.paper import Scan
from desktop.progress import SILENT, Progress
from desktop.text import N_, _

SECONDS = 60.0
"""What drawing one file may take."""
_PAGES = "pages.json"

_REASONS: Mapping[str, str] = {
    "scan-encrypted": N_("it is locked with a password"),
    "scan-damaged": N_("it is damaged"),
    "scan-too-large": N_("the picture is too large"),
    "scan-other": N_("it is no scan (PDF or picture)"),
    "scan-exhausted": N_("it is too heavy to be drawn"),
    "scan-lost": N_("it is no longer in the store"),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file of a dossier that could not be printed, or not whole; ``reason`` names why."""

    initiative_id: int
    code: str
    title: str
    file: str
    reason: str
    printed: int = 0
    pages: int = 0

    @property
    def words(self) -> str:
        """The file and what is wrong with it."""
        if self.reason:
            said = _("file {file} is not printed: {reason}")
            return said.format(file=self.file, reason=_(_REASONS[self.reason]))
        said = _("file {file}: only {printed} of {pages} pages are printed")
        return said.format(file=self.file, printed=self.printed, pages=self.pages)


class ShownFiles:
    """The pictures of attached files, kept in a folder of their own while something is printed.

    ``troubles`` are the files of the dossiers that were drawn last that cannot be printed whole;
    ``unprintable`` the characters of what was printed last that the letters of papers lack.
    """

    def __init__(self, store_folder: Path, pictures: Path) -> None:
        self._store, self._pictures = store_folder, pictures
        self.troubles: tuple[Trouble, ...] = ()
        self.unprintable = ""

    def draw(
        self, dossiers: Iterable[Dossier], progress: Progress = SILENT
    ) -> dict[str, ShownFile]:
        """Draw the files of these dossiers, those not drawn yet; how each is shown, by SHA-256."""
        whole = [(one, file) for one in dossiers for file in one.attachments]
        shown: dict[str, ShownFile] = {}
        for done, (_one, file) in enumerate(whole):
            progress.step(done, len(whole), _("Reading scans"))
            if file.sha256 not in shown:
                shown[file.sha256] = self._shown(file, progress)
        self.troubles = tuple(
            _trouble(one, file, look)
            for one, file in whole
            if (look := shown[file.sha256]).trouble or look.pages > len(look.across)
        )
        return shown

    def picture(self, scan: Scan) -> bytes:
        """The JPEG of a page of a file that was drawn."""
        return (self._pictures / scan.source / f"{scan.page}.jpg").read_bytes()

    def _shown(self, file: AttachmentLine, progress: Progress) -> ShownFile:
        folder = self._pictures / file.sha256
        kept = folder / _PAGES
        if not kept.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            kept.write_text(json.dumps(self._drawn(file, folder, progress)), encoding="utf-8")
        said = json.loads(kept.read_text(encoding="utf-8"))
        return ShownFile(tuple(said["across"]), said["pages"], said["trouble"])

    def _drawn(self, file: AttachmentLine, folder: Path, progress: Progress) -> dict[str, object]:
        """Draw a file in the worker; a file that breaks off half-way is not shown at all."""
        if not attachments.is_sound(self._store, file.sha256):
            return _nothing("scan-lost")
        path = attachments.path_of(self._store, file.sha256)
        try:
            pages = run_bounded(
                "scan",
                [str(path), str(folder)],
                bounds=Bounds(seconds=SECONDS),
                progress=progress,
            )
        except RefusedError as refused:
            return _nothing(refused.code)
        except ExhaustedError:
            return _nothing("scan-exhausted")
        return {
            "across": [page["across"] for page in pages],
            "pages": max(page["pages"] for page in pages),
            "trouble": "",
        }


def _trouble(dossier: Dossier, file: AttachmentLine, look: ShownFile) -> Trouble:
    whose = dossier.initiative_id, dossier.code, dossier.entry.title
    return Trouble(*whose, file.name, look.trouble, len(look.across), look.pages)


def _nothing(trouble: str) -> dict[str, object]:
    return {"across": [], "pages": 0, "trouble": trouble}
