"""When a session began, when a person last used it, and whether it is locked: kept in the session, by the real clock.

A page locks itself after `PUENTE_IDLE_MINUTES` without a key, a touch or a scroll and says so here; a session of which
nothing was heard for that time and a grace is locked as well, with script and without. A page's own questions (how far
is a job) are marked `passive`: they prove nothing about a person. Whoever goes on without a pause shows once more who
they are after `PUENTE_SESSION_HOURS`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

BEGAN, SEEN, LOCKED = "puente_began_at", "puente_seen_at", "puente_locked_at"
MOST_GRACE_SECONDS, MOST_STALE_SECONDS = 60, 30


def idle_seconds() -> float:
    """How long a person may be away; 0 when nothing locks for that."""
    return float(settings.PUENTE_IDLE_MINUTES) * 60


def longest_seconds() -> float:
    """How long a session goes on before its person must show who they are again; 0 for ever."""
    return float(settings.PUENTE_SESSION_HOURS) * 3600


def passive[View: Callable[..., Any]](view: View) -> View:
    """A view that a page asks by itself: not a sign of life."""
    view.is_passive = True  # type: ignore[attr-defined]
    return view


def passive_when[View: Callable[..., Any]](query: str) -> Callable[[View], View]:
    """A view that a page without script asks by itself under an address with this name in its query."""

    def mark(view: View) -> View:
        view.is_passive = query  # type: ignore[attr-defined]
        return view

    return mark


def is_sign_of_life(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Whether a person asked, and not the page by itself."""
    quiet = getattr(view, "is_passive", False)
    return quiet not in request.GET if isinstance(quiet, str) else not quiet


def begin(session: SessionBase) -> None:
    """A person has just shown who they are."""
    session[BEGAN] = session[SEEN] = time.time()
    session.pop(LOCKED, None)


def note(session: SessionBase) -> None:
    """A person is there. Written at most every 30 seconds, so that reading costs no writes."""
    now = time.time()
    if now - session.get(SEEN, 0) >= min(MOST_STALE_SECONDS, idle_seconds() / 20):
        session[SEEN] = now
        UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())


def lock(session: SessionBase) -> None:
    """Lock now, as a page does whose person has left."""
    session.setdefault(LOCKED, time.time())


def is_locked(session: SessionBase) -> bool:
    """Whether the person must show who they are before anything else."""
    if LOCKED not in session and (_was_left_alone(session) or _is_too_old(session)):
        lock(session)
    return LOCKED in session


def go_on(request: HttpRequest) -> None:
    """The same person has shown who they are: the session goes on under a new key; its place in the list stays."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)
    begin(request.session)


def _was_left_alone(session: SessionBase) -> bool:
    allowed, now = idle_seconds(), time.time()
    return bool(allowed) and now - session.get(SEEN, now) > allowed + min(MOST_GRACE_SECONDS, allowed / 2)


def _is_too_old(session: SessionBase) -> bool:
    allowed, now = longest_seconds(), time.time()
    return bool(allowed) and now - session.setdefault(BEGAN, now) > allowed
