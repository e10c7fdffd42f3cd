"""Roles given and ended. Each role has a Django group of the same name, from which Wagtail's permissions follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F, Q

from .. import audit, clock
from ..access import may, people_administered_by, reach_of
from ..exceptions import GrantOutOfReach, GrantOutOfSide, NobodyRaisesThemself, NotInThePast, PlaceDoesNotFit
from ..models import Agency, Office, Participant, RoleGrant, User
from ..roles import Right, Role


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role is granted: a Participant, an agency of it, or an office of that."""

    participant: Participant | None
    agency: Agency | None = None
    office: Office | None = None

    def narrowed(self) -> Place:
        """With the agency of the office and the Participant of the agency.

        Raises:
            PlaceDoesNotFit: what is named does not lie in one another.
        """
        agency = self.agency or (self.office.agency if self.office else None)
        participant = self.participant or (agency.participant if agency else None)
        office_fits = self.office is None or self.office.agency == agency
        if not office_fits or (agency is not None and agency.participant != participant):
            raise PlaceDoesNotFit
        return Place(participant, agency, self.office)


def check_grant(*, user: User, role: Role, place: Place, by: User | None) -> None:
    """Whether `by` may give that person, or take from that person, a role there. None is the system.

    Who invites makes trainees within the reach of that right; every other role is an administrator's to give.

    Raises:
        GrantOutOfSide: the person belongs to another Participant.
        GrantOutOfReach: the place, or the person, is not the administrator's.
        NobodyRaisesThemself: an administrator's own roles are another's to set.
    """
    if place.participant and place.participant.pk != user.participant_id:
        raise GrantOutOfSide(participant=place.participant.code)
    if by is None:
        return
    if by.pk == user.pk and not by.is_superuser:
        raise NobodyRaisesThemself
    there = {"participant": place.participant, "agency": place.agency, "office": place.office}
    invites = role == Role.TRAINEE and not may(by, Right.ADMINISTER)
    reach = reach_of(by, Right.INVITE if invites else Right.ADMINISTER)
    if invites:
        there = {"participant": user.participant, "agency": user.agency, "office": user.office}
    if not reach.covers(**{name: each.pk if each else None for name, each in there.items()}):
        raise GrantOutOfReach
    if not invites and not people_administered_by(by).filter(pk=user.pk).exists():
        raise GrantOutOfReach


def check_dates(*, from_on: dt.date | None, until_on: dt.date | None, by: User | None) -> None:
    """Whether these days may be written today. "Who could see this in March?" has one answer for ever.

    Raises:
        NotInThePast: a role would begin before today or end before yesterday.
    """
    if by is None or by.is_superuser:
        return
    if (from_on and from_on < clock.today()) or (until_on and until_on < clock.yesterday()):
        raise NotInThePast


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: Role,
    participant: Participant | None,
    by: User | None,
    agency: Agency | None = None,
    office: Office | None = None,
    from_on: dt.date | None = None,
    until_on: dt.date | None = None,
) -> RoleGrant:
    """Give a role, from today on when no day is named. One that is open already is returned as it is (unique
    constraints).

    Raises:
        PlaceDoesNotFit, GrantOutOfSide, GrantOutOfReach, NobodyRaisesThemself, NotInThePast.
    """
    place = Place(participant, agency, office).narrowed()
    check_grant(user=user, role=role, place=place, by=by)
    check_dates(from_on=from_on, until_on=until_on, by=by)
    there = {"participant": place.participant, "agency": place.agency, "office": place.office}
    dates = {"from_on": from_on or clock.today(), "granted_by": by}
    if until_on:
        grant, is_new = RoleGrant.objects.create(user=user, role=role, until_on=until_on, **there, **dates), True
    else:
        grant, is_new = RoleGrant.objects.get_or_create(user=user, role=role, until_on=None, **there, defaults=dates)
    if is_new:
        match_groups(people=[user], with_trainees=True)
        audit.record("people.role.granted", user, by=by, data=_facts(grant))
    return grant


@transaction.atomic
def change_end(*, grant: RoleGrant, until_on: dt.date | None, by: User | None) -> RoleGrant:
    """Set the last day of a role, or open it again. Whom it was given to, for what, from when, stays on record.

    Raises:
        GrantOutOfSide, GrantOutOfReach, NobodyRaisesThemself, NotInThePast.
    """
    place = Place(grant.participant, grant.agency, grant.office)
    check_grant(user=grant.user, role=Role(grant.role), place=place, by=by)
    check_dates(from_on=None, until_on=until_on, by=by)
    before = {"until_on": RoleGrant.objects.select_for_update().get(pk=grant.pk).until_on}
    grant.until_on = until_on
    grant.save(update_fields=["until_on"])
    match_groups(people=[grant.user], with_trainees=True)
    after = {"until_on": until_on}
    audit.record("people.role.dated", grant.user, by=by, data=_facts(grant), before=before, after=after)
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, by: User | None) -> None:
    """The role ends with yesterday, so that it no longer holds today."""
    before = {"from_on": grant.from_on, "until_on": grant.until_on}
    grant.until_on = clock.yesterday()
    grant.from_on = min(grant.from_on, grant.until_on)
    grant.save(update_fields=["until_on", "from_on"])
    match_groups(people=[grant.user], with_trainees=True)
    after = {"from_on": grant.from_on, "until_on": grant.until_on}
    audit.record("people.role.ended", grant.user, by=by, data=_facts(grant), before=before, after=after)


@transaction.atomic
def match_groups(*, people: Iterable[User] | None = None, with_trainees: bool = False) -> None:
    """Put everybody, or some people, into the groups of the roles held today, and out of the others. Constant queries.

    Trainees are many and their group gives nothing in the administration, so it is matched only where asked for.
    """
    groups = _groups()
    membership = User.groups.through
    names = {group.pk: name for name, group in groups.items()}
    here = Q(participant=None) | Q(participant=F("user__participant"))
    grants = RoleGrant.objects.on(clock.today()).filter(here, user__is_active=True)
    rows = membership.objects.filter(group__in=groups.values())
    if people is not None:
        keys = [person.pk for person in people]
        grants, rows = grants.filter(user__in=keys), rows.filter(user__in=keys)
    if not with_trainees:
        grants, rows = grants.exclude(role=Role.TRAINEE), rows.exclude(group=groups[Role.TRAINEE.value])
    held = set(grants.values_list("user_id", "role"))
    present = {(row.user_id, names[row.group_id]): row.pk for row in rows}
    membership.objects.bulk_create(
        [membership(user_id=user_id, group=groups[role]) for user_id, role in held - present.keys()],
        ignore_conflicts=True,
    )
    membership.objects.filter(pk__in=[pk for key, pk in present.items() if key not in held]).delete()


def _groups() -> dict[str, Group]:
    groups = {group.name: group for group in Group.objects.filter(name__in=Role.values)}
    for name in set(Role.values) - groups.keys():
        groups[name] = Group.objects.get_or_create(name=name)[0]
    return groups


def _facts(grant: RoleGrant) -> dict[str, Any]:
    return {
        "role": grant.role,
        "participant": grant.participant.code if grant.participant else "",
        "agency": grant.agency.code if grant.agency else "",
        "office": grant.office.code if grant.office else "",
        "from": _iso(grant.from_on),
        "until": _iso(grant.until_on),
    }


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
