"""What people say upward, inside the transaction of the fact."""

from __future__ import annotations

from django.dispatch import Signal

#: Letters were put into the outbox, or put back: whoever sends them should look after the commit.
letters_written = Signal()
