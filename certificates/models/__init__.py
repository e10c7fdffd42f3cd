"""The models of certificates."""

from .credential import CertificateNumber, Credential, Standing
from .design import CertificateDesign, Competence, Framework
from .signatory import Signatory
from .validity import ExpiryNotice, ValidityRule

__all__ = [
    "CertificateDesign",
    "CertificateNumber",
    "Competence",
    "Credential",
    "ExpiryNotice",
    "Framework",
    "Signatory",
    "Standing",
    "ValidityRule",
]
