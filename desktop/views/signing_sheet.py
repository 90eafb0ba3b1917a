"""Signing a paper with a certificate: the file and its password asked for, the signed PDF saved."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from desktop.errors import UserError
from desktop.progress import Progress
from desktop.tasks.signing import Signing, sign
from desktop.text import _
from desktop.views.asking import AskForm
from desktop.views.boxes import LineBox
from desktop.views.desk import Desk
from desktop.views.doing import Doing
from desktop.views.widgets import button, label, line, name

Printing = Callable[[Path, Progress], object]
"""Prints the whole paper to a file."""


class SigningSheet(AskForm):
    """Asks for the certificate, its password, and why the paper is signed."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            _("Sign with a certificate"),
            _("The paper is printed to a PDF file and signed with your certificate."),
            _("Sign and save…"),
        )
        self.setMinimumWidth(520)
        self.certificate = LineBox()
        words = _("Certificate (a file that ends in .p12 or .pfx)")
        head = label(words)
        head.setBuddy(self.certificate)
        name(self.certificate, words)
        self.fields.addWidget(head)
        self.fields.addLayout(line(self.certificate, button(_("Choose…"), self.choose)))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.add(_("Password of the certificate"), self.password)
        self.reason = LineBox(longest=100)
        self.add(_("Reason on the stamp (may be left out)"), self.reason)
        note = _("The stamp stands above the name of the one who signs. Nothing is sent anywhere.")
        self.fields.addWidget(label(note, tone="quiet", wrap=True))
        self.certificate.setFocus()

    def choose(self) -> None:
        """Choose the certificate's file."""
        kinds = _("Certificates (*.p12 *.pfx)")
        path, _kind = QFileDialog.getOpenFileName(self, _("Certificate"), "", kinds)
        if path:
            self.certificate.set_value(path)
            self.password.setFocus()

    def ready(self) -> str:
        """There must be a certificate."""
        chosen = Path(self.certificate.text().strip())
        return "" if chosen.is_file() else _("Choose the file of the certificate.")


class PaperSigning:
    """Signs what a place prints: asks, prints, signs, saves; asks again where that was refused."""

    def __init__(self, owner: QWidget, desk: Desk, doing: Doing) -> None:
        self._owner, self._desk, self._doing = owner, desk, doing

    def ask(self, title: str, printing: Printing) -> None:
        """Ask for the certificate of a paper, whose file will be named after ``title``."""
        sheet = SigningSheet(self._owner.window())
        sheet.accepted.connect(lambda: self._save(sheet, title, printing))
        sheet.open()

    def _save(self, sheet: SigningSheet, title: str, printing: Printing) -> None:
        """Ask where to, then sign."""
        words = _("Save the signed PDF")
        start = _("{paper} (signed).pdf").format(paper=title)
        path, _kind = QFileDialog.getSaveFileName(self._owner, words, start, "PDF (*.pdf)")
        if path:
            self.sign_to(Path(path), sheet, printing)

    def sign_to(self, out: Path, sheet: SigningSheet, printing: Printing) -> None:
        """Print and sign on the worker, and say who signed."""
        app, password = self._desk.app, sheet.password.text()
        certificate, reason = Path(sheet.certificate.text().strip()), str(sheet.reason.value())

        def work(progress: Progress) -> str:
            with tempfile.TemporaryDirectory(prefix="so-sang-kien-") as folder:
                paper = Path(folder) / "paper.pdf"
                printing(paper, progress)
                wanted = Signing(paper, certificate, reason)
                return sign(wanted, password, out, fonts=app.resources / "fonts", clock=app.clock)

        self._desk.papers.run(
            work,
            partial(self._said, out),
            partial(self._again, out, sheet, printing),
            title=_("Signing"),
        )

    def _said(self, out: Path, signer: str) -> None:
        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(out)))

        said = _("Signed by {name}: {file}").format(name=signer, file=out)
        self._desk.say(said, "good", ((_("Open"), show),))

    def _again(self, out: Path, sheet: SigningSheet, printing: Printing, error: Exception) -> None:
        """What was refused is said on the sheet, where it can be put right."""
        if not isinstance(error, UserError):
            self._doing.failed(error)
            return
        sheet.accepted.disconnect()
        sheet.accepted.connect(lambda: self.sign_to(out, sheet, printing))
        sheet.trouble.setText(str(error))
        sheet.password.selectAll()
        sheet.password.setFocus()
        sheet.open()
