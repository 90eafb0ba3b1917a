"""Signing a printed paper with the certificate of who is responsible: file in, signed file out."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from desktop.errors import UserError, unreadable
from desktop.models.store import refuse_store_files
from desktop.printing import pdf
from desktop.text import _

ENGINE = "desktop.printing.signing"
"""What signs, imported when it is asked for: the signing library is an extra, and slow to load."""
PASSWORD = "SOSANGKIEN_CERTIFICATE_PASSWORD"  # noqa: S105 - the name of a variable
_PARTS = {"pyhanko", "pyhanko_certvalidator", "cryptography", "asn1crypto"}
_LARGEST = 200_000_000


@dataclass(frozen=True, slots=True)
class Signing:
    """What is signed with what: the paper's file, the certificate's file, why, and for whom.

    ``office`` is named on the stamp; without one, the organ that the certificate names.
    """

    paper: Path
    certificate: Path
    reason: str = ""
    office: str = ""


def sign(
    wanted: Signing, password: str, out: Path, *, fonts: Path, clock: Callable[[], datetime]
) -> str:
    """Write the signed paper to ``out``, whole or not at all; the name of who signed.

    ``out`` may be the paper's own file. Raises UserError where the signing library is missing, a
    file cannot be read or written, the certificate cannot sign, or the paper must not be signed.
    """
    refuse_store_files(out)
    engine = _engine()
    now = clock()
    certificate = engine.certificate(_read(wanted.certificate), password, now)
    with_ = engine.Signature(certificate, wanted.office, wanted.reason, now, fonts)
    pdf.keep(engine.signed(_read(wanted.paper), with_), out)
    return str(certificate.name)


def can_sign() -> bool:
    """Whether this installation signs at all: with the extra, and always when it is frozen."""
    return getattr(sys, "frozen", False) or find_spec("pyhanko") is not None


def load() -> bool:
    """Load what signs, to see that all of it is there; UserError where the library is missing."""
    return bool(_engine())


def _engine() -> Any:
    """The module that signs."""
    try:
        return import_module(ENGINE)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _PARTS:
            raise
        raise UserError(
            _(
                "Signing needs the library pyHanko, which is not installed. In the program's "
                "folder, run: python -m pip install --require-hashes -r requirements/sign.txt"
            ),
            code="sign.missing",
        ) from error


def _read(file: Path) -> bytes:
    """The bytes of a file that somebody chose."""
    try:
        if file.stat().st_size > _LARGEST:
            raise UserError(
                _("The file {file} is too large to be signed.").format(file=file), code="sign.large"
            )
        return file.read_bytes()
    except OSError as error:
        raise unreadable(file, error) from error
