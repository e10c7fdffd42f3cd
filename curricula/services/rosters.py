"""Rosters applied: in one transaction, with a fixed number of statements and some more for each further batch."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, UNUSABLE_PASSWORD_SUFFIX_LENGTH
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from people import audit, clock
from people.exceptions import DomainError
from people.models import Office, RoleGrant, User
from people.roles import Role

from ..models import Cohort, RosterImport
from ..roster.columns import folded
from ..roster.validation import Officer
from .collecting import no_collections
from .enrollments import enroll
from .roster_memory import Memory, remember
from .roster_plans import Agencies, Offices, RosterPlan, agencies_of, offices_of, people_named, plan_roster, sits_in
from .roster_record import facts_of, record_roster
from .withdrawing import withdraw_all

FIELDS = (
    "given_names",
    "surname_1",
    "surname_2",
    "officer_number",
    "position",
    "preferred_language",
    "participant_id",
    "agency_id",
    "office_id",
)
APPLYING = "apply_roster"
BATCH = 2000
"""Rows of one statement; changes of people go in smaller ones, as each of them names its row in every field."""


class RosterRefused(DomainError):
    """The roster has errors; none of it was applied."""

    code = "roster_refused"
    message = _("The roster was not applied: %(count)s errors. Mend them, or choose to apply only the good rows.")


class RosterNotAsSeen(DomainError):
    """What would happen now is not what was shown."""

    code = "roster_not_as_seen"
    message = _("Since you looked, people or enrollments have changed. Look at the changes again, and apply them then.")


@no_collections()
@transaction.atomic
def apply_roster(
    *,
    cohort: Cohort,
    data: bytes,
    file_name: str,
    by: User | None,
    good_rows_only: bool = False,
    withdrawal_reason: str = "",
    seen: str = "",
    job: Job | None = None,
    last: Callable[[int], None] | None = None,
) -> RosterImport:
    """Bring the cohort's people up to the roster: all or nothing. The same file a second time changes nothing.

    With a reason, who is not in the roster is withdrawn; not when the roster has errors. `seen` is the fingerprint of
    the plan that was shown. `job` is kept with the import, so that a job that runs again finds it; `last` is called
    with the number of rows before the commit, so that a job canceled by then leaves nothing.

    Holds the cohort's row, so that two rosters do not cross, and at its end the record's head.

    Raises:
        RosterRefused: there are errors, and applying only the good rows was not chosen.
        RosterNotAsSeen: it would do something else than what was seen.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    plan = plan_roster(cohort=cohort, data=data, by=by)
    if plan.errors and (not good_rows_only or not plan.good or withdrawal_reason):
        raise RosterRefused(count=len(plan.errors))
    if seen and seen != plan.fingerprint:
        raise RosterNotAsSeen
    agencies = agencies_of(cohort, by)
    offices, new_offices = _with_new_offices(plan, agencies)
    people = {person.email: person for person in people_named(plan.good)}
    before = {email: facts_of(people[email], FIELDS) for email in plan.changed}
    changed = [_written(people[o.email], o, agencies, offices) for o in plan.good if o.email in plan.changed]
    new = _add_people(plan.new, agencies, offices, is_demo=cohort.is_demo, by=by)
    User.objects.bulk_update(changed, FIELDS, batch_size=500)
    with audit.gathering():
        enrolled = enroll(people=[*new, *people.values()], cohort=cohort, by=by)
        withdrawn = withdraw_all(enrollments=plan.missing if withdrawal_reason else [], reason=withdrawal_reason, by=by)
        applied = RosterImport.objects.create(
            cohort=cohort,
            file_name=file_name[:200],
            sha256=hashlib.sha256(data).hexdigest(),
            rows=plan.rows,
            people_added=len(new),
            people_changed=len(changed),
            enrolled=len(enrolled),
            withdrawn=len(withdrawn),
            applied_at=clock.now(),
            applied_by=by,
            job=job,
        )
        both = [(person, before[person.email]) for person in changed]
        record_roster(applied, added=new, changed=both, offices=new_offices, by=by)
    remember(applied, Memory.of(new, both, enrolled, withdrawn, new_offices), on_shelf_of=_side(cohort, plan, by))
    if last:
        last(plan.rows)
    return applied


def _side(cohort: Cohort, plan: RosterPlan, by: User | None) -> int | None:
    """The Participant on whose shelf lies what an undoing needs."""
    if by and by.participant_id:
        return by.participant_id
    people = people_named(plan.good[:1])
    return cohort.participant_id or (people[0].participant_id if people else None)


def _add_people(
    officers: Sequence[Officer], agencies: Agencies, offices: Offices, *, is_demo: bool, by: User | None
) -> list[User]:
    """Accounts for officers who have none, each a trainee."""
    now: dict[str, Any] = {"is_demo": is_demo, "created_at": clock.now()}
    new = [_written(User(email=o.email, password=_no_password(), **now), o, agencies, offices) for o in officers]
    User.objects.bulk_create(new, batch_size=BATCH)
    grants = [
        RoleGrant(user=p, role=Role.TRAINEE, participant_id=p.participant_id, from_on=clock.today(), granted_by=by)
        for p in new
    ]
    RoleGrant.objects.bulk_create(grants, batch_size=BATCH)
    return new


def _with_new_offices(plan: RosterPlan, agencies: Agencies) -> tuple[Offices, list[Office]]:
    """All offices by agency and name, and those among them that are new."""
    offices = offices_of(agencies)
    wanted = {(agencies[o.agency].pk, folded(o.office)): o for o in plan.good}
    missing = [
        Office(
            agency=agencies[o.agency],
            code=slugify(o.office)[:60] or f"office-{o.row}",
            name_en=o.office,
            name_es=o.office,
        )
        for key, o in wanted.items()
        if key not in offices
    ]
    Office.objects.bulk_create(missing)
    return offices | {(office.agency_id, folded(office.name_en)): office for office in missing}, missing


def _written(person: User, officer: Officer, agencies: Agencies, offices: Offices) -> User:
    """The person as the row says; what the row does not say stays."""
    agency = agencies[officer.agency]
    person.given_names, person.surname_1 = officer.given_names, officer.surname_1
    person.officer_number, person.preferred_language = officer.officer_number, officer.language
    if officer.surname_2 is not None:
        person.surname_2 = officer.surname_2
    if officer.position is not None:
        person.position = officer.position
    if not sits_in(person, agency, officer.office):
        person.office = offices[agency.pk, folded(officer.office)]
    person.participant_id, person.agency_id = agency.participant_id, agency.pk
    return person


def _no_password() -> str:
    """What Django stores for nobody's password, without hashing: an invitation or a code lets the officer in."""
    return UNUSABLE_PASSWORD_PREFIX + get_random_string(UNUSABLE_PASSWORD_SUFFIX_LENGTH)
