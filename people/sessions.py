"""Sessions in the database, as Django keeps them; a lock outlives requests that were on their way when it fell."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import router, transaction

from .idle import BEGAN, LOCKED


class SessionStore(DatabaseSessions):
    """Each request writes back the whole session that it began with. One that began before the lock would open it."""

    began_with = ""

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()  # type: ignore[attr-defined]
        self.began_with = row.session_data if row else ""
        return self.decode(row.session_data) if row else {}

    def save(self, must_create: bool = False) -> None:
        """In the place of what the request began with, at the cost of one statement as before. Where that has changed
        meanwhile, a lock that is younger than the person's last proof stays."""
        if must_create or self.session_key is None or not self.began_with:
            super().save(must_create)
            return
        using = router.db_for_write(self.model)
        with transaction.atomic(using=using):
            wanted = self.create_model_instance(self._get_session())  # type: ignore[attr-defined]
            rows = self.model.objects.using(using).filter(session_key=self.session_key)
            unchanged = rows.filter(session_data=self.began_with)
            if unchanged.update(session_data=wanted.session_data, expire_date=wanted.expire_date):
                self.began_with = wanted.session_data
                return
            row = rows.select_for_update().first()
            held = self.decode(row.session_data) if row else {}
            if held.get(LOCKED, 0) > self.get(BEGAN, 0):
                self[LOCKED] = held[LOCKED]
            super().save()
