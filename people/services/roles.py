"""Roles given and ended. Each role has a Django group of the same name, from which Wagtail's permissions follow."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction

from .. import audit, clock
from ..models import Participant, RoleGrant, User
from ..roles import Role


@transaction.atomic
def grant_role(*, user: User, role: Role, participant: Participant | None, by: User | None) -> RoleGrant:
    """Give a role from today on; a grant that is open already is returned as it is (unique constraint)."""
    grant, is_new = RoleGrant.objects.get_or_create(
        user=user,
        role=role,
        participant=participant,
        agency=None,
        office=None,
        until_on=None,
        defaults={"granted_by": by, "from_on": clock.today()},
    )
    if is_new:
        user.groups.add(Group.objects.get_or_create(name=role.value)[0])
        audit.record("people.role.granted", user, by=by, data={"role": role.value})
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, by: User | None) -> None:
    """The role ends with yesterday, so that it no longer holds today."""
    grant.until_on = clock.yesterday()
    grant.from_on = min(grant.from_on, grant.until_on)
    grant.save(update_fields=["until_on", "from_on"])
    if not RoleGrant.objects.on(clock.today()).filter(user=grant.user, role=grant.role).exists():
        grant.user.groups.remove(*Group.objects.filter(name=grant.role))
    audit.record("people.role.ended", grant.user, by=by, data={"role": grant.role})


@transaction.atomic
def match_groups() -> None:
    """Put everybody into the groups of the roles held today, and out of the others. Constant queries."""
    groups = {role.value: Group.objects.get_or_create(name=role.value)[0] for role in Role}
    membership = User.groups.through
    names = {group.pk: name for name, group in groups.items()}
    held = set(RoleGrant.objects.on(clock.today()).exclude(role=Role.TRAINEE).values_list("user_id", "role"))
    present = {
        (row.user_id, names[row.group_id]): row.pk for row in membership.objects.filter(group__in=groups.values())
    }
    membership.objects.bulk_create(
        [membership(user_id=user_id, group=groups[role]) for user_id, role in held - present.keys()]
    )
    membership.objects.filter(
        pk__in=[pk for key, pk in present.items() if key not in held and key[1] != Role.TRAINEE]
    ).delete()
