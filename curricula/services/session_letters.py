"""Letters about sessions, each in the recipient's own language and the session's time zone, with a calendar file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from people.models import Letter, User
from people.services.correspondence import Draft, write_letters

from ..models import Session, SessionPlace
from ..session_words import values_of


def tell_of_invitation(*, session: Session, places: Iterable[SessionPlace]) -> None:
    """They have a seat."""
    _write("session_invitation", session, places)


def tell_of_waiting(*, session: Session, places: Iterable[SessionPlace]) -> None:
    """They are on the waiting list."""
    _write("session_waiting", session, places)


def tell_of_promotion(*, session: Session, places: Iterable[SessionPlace]) -> None:
    """They waited and have a seat now."""
    _write("session_promotion", session, places)


def tell_of_change(*, session: Session, places: Iterable[SessionPlace]) -> None:
    """Another time, or another place."""
    _write("session_change", session, places)


def tell_of_cancellation(*, session: Session, places: Iterable[SessionPlace]) -> None:
    """The session is not held."""
    _write("session_cancellation", session, places, {"reason": session.cancel_reason})


def tell_of_lost_place(*, session: Session, places: Iterable[SessionPlace]) -> None:
    """They have no place any more: their calendar lets it go."""
    _write("session_place_given_back", session, places)


def remind(*, session: Session, places: Iterable[SessionPlace], not_before: Mapping[int, dt.datetime]) -> list[Letter]:
    """It is tomorrow. `not_before` says, by key of the person, until when the letter waits."""
    return _write("session_reminder", session, places, not_before=not_before)


def host() -> str:
    """The right side of UIDs and of the sender's address."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def page_of(session: Session, language: str) -> str:
    """The address of the officer's page about a session."""
    with override(language):
        return f"{str(settings.PUENTE_BASE_URL).rstrip('/')}{reverse('my_session', args=[session.pk])}"


def _write(
    kind: str,
    session: Session,
    places: Iterable[SessionPlace],
    more: dict[str, Any] | None = None,
    not_before: Mapping[int, dt.datetime] | None = None,
) -> list[Letter]:
    places = [place for place in places if place.enrollment.person.is_active]
    if not places:
        return []
    common = values_of(session) | (more or {})
    organizer = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    drafts = [_draft(session, place.enrollment.person, place, common | {"organizer": organizer}) for place in places]
    if not_before:
        drafts = [replace(draft, not_before=not_before[draft.to.pk]) for draft in drafts if draft.to]
    return write_letters(kind=kind, drafts=drafts)


def _draft(session: Session, person: User, place: SessionPlace, values: dict[str, Any]) -> Draft:
    own = {
        "name": person.full_name,
        "attendee": person.email,
        "waits": place.state == SessionPlace.State.WAITING,
        "link": page_of(session, person.preferred_language),
    }
    return Draft(to=person, values=values | own, useful_until=session.ends_at)
