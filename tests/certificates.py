"""Certificates of fictional people, made for a test: nobody outside vouches for them."""

from datetime import datetime, timedelta, timezone
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

NOW = datetime(2023, 8, 4, 14, 5, 9, tzinfo=timezone(timedelta(hours=7)))
NAME, ORGAN, PASSWORD = "Lò Thị Mai Hoa", "Liên đoàn Lao động tỉnh Lai Châu", "mật khẩu 1"
DAY = timedelta(days=1)


@lru_cache(maxsize=1)
def _key() -> rsa.RSAPrivateKey:
    """One key for all: making one takes long."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def made(
    begins: datetime = NOW - DAY, ends: datetime = NOW + 365 * DAY, *, keyed: bool = True
) -> bytes:
    """A PKCS#12 file; without its private key where ``keyed`` is False."""
    key = _key()
    names = ((NameOID.COMMON_NAME, NAME), (NameOID.ORGANIZATION_NAME, ORGAN))
    subject = x509.Name([x509.NameAttribute(kind, value) for kind, value in names])
    usage = x509.KeyUsage(True, True, *(False,) * 7)  # noqa: FBT003 - what the standard counts up
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 7, begins, ends)
    certificate = builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    return pkcs12.serialize_key_and_certificates(
        b"x",
        key if keyed else None,
        certificate if keyed else None,
        None if keyed else [certificate],
        BestAvailableEncryption(PASSWORD.encode()),
    )
