"""The models of certificates."""

from .credential import CertificateNumber, Credential, Standing
from .signatory import Signatory
from .validity import ExpiryNotice, ValidityRule

__all__ = ["CertificateNumber", "Credential", "ExpiryNotice", "Signatory", "Standing", "ValidityRule"]
