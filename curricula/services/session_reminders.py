"""Officers are reminded of a session the day before it begins, once."""

from __future__ import annotations

from django.db import transaction

from people import clock

from ..models import Session, SessionPlace
from ..models.session import SessionPlaceQuerySet
from .places import REMINDED_BEFORE
from .session_letters import remind

SESSION_REMINDERS = "session_reminders"


def session_reminders_are_due() -> bool:
    """Whether somebody is to be reminded now. One query."""
    return _due().exists()


def write_session_reminders() -> int:
    """Write what is due, session by session; how many letters. Safe to run twice: the note and the letter are one
    transaction, which holds the places' rows."""
    written = 0
    due = Session.objects.filter(pk__in=_due().values("session")).order_by("starts_at", "pk")
    for session in due.select_related("course").defer("course__content"):
        with transaction.atomic():
            places = list(
                _due().filter(session=session).select_for_update(of=("self",)).select_related("enrollment__person")
                .order_by("pk")
            )  # fmt: skip
            SessionPlace.objects.filter(pk__in=[place.pk for place in places]).update(reminded_at=clock.now())
            remind(session=session, places=places)
            written += len(places)
    return written


def _due() -> SessionPlaceQuerySet:
    now = clock.now()
    return SessionPlace.objects.seated().filter(
        session__state=Session.State.PLANNED,
        session__starts_at__gt=now,
        session__starts_at__lte=now + REMINDED_BEFORE,
        reminded_at__isnull=True,
        enrollment__person__is_active=True,
    )
