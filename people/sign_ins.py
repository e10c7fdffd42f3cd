"""Sessions of the browser: whose each is. The session table names nobody, so each session is opened to see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session


def sessions(queryset: object = None) -> Iterator[tuple[Session, str | None]]:
    """Each session with the primary key of who is signed in, as text; None for a stranger's or an unreadable one."""
    rows = Session.objects.all() if queryset is None else queryset
    for session in rows.iterator(chunk_size=500):  # type: ignore[attr-defined]
        yield session, session.get_decoded().get(SESSION_KEY)


def sessions_of(person_id: int) -> list[Session]:
    """The sessions in which a person is signed in. Opens every session: not for a page that is asked for often."""
    return [session for session, owner in sessions() if owner == str(person_id)]


def expired_sessions(before: dt.datetime) -> Iterator[tuple[Session, str | None]]:
    """Sessions that ended before a moment, the oldest first."""
    return sessions(Session.objects.filter(expire_date__lt=before).order_by("expire_date"))
