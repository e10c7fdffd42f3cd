"""The gate: who may do what, and whose named records a person may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from . import clock
from .models import Agency, Office, Participant, RetentionRule, RoleGrant, User
from .roles import RIGHTS, Right, Role


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a right holds: everywhere, or within one Participant in all of it or in some agencies and offices."""

    everywhere: bool = False
    participant: int | None = None
    in_all_of_it: bool = False
    agencies: frozenset[int] = frozenset()
    offices: frozenset[int] = frozenset()

    def of(self, path: str = "") -> Q:
        """The condition on rows with `participant`, `agency`, `office`, which lie under `path` (such as `person__`)."""
        if self.everywhere:
            return Q()
        own = Q(**{f"{path}participant": self.participant})
        if self.in_all_of_it:
            return own
        return own & (Q(**{f"{path}agency__in": self.agencies}) | Q(**{f"{path}office__in": self.offices}))

    def covers(self, *, participant: int | None, agency: int | None, office: int | None) -> bool:
        """Whether a place lies within it. A Participant as a whole is wider than its agencies."""
        if self.everywhere:
            return True
        if participant is None or participant != self.participant:
            return False
        return self.in_all_of_it or agency in self.agencies or office in self.offices


NOWHERE = Reach()


def rights_of(user: User | AnonymousUser) -> frozenset[Right]:
    """All rights of a person today: one query, remembered on the object."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(Right)
    return frozenset().union(*(RIGHTS[Role(grant.role)] for grant in _grants_today(user)))


def reach_of(user: User | AnonymousUser, right: Right | str) -> Reach:
    """Where a person holds a right today. Never beyond the own Participant; an operator without one reaches all."""
    if not user.is_authenticated or not may(user, right):
        return NOWHERE
    if user.is_superuser:
        return Reach(everywhere=user.participant_id is None, participant=user.participant_id, in_all_of_it=True)
    grants = [grant for grant in _grants_today(user) if Right(right) in RIGHTS[Role(grant.role)]]
    return Reach(
        participant=user.participant_id,
        in_all_of_it=any(grant.agency_id is None and grant.office_id is None for grant in grants),
        agencies=frozenset(grant.agency_id for grant in grants if grant.agency_id and not grant.office_id),
        offices=frozenset(grant.office_id for grant in grants if grant.office_id),
    )


def _grants_today(user: User) -> list[RoleGrant]:
    """The grants that hold today and were given for the Participant that the person belongs to now."""
    known: list[RoleGrant] | None = getattr(user, "_puente_grants", None)
    if known is None:
        here = Q(participant=None) | Q(participant=user.participant_id)
        known = list(user.grants.on(clock.today()).filter(here))
        user._puente_grants = known  # type: ignore[attr-defined]  # noqa: SLF001 (only this function reads it)
    return known


def may(user: User | AnonymousUser, right: Right | str) -> bool:
    """Whether a person holds a right today."""
    return Right(right) in rights_of(user)


def require(user: User | AnonymousUser, right: Right | str) -> None:
    """Let pass or raise PermissionDenied."""
    if not may(user, right):
        raise PermissionDenied


def people_visible_to(user: User | AnonymousUser) -> QuerySet[User]:
    """Whose named records a person may see: one's own, and those within reach of the right to follow cohorts."""
    if not user.is_authenticated:
        return User.objects.none()
    if not may(user, Right.MANAGE_COHORTS):
        return User.objects.filter(pk=user.pk)
    return User.objects.filter(Q(pk=user.pk) | reach_of(user, Right.MANAGE_COHORTS).of())


def people_administered_by(user: User | AnonymousUser) -> QuerySet[User]:
    """Whose data and roles a person may set. Operators are out of everybody's reach but their own kind's."""
    if not may(user, Right.ADMINISTER):
        return User.objects.none()
    people = User.objects.filter(reach_of(user, Right.ADMINISTER).of())
    return people if user.is_superuser else people.exclude(is_superuser=True)


def person_for(user: User | AnonymousUser, pk: int) -> User:
    """A person whose data one may set, or 404: that somebody of the other side exists is told to nobody."""
    person = people_administered_by(user).filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


def grants_administered_by(user: User | AnonymousUser) -> QuerySet[RoleGrant]:
    """The role grants that an administrator sees: those of the people within reach, for the own Participant."""
    if not may(user, Right.ADMINISTER):
        return RoleGrant.objects.none()
    grants = RoleGrant.objects.filter(user__in=people_administered_by(user))
    reach = reach_of(user, Right.ADMINISTER)
    return grants if reach.everywhere else grants.filter(Q(participant=None) | Q(participant=reach.participant))


def participants_visible_to(user: User | AnonymousUser) -> QuerySet[Participant]:
    """The own Participant; both for an operator without one."""
    if not user.is_authenticated:
        return Participant.objects.none()
    if user.participant_id is None:
        return Participant.objects.all() if user.is_superuser else Participant.objects.none()
    return Participant.objects.filter(pk=user.participant_id)


def agencies_within(reach: Reach) -> QuerySet[Agency]:
    """The agencies in which something lies within reach: all of the agency, or an office of it."""
    if reach.everywhere:
        return Agency.objects.all()
    own = Agency.objects.filter(participant=reach.participant)
    return own if reach.in_all_of_it else own.filter(Q(pk__in=reach.agencies) | Q(pk__in=_agencies_of(reach.offices)))


def _agencies_of(offices: frozenset[int]) -> QuerySet[Office, int]:
    return Office.objects.filter(pk__in=offices).values_list("agency_id", flat=True)


def agencies_administered_by(user: User | AnonymousUser) -> QuerySet[Agency]:
    """The agencies that an administrator sets up: those that lie wholly within reach."""
    reach = reach_of(user, Right.ADMINISTER)
    if reach.everywhere:
        return Agency.objects.all()
    own = Agency.objects.filter(participant=reach.participant)
    return own if reach.in_all_of_it else own.filter(pk__in=reach.agencies)


def offices_administered_by(user: User | AnonymousUser) -> QuerySet[Office]:
    """The offices that an administrator sets up."""
    return offices_within(reach_of(user, Right.ADMINISTER))


def offices_within(reach: Reach) -> QuerySet[Office]:
    """The offices that lie within reach."""
    if reach.everywhere:
        return Office.objects.all()
    own = Office.objects.filter(agency__participant=reach.participant)
    return own if reach.in_all_of_it else own.filter(Q(agency__in=reach.agencies) | Q(pk__in=reach.offices))


def retention_rules_administered_by(user: User | AnonymousUser) -> QuerySet[RetentionRule]:
    """The retention rules of the own Participant, for those who administer all of it."""
    reach = reach_of(user, Right.ADMINISTER)
    if reach.everywhere:
        return RetentionRule.objects.all()
    own = RetentionRule.objects.filter(participant=reach.participant)
    return own if reach.in_all_of_it else own.none()


def roles_grantable_by(user: User | AnonymousUser) -> list[Role]:
    """Which roles a person may give within the own Participant: who sets up roles, all; who invites, trainee."""
    if may(user, Right.ADMINISTER):
        return list(Role)
    return [Role.TRAINEE] if may(user, Right.INVITE) else []


def right_required(right: Right | str) -> Callable[..., Any]:
    """A view's door: sign-in for strangers, 403 for those without the right."""

    def door(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            require(request.user, right)
            return view(request, *args, **kwargs)

        return checked

    return door
