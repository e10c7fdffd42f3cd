"""Nominees who have no account yet get one when they are accepted, as a roster would have made it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.db.models import OuterRef, Subquery

from people import audit, clock
from people.audit import Deed
from people.models import RoleGrant, User
from people.roles import Role

from ..exceptions import AddressElsewhere
from ..models import Nomination


def link_accounts(*, nominations: Sequence[Nomination], by: User | None) -> None:
    """Give each nomination its person: the account that was linked, or a new one without a password.

    A fixed number of statements. The address of a person is unique in the database. The caller holds the rows.

    Raises:
        AddressElsewhere: an account with the address was made meanwhile; nothing tells whether it is the same person.
    """
    missing = [nomination for nomination in nominations if nomination.person_id is None]
    if not missing:
        return
    taken = set(User.objects.filter(email__in=[each.email for each in missing]).values_list("email", flat=True))
    for each in missing:
        if each.email in taken:
            raise AddressElsewhere(email=each.email)
    people = User.objects.bulk_create([_account(each) for each in missing], batch_size=2000)
    RoleGrant.objects.bulk_create(
        [
            RoleGrant(user=p, role=Role.TRAINEE, participant_id=p.participant_id, from_on=clock.today(), granted_by=by)
            for p in people
        ],
        batch_size=2000,
    )
    for nomination, person in zip(missing, people, strict=True):
        nomination.person = person
    by_email = User.objects.filter(email=OuterRef("email")).values("pk")
    Nomination.objects.filter(pk__in=[each.pk for each in missing]).update(person=Subquery(by_email))
    after = {person.pk: {"agency_id": person.agency_id, "office_id": person.office_id} for person in people}
    deeds = [
        Deed("curricula.nomination.person_added", p, {"nomination": n.pk, "role": Role.TRAINEE}, after=after[p.pk])
        for n, p in zip(missing, people, strict=True)
    ]
    audit.record_all(deeds, by=by)


def _account(nomination: Nomination) -> User:
    return User(
        email=nomination.email,
        password=make_password(None),
        given_names=nomination.given_names,
        surname_1=nomination.surname_1,
        surname_2=nomination.surname_2,
        officer_number=nomination.officer_number,
        participant_id=nomination.participant_id,
        agency_id=nomination.agency_id,
        office_id=nomination.office_id,
        position=nomination.position,
        preferred_language=nomination.language,
        is_demo=nomination.round.is_demo,
        created_at=clock.now(),
    )
