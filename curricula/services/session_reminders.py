"""Officers are reminded of a session the day before it begins, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from people import clock

from ..models import Reminder, Session, SessionPlace
from ..models.session import SessionPlaceQuerySet
from ..reminder_rules import openings
from .places import REMINDED_BEFORE
from .reminders import Note, note_reminders
from .session_letters import remind

SESSION_REMINDERS = "session_reminders"
LATEST = dt.timedelta(hours=2)
"""So long before the session begins the letter is written, quiet hours or not."""

WITH_CLOCKS = ("enrollment__person__participant", "enrollment__person__office__agency__participant")


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
            held = _due().filter(session=session).select_for_update(of=("self",)).order_by("pk")
            places = list(held.select_related(*WITH_CLOCKS))
            SessionPlace.objects.filter(pk__in=[place.pk for place in places]).update(reminded_at=clock.now())
            letters = remind(session=session, places=places, not_before=_not_before(session, places))
            note_reminders(
                kind=Reminder.Kind.SESSION,
                notes=[
                    Note(place.enrollment, place.enrollment.person, str(session.uid), session.starts_at.date(), letter)
                    for place, letter in zip(places, letters, strict=True)
                ],
            )
            written += len(places)
    return written


def _not_before(session: Session, places: Sequence[SessionPlace]) -> dict[int, dt.datetime]:
    """The end of quiet hours, by key of the person; but never so late that the letter comes after the session."""
    latest = session.starts_at - LATEST
    opens = openings(place.enrollment.person for place in places)
    return {person: min(at, latest) for person, at in opens.items()}


def _due() -> SessionPlaceQuerySet:
    now = clock.now()
    return SessionPlace.objects.seated().filter(
        session__state=Session.State.PLANNED,
        session__starts_at__gt=now,
        session__starts_at__lte=now + REMINDED_BEFORE,
        reminded_at__isnull=True,
        enrollment__person__is_active=True,
    )
