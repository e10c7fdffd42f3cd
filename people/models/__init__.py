"""The models of people."""

from .agency import Agency, Office, Participant
from .audit import AuditEntry, AuditHead
from .invitation import Invitation
from .letter import Letter
from .retention import RetentionRule
from .role import RoleGrant
from .user import User

__all__ = [
    "Agency",
    "AuditEntry",
    "AuditHead",
    "Invitation",
    "Letter",
    "Office",
    "Participant",
    "RetentionRule",
    "RoleGrant",
    "User",
]
