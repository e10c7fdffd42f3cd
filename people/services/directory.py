"""A person's data, set by an administrator: who it is, where the person works, whether the account is in use."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from .. import audit
from ..access import people_administered_by, reach_of, rights_of
from ..exceptions import EmailOfTheStronger, PersonOutOfReach, PlaceDoesNotFit, StaysActive, SupervisorOutOfSide
from ..models import User
from ..roles import Right
from .roles import match_groups

FIELDS = (
    "given_names", "surname_1", "surname_2", "email", "officer_number", "participant", "agency", "office", "position",
    "preferred_language", "is_active", "supervisor",
)  # fmt: skip


def check_person(*, person: User, by: User) -> None:
    """Whether `by` may leave the person's data so. `person` carries the new values and is not written.

    Raises:
        PlaceDoesNotFit: agency or office lie elsewhere.
        PersonOutOfReach: where the person is, or goes, is not the administrator's.
        EmailOfTheStronger: whoever reads a person's mail signs in as that person.
        StaysActive: nobody closes the own account.
        SupervisorOutOfSide: the supervisor is the person, or somebody of the other Participant.
    """
    if person.office and person.office.agency != person.agency:
        raise PlaceDoesNotFit
    if person.agency and person.agency.participant_id != person.participant_id:
        raise PlaceDoesNotFit
    chief = person.supervisor
    if chief and (chief.pk == person.pk or chief.participant_id != person.participant_id):
        raise SupervisorOutOfSide
    reach = reach_of(by, Right.ADMINISTER)
    if not reach.covers(participant=person.participant_id, agency=person.agency_id, office=person.office_id):
        raise PersonOutOfReach
    if person.pk is None:
        return
    if not people_administered_by(by).filter(pk=person.pk).exists():
        raise PersonOutOfReach
    if person.pk == by.pk and not person.is_active:
        raise StaysActive
    before = User.objects.get(pk=person.pk)
    if before.email != person.email and not may_set_email(person=before, by=by):
        raise EmailOfTheStronger


def may_set_email(*, person: User, by: User) -> bool:
    """An administrator changes the address of those who may do nothing that the administrator may not, but learn."""
    return by.is_superuser or person.pk == by.pk or rights_of(person) - {Right.LEARN} <= rights_of(by)


@transaction.atomic
def save_person(*, person: User, by: User) -> User:
    """Write a new person, who gets in by an invitation or a code, or a known one's new data.

    Raises:
        PlaceDoesNotFit, PersonOutOfReach, EmailOfTheStronger, StaysActive, SupervisorOutOfSide.
    """
    person.email = person.email.lower()
    check_person(person=person, by=by)
    if person.pk is None:
        person.set_unusable_password()
        person.save()
        audit.record("people.person.added", person, by=by, after=_facts(person))
        return person
    before = _facts(User.objects.select_for_update(of=("self",)).get(pk=person.pk))
    person.save(update_fields=FIELDS)
    after = _facts(person)
    if before["email"] != after["email"]:
        EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).delete()
    match_groups(people=[person], with_trainees=True)
    if before != after:
        audit.record("people.person.changed", person, by=by, before=before, after=after)
    return person


def _facts(person: User) -> dict[str, Any]:
    facts = {name: getattr(person, name) for name in FIELDS}
    for name in ("participant", "agency", "office"):
        facts[name] = facts[name].code if facts[name] else ""
    facts["supervisor"] = person.supervisor_id
    return facts
