"""When and where a session is, in templates."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.formats import date_format

from ..models import Session, SessionPlace
from ..session_selectors import Attendance
from ..session_words import count_words, day_of, hours_of, recorded_words

register = template.Library()


@register.filter
def session_day(session: Session) -> str:
    """The day, with its name, in the session's zone."""
    return day_of(session.starts_at, session.time_zone)


@register.filter
def session_hours(session: Session) -> str:
    """From when to when, and in which zone."""
    return hours_of(session.starts_at, session.ends_at, session.time_zone)


@register.filter
def session_where(session: Session) -> str:
    """Place and room."""
    return ", ".join(part for part in (session.place, session.room) if part)


@register.filter
def stored(place: SessionPlace, session: Session) -> str:
    """When the mark was stored, in the session's zone."""
    return recorded_words(place, session)


@register.filter
def in_zone(at: dt.datetime, session: Session) -> str:
    """Day and time of another moment, in the session's zone."""
    return f"{date_format(at.astimezone(session.zone), 'Y-m-d')} {at.astimezone(session.zone):%H:%M}"


@register.filter
def hour_in(at: dt.datetime, session: Session) -> str:
    """The hour of another moment, in the session's zone."""
    return f"{at.astimezone(session.zone):%H:%M}"


@register.filter
def counted(attendance: Attendance) -> str:
    """How many attended in which way."""
    return count_words(attendance)
