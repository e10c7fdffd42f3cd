"""The models of people."""

from .agency import Agency, Office, Participant
from .role import RoleGrant
from .user import User

__all__ = ["Agency", "Office", "Participant", "RoleGrant", "User"]
