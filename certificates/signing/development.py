"""The issuer of an installation that has none of its own: made on first run, and SPECIMEN in every name it carries."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from .signer import SPECIMEN

FILE = "development-issuer.p12"
_BEFORE, _AFTER = dt.timedelta(days=3653), dt.timedelta(days=1826)  # demonstrations live on simulated calendars


def development_issuer(folder: Path, *, now: dt.datetime) -> Path:
    """The PKCS#12 file of the development issuer in a private folder, made if it is not there; its root goes to
    `trusted/`.

    Two processes may ask at once: the key file appears complete or not at all, and the first one stays.
    """
    path = folder / FILE
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    root, leaf = _root(now), ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(f"{SPECIMEN}: Puente development issuer", leaf, now, root)
    packed = pkcs12.serialize_key_and_certificates(b"puente", leaf, certificate, [root[1]], NoEncryption())
    draft = folder / f".{FILE}.{secrets.token_hex(6)}"
    draft.touch(mode=0o600)
    draft.write_bytes(packed)
    try:
        os.link(draft, path)
    except FileExistsError:
        return path
    finally:
        draft.unlink()
    trust(folder, root[1])
    return path


def trust(folder: Path, certificate: x509.Certificate) -> Path:
    """Put a root among those that this installation trusts. Old ones stay, so that old certificates remain
    verifiable."""
    return _keep(folder / "trusted", certificate)


def publish(folder: Path, certificate: x509.Certificate) -> Path:
    """Put a signing certificate among those whose keys are published, where it stays when another key follows."""
    return _keep(folder / "published", certificate)


def _keep(folder: Path, certificate: x509.Certificate) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{certificate.fingerprint(hashes.SHA256()).hex()[:16]}.pem"
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    draft.write_bytes(certificate.public_bytes(Encoding.PEM))
    draft.replace(path)
    return path


def make_issuer(
    common_name: str,
    *,
    now: dt.datetime,
    password: str | None = None,
    before: dt.timedelta = _BEFORE,
    after: dt.timedelta = _AFTER,
) -> tuple[bytes, x509.Certificate]:
    """A PKCS#12 file with a new key under a new root, and that root: for other issuers than the development one."""
    root, leaf = _root(now, common_name, before), ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(common_name, leaf, now, root, before=before, after=after)
    closed = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"puente", leaf, certificate, [root[1]], closed), root[1]


_Root = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]


def _root(
    now: dt.datetime, name: str = f"{SPECIMEN}: Puente development root", before: dt.timedelta = _BEFORE
) -> _Root:
    key = ec.generate_private_key(ec.SECP256R1())
    return key, _certificate(f"{name} (root)", key, now, None, before=before, after=4 * _AFTER)


def _certificate(
    common_name: str,
    key: ec.EllipticCurvePrivateKey,
    now: dt.datetime,
    root: _Root | None,
    *,
    before: dt.timedelta = _BEFORE,
    after: dt.timedelta = _AFTER,
) -> x509.Certificate:
    """A root when `root` is None, else a certificate for document signatures (non-repudiation) under it."""
    subject = x509.Name(
        [
            x509.NameAttribute(
                NameOID.ORGANIZATION_NAME, f"{SPECIMEN}, without legal effect" if SPECIMEN in common_name else "Puente"
            ),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64]),
        ]
    )
    is_root = root is None
    issuer = subject if root is None else root[1].subject
    public = key.public_key()
    signing_key = key if root is None else root[0]
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - before)
        .not_valid_after(now + after)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False)
        .sign(signing_key, hashes.SHA256())
    )
