"""What this floor holds about a person, and how it is erased: the account, the ways to sign in, letters,
the audit record."""

from . import account, letters, record, sign_ins

__all__ = ["account", "letters", "record", "sign_ins"]
