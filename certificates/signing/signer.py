"""Who signs: the interface behind which keys live, and the signer that reads a PKCS#12 file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

SPECIMEN = "SPECIMEN"
SHORTEST_RSA_BITS, SHORTEST_CURVE_BITS = 3072, 256
"""128 bits of strength: NIST SP 800-57 Part 1, table 2."""
Algorithm = Literal["sha256_ecdsa", "sha256_rsa"]


class KeyUnreadable(ValueError):
    """The key file is missing, damaged, closed by another password, or holds a key of another kind."""


class Signer(Protocol):
    """An issuer's key, wherever it lives: a file, a card, a service."""

    @property
    def certificate(self) -> bytes:
        """The signing certificate, DER."""

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificates that lead from the signing certificate to the root, DER, root last."""

    @property
    def algorithm(self) -> Algorithm:
        """How `sign` signs."""

    @property
    def is_specimen(self) -> bool:
        """Whether the certificate says of itself that it has no legal effect."""

    def sign(self, message: bytes) -> bytes:
        """The signature over the SHA-256 of the message."""


class FileSigner:
    """Signs with the key of a PKCS#12 file; the key stays in memory."""

    def __init__(
        self,
        key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
        certificate: x509.Certificate,
        chain: tuple[x509.Certificate, ...],
    ) -> None:
        self._key = key
        self.certificate = certificate.public_bytes(Encoding.DER)
        self.chain = tuple(link.public_bytes(Encoding.DER) for link in chain)
        self.algorithm: Algorithm = "sha256_rsa" if isinstance(key, rsa.RSAPrivateKey) else "sha256_ecdsa"
        self.is_specimen = SPECIMEN in certificate.subject.rfc4514_string()

    @classmethod
    def from_file(cls, path: Path, password: str | None = None) -> FileSigner:
        """Read a PKCS#12 file. Raises KeyUnreadable, with what to do."""
        try:
            data = path.read_bytes()
        except OSError as error:
            raise KeyUnreadable(f"the key file {path.name} cannot be read: {error.strerror}") from None
        try:
            key, certificate, chain = pkcs12.load_key_and_certificates(data, password.encode() if password else None)
        except ValueError:
            raise KeyUnreadable(f"{path.name} is not a PKCS#12 file, or the password is another") from None
        if certificate is None or not isinstance(key, (ec.EllipticCurvePrivateKey, rsa.RSAPrivateKey)):
            raise KeyUnreadable(f"{path.name} must hold an elliptic-curve or RSA key with its certificate")
        if key.key_size < (SHORTEST_RSA_BITS if isinstance(key, rsa.RSAPrivateKey) else SHORTEST_CURVE_BITS):
            raise KeyUnreadable(
                f"the key in {path.name} has {key.key_size} bits; an RSA key needs {SHORTEST_RSA_BITS}, "
                f"an elliptic-curve key {SHORTEST_CURVE_BITS}"
            )
        return cls(key, certificate, tuple(chain))

    def sign(self, message: bytes) -> bytes:
        """ECDSA or RSA (PKCS#1 v1.5) over the SHA-256 of the message."""
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(message, ec.ECDSA(hashes.SHA256()))
