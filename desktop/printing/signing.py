"""Signing a printed paper with a certificate (PKCS#12): PAdES, without any network.

The only module that knows the signing library, which is an extra; whoever signs loads it by name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from asn1crypto import keys, pkcs12, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PKCS12KeyAndCertificates,
    load_pkcs12,
)
from cryptography.x509 import Certificate as Held
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from desktop.errors import UserError
from desktop.printing import stamps
from desktop.printing.pdf import PROGRAM
from desktop.text import _

FIELD = "ChuKySo"
_FULL = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MIN, Margins())
"""The stamp fills its room."""


class Certificate(NamedTuple):
    """A certificate with its private key: whose it is, of which organ, and what signs with it."""

    name: str
    organ: str
    signer: SimpleSigner


class Signature(NamedTuple):
    """What is signed with: the office named on the stamp, why, when, and where the letters are."""

    certificate: Certificate
    office: str
    reason: str
    moment: datetime
    fonts: Path


def certificate(data: bytes, password: str, now: datetime) -> Certificate:
    """The certificate in a PKCS#12 file.

    Raises UserError for a file that is none, a wrong password, a missing private key, and a
    certificate that is not valid at ``now``.
    """
    held = _opened(data, password)
    if held.key is None or held.cert is None:
        raise _refused(
            "certificate.no-key",
            _(
                "The certificate file holds no private key, so nothing can be signed with it. "
                "Export the certificate again together with its private key."
            ),
        )
    own = held.cert.certificate
    _valid(own, now)
    others = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # the library's
    others.register_multiple(_certificate(each.certificate) for each in held.additional_certs)
    key = held.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = SimpleSigner(_certificate(own), keys.PrivateKeyInfo.load(key), others)
    return Certificate(
        _told(own, NameOID.COMMON_NAME), _told(own, NameOID.ORGANIZATION_NAME), signer
    )


def _opened(data: bytes, password: str) -> PKCS12KeyAndCertificates:
    """What the file holds."""
    try:
        pkcs12.Pfx.load(data, strict=True).native  # noqa: B018 - reads the whole
    except (ValueError, TypeError) as error:
        raise _refused(
            "certificate.unreadable",
            _("The file is no certificate. Choose a file that ends in .p12 or .pfx."),
        ) from error
    try:
        return load_pkcs12(data, password.encode("utf-8") or None)
    except ValueError as error:
        raise _refused(
            "certificate.password",
            _("The password does not open the certificate. Type it again."),
        ) from error


def _valid(own: Held, now: datetime) -> None:
    """Raises UserError where the certificate has run out or does not hold yet."""
    ends, begins = own.not_valid_after_utc, own.not_valid_before_utc
    if now > ends:
        raise _refused(
            "certificate.expired",
            _("The certificate ran out on {day}. Ask its issuer to renew it.").format(
                day=ends.astimezone(now.tzinfo).strftime("%d/%m/%Y")
            ),
        )
    if now < begins:
        raise _refused(
            "certificate.early",
            _(
                "The certificate holds only from {day} on. Wait until then, and look whether the "
                "clock of this PC is right."
            ).format(day=begins.astimezone(now.tzinfo).strftime("%d/%m/%Y")),
        )


def _certificate(held: Held) -> x509.Certificate:
    """The same certificate for the other library."""
    return x509.Certificate.load(held.public_bytes(Encoding.DER))


def _told(own: Held, what: object) -> str:
    """A part of the subject's name, "" where there is none."""
    found = own.subject.get_attributes_for_oid(what)  # type: ignore[arg-type]  # one of the ids
    return str(found[0].value) if found else ""


def signed(data: bytes, with_: Signature) -> bytes:
    """The file with a signature, and a stamp where the signer's name stands.

    The bytes before it stay as they are. Raises UserError for a file that this program has not
    printed, that is signed already, or that has no room for the stamp.
    """
    _unsigned(data)
    own = with_.certificate
    spot = stamps.place(data, (own.name,))
    if spot is None:
        raise _refused(
            "sign.no-room",
            _("The last page has no room for the stamp. Print the paper with a free place."),
        )
    told = stamps.lines(own.name, with_.office or own.organ, with_.moment, with_.reason)
    seen = _Stamp(stamps.drawn(told, spot, with_.fonts))
    told_of = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=with_.reason or None,
        name=own.name,
    )
    out = PdfSigner(
        told_of,
        own.signer,
        stamp_style=StaticStampStyle(border_width=0, background=seen, background_layout=_FULL),
        new_field_spec=SigFieldSpec(FIELD, on_page=spot.page, box=spot.edges),
    ).sign_pdf(_Writer(BytesIO(data)))
    return bytes(out.getvalue())


def _unsigned(data: bytes) -> None:
    """Raises UserError for a file that must not be signed."""
    with _readable():
        file = PdfFileReader(BytesIO(data))
        ours = "/Info" in file.trailer and file.trailer["/Info"]["/Producer"] == PROGRAM
        before = file.embedded_signatures
    if before:
        raise _refused(
            "sign.signed",
            _(
                "The file is signed already. Signing it again would need the agreement of whoever "
                "signed before: print the paper again and sign that."
            ),
        )
    if not ours:
        raise _foreign()


@contextmanager
def _readable() -> Iterator[None]:
    """What cannot be read was not printed by this program."""
    try:
        yield
    except (
        PdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        OSError,
    ) as error:
        raise _foreign() from error


def _foreign() -> UserError:
    return _refused(
        "sign.foreign",
        _(
            "Only papers that this program has printed can be signed here. Print the paper to a "
            "PDF file first."
        ),
    )


def _refused(code: str, words: str) -> UserError:
    return UserError(words, code=code)


class _Writer(IncrementalPdfFileWriter):
    """Adds to a file what signing needs; what the file says of itself stays as it was printed."""

    def _update_meta(self) -> None:
        """The library's own name in two places that do not agree would be no PDF/A any more."""


class _Stamp(PdfContent):
    """A page of a file in memory as what is drawn in a signature's place."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.page = page

    def render(self) -> bytes:
        """Take the page over into the file that is signed."""
        drawn = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self.page)))
        self.resources.xobject["/Dau"] = drawn
        _left, _bottom, width, height = drawn.get_object()["/BBox"]
        self.box = BoxConstraints(width=width, height=height)
        return b"/Dau Do"
