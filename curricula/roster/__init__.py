"""Rosters: bytes in, rows and all errors out. Pure; the sentences for the codes are in `messages`."""
