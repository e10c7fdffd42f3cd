"""Sessions in the database, as Django keeps them; a lock outlives requests that were on their way when it fell."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import router, transaction

from .idle import BEGAN, LOCKED


class SessionStore(DatabaseSessions):
    """Each request writes back the whole session that it began with. One that began before the lock would open it."""

    def save(self, must_create: bool = False) -> None:
        """Holds the session's row while it looks. A lock is over when its person has shown who they are after it."""
        if must_create or self.session_key is None or LOCKED in self:
            super().save(must_create)
            return
        with transaction.atomic(using=router.db_for_write(self.model)):
            row = self.model.objects.select_for_update().filter(session_key=self.session_key).first()
            held = self.decode(row.session_data) if row else {}
            if held.get(LOCKED, 0) > self.get(BEGAN, 0):
                self[LOCKED] = held[LOCKED]
            super().save()
