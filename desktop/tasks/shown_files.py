"""The files of dossiers as pictures for printing: drawn in the bounded worker, each once."""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import UserError
from desktop.exchange.worker import Bounds, ExhaustedError, run_bounded
from desktop.models import attachments
from desktop.models.dossiers import AttachmentLine, Dossier, ShownFile
from desktop.printing.scans import kept_in
from desktop.progress import SILENT, Progress
from desktop.text import N_, _

SECONDS = 40.0
"""What drawing one file may take."""
MOST = 300 << 20
"""Bytes of pictures in one file; printing needs some three times as much memory."""
_AT_ONCE = 16
"""So many files are drawn by one worker; starting one takes longer than drawing a page."""
_NOTE = "drawn.json"

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

    ``picture`` gives the JPEG of a page of a file that was drawn. ``troubles`` are the files of the
    dossiers that were drawn last that cannot be printed whole; ``unprintable`` the characters of
    what was printed last that the letters of papers lack.
    """

    def __init__(self, store_folder: Path, pictures: Path) -> None:
        self._store, self._pictures = store_folder, pictures
        self.picture = kept_in(pictures)
        self.troubles: tuple[Trouble, ...] = ()
        self.unprintable = ""

    def draw(
        self, dossiers: Iterable[Dossier], progress: Progress = SILENT
    ) -> dict[str, ShownFile]:
        """Draw the files of these dossiers, those not drawn yet; how each is shown, by SHA-256.

        Raises UserError where all together are too much for one file.
        """
        whole = [(one, file) for one in dossiers for file in one.attachments]
        wanted = list(dict.fromkeys(file.sha256 for _one, file in whole))
        missing = [digest for digest in wanted if not self._note(digest).exists()]
        for start in range(0, len(missing), _AT_ONCE):
            progress.step(start, len(missing), _("Reading scans"))
            self._draw(missing[start : start + _AT_ONCE], progress)
        shown = {digest: self._look(digest) for digest in wanted}
        self.troubles = tuple(
            _trouble(one, file, look)
            for one, file in whole
            if (look := shown[file.sha256]).trouble or look.pages > len(look.across)
        )
        self._refuse_too_much(wanted)
        return shown

    @property
    def folder(self) -> Path:
        """Where the pictures are."""
        return self._pictures

    def _note(self, digest: str) -> Path:
        """Where it is kept what became of a file."""
        return self._pictures / digest / _NOTE

    def _look(self, digest: str) -> ShownFile:
        kept = json.loads(self._note(digest).read_text(encoding="utf-8"))
        pages = kept["pages"]
        count = max((page["pages"] for page in pages), default=0)
        return ShownFile(tuple(page["across"] for page in pages), count, kept["refused"])

    def _draw(self, digests: Sequence[str], progress: Progress) -> None:
        """Draw some files in one worker; where it dies, each in a worker of its own."""
        sound = []
        for digest in digests:
            folder = self._pictures / digest
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            if attachments.is_sound(self._store, digest):
                sound.append(digest)
            else:
                self._keep(digest, _refused("scan-lost"))
        try:
            self._draw_together(sound, progress)
        except ExhaustedError:
            for digest in sound if len(sound) > 1 else ():
                self._draw([digest], progress)
            if len(sound) == 1:
                self._keep(sound[0], _refused("scan-exhausted"))

    def _draw_together(self, digests: Sequence[str], progress: Progress) -> None:
        where = [
            str(part)
            for digest in digests
            for part in (attachments.path_of(self._store, digest), self._pictures / digest)
        ]
        bounds = Bounds(seconds=SECONDS * max(1, len(digests) / 2))
        drawn = run_bounded("scans", where, bounds=bounds, progress=progress) if digests else []
        for digest, said in zip(digests, drawn, strict=True):
            self._keep(digest, said)

    def _keep(self, digest: str, said: dict[str, object]) -> None:
        self._note(digest).write_text(json.dumps(said), encoding="utf-8")

    def _refuse_too_much(self, digests: Iterable[str]) -> None:
        """UserError where the pictures are too much to be held at once."""
        pictures = (path for one in digests for path in (self._pictures / one).glob("*.jpg"))
        if sum(path.stat().st_size for path in pictures) > MOST:
            raise UserError(
                _(
                    "The scans of these dossiers are too much for one file. Print fewer dossiers "
                    "at a time."
                ),
                code="print.too-much",
            )


def _refused(reason: str) -> dict[str, object]:
    return {"pages": [], "refused": reason}


def _trouble(dossier: Dossier, file: AttachmentLine, look: ShownFile) -> Trouble:
    whose = dossier.initiative_id, dossier.code, dossier.entry.title
    return Trouble(*whose, file.name, look.trouble, len(look.across), look.pages)
