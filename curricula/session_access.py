"""The gate to sessions: who plans, teaches and attends which, and whose names each of them sees."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404

from people.access import may, reach_of
from people.models import User
from people.roles import Right

from .access import OPEN_STATES, cohorts_visible_to
from .models import Enrollment, Session, SessionPlace
from .models.session import SessionPlaceQuerySet, SessionQuerySet


def sessions_managed_by(user: User | AnonymousUser) -> SessionQuerySet:
    """The sessions of the cohorts that a manager follows."""
    return Session.objects.filter(cohort__in=cohorts_visible_to(user))


def sessions_visible_to(user: User | AnonymousUser) -> SessionQuerySet:
    """The sessions that a person works on: of the cohorts followed, and those that the person is assigned to teach."""
    if not user.is_authenticated:
        return Session.objects.none()
    mine = Q(instructors__person=user.pk) if may(user, Right.LEAD_SESSIONS) else Q(pk__in=[])
    return Session.objects.filter(Q(cohort__in=cohorts_visible_to(user)) | mine).distinct()


def session_for(user: User | AnonymousUser, pk: int) -> Session:
    """The session for whoever manages or teaches it, or 404."""
    return _one(sessions_visible_to(user), pk)


def session_managed_by(user: User | AnonymousUser, pk: int) -> Session:
    """The session for whoever follows its cohort, or 404."""
    return _one(sessions_managed_by(user), pk)


def may_manage(user: User | AnonymousUser, session: Session) -> bool:
    """Whether a person plans and changes the session, and does not only teach it."""
    return sessions_managed_by(user).filter(pk=session.pk).exists()


def places_visible_to(user: User | AnonymousUser, session: Session) -> SessionPlaceQuerySet:
    """Named places in a session: a manager sees those within reach; who teaches it, the officers of the own
    Participant. Nobody sees the other side's."""
    if not user.is_authenticated:
        return SessionPlace.objects.none()
    seen = Q(pk__in=[])
    if may(user, Right.MANAGE_COHORTS):
        seen |= reach_of(user, Right.MANAGE_COHORTS).of("enrollment__")
    if may(user, Right.LEAD_SESSIONS) and user.participant_id and session.instructors.filter(person=user.pk).exists():
        seen |= Q(enrollment__participant=user.participant_id)
    return SessionPlace.objects.filter(seen, session=session)


def sessions_open_to(person: User) -> SessionQuerySet:
    """The sessions of the cohorts in which a person is enrolled."""
    mine = Enrollment.objects.filter(person=person, state__in=OPEN_STATES)
    return Session.objects.filter(cohort__in=mine.values("cohort"))


def session_of_mine(person: User, pk: int) -> tuple[Session, Enrollment]:
    """A session of an own cohort with the enrollment in it, or 404."""
    session = _one(sessions_open_to(person), pk)
    return session, Enrollment.objects.get(person=person, cohort=session.cohort_id)


def _one(sessions: SessionQuerySet, pk: int) -> Session:
    found = sessions.select_related("cohort__edition__curriculum", "course").defer("course__content")
    session = found.filter(pk=pk).first()
    if session is None:
        raise Http404
    return session
