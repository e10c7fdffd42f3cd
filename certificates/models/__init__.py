"""The models of certificates."""

from .credential import CertificateNumber, Credential
from .signatory import Signatory

__all__ = ["CertificateNumber", "Credential", "Signatory"]
