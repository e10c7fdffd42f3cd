"""Rosters: what one would change, and the change itself, in one transaction with a fixed number of statements."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, UNUSABLE_PASSWORD_SUFFIX_LENGTH
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from people import audit, clock
from people.access import Reach, agencies_within, reach_of
from people.exceptions import DomainError
from people.models import Agency, Office, RoleGrant, User
from people.roles import Right, Role

from ..models import Cohort, Enrollment, RosterImport
from ..roster.columns import folded
from ..roster.errors import RosterError, UnreadableRoster
from ..roster.validation import Officer, read_roster
from .enrollments import enroll
from .roster_record import facts_of, record_roster

FIELDS = (
    "given_names",
    "surname_1",
    "surname_2",
    "officer_number",
    "position",
    "preferred_language",
    "agency_id",
    "office_id",
)


class RosterRefused(DomainError):
    """The roster has errors; none of it was applied."""

    code = "roster_refused"
    message = _("The roster was not applied: %(count)s errors. Mend them, or choose to apply only the good rows.")


@dataclass(slots=True)
class RosterPlan:
    """What applying a roster would do. Names of offices are new ones; `changed` maps an e-mail to field, old, new."""

    rows: int = 0
    new: list[Officer] = field(default_factory=list)
    changed: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    unchanged: int = 0
    to_enroll: int = 0
    new_offices: list[str] = field(default_factory=list)
    errors: list[RosterError] = field(default_factory=list)
    good: list[Officer] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many officers something happens to."""
        return (
            max(self.to_enroll, len(self.new) + len(self.changed))
            if self.to_enroll
            else len(self.new) + len(self.changed)
        )


def plan_roster(*, cohort: Cohort, data: bytes, by: User | None) -> RosterPlan:
    """The dry run: reads everything, writes nothing. Six queries, whatever the number of rows."""
    agencies, reach = _agencies(cohort, by), _reach(by)
    try:
        roster = read_roster(data, agencies)
    except UnreadableRoster as unreadable:
        return RosterPlan(errors=[unreadable.error])
    plan = RosterPlan(rows=roster.rows, errors=list(roster.errors))
    people = {person.email: person for person in _people_named(roster.officers)}
    numbers = {(p.agency_id, folded(p.officer_number)): p.email for p in people.values() if p.officer_number}
    numbers |= _numbers_taken(roster.officers, agencies)
    offices = _offices(agencies)
    enrolled = set(Enrollment.objects.filter(cohort=cohort).values_list("person_id", flat=True))
    for officer in roster.officers:
        person, agency = people.get(officer.email), agencies[officer.agency]
        office = offices.get((agency.pk, folded(officer.office)))
        error = _conflict(officer, person, numbers, agency) or _out_of_reach(officer, person, agency, office, reach)
        if error:
            plan.errors.append(error)
            continue
        plan.good.append(officer)
        _compare(plan, officer, person, agencies, offices)
        plan.to_enroll += person is None or person.pk not in enrolled
    plan.errors.sort(key=lambda error: error.row)
    return plan


@transaction.atomic
def apply_roster(
    *, cohort: Cohort, data: bytes, file_name: str, by: User | None, good_rows_only: bool = False
) -> RosterImport:
    """Bring the cohort's people up to the roster: all or nothing. The same file a second time changes nothing.

    Holds the cohort's row, so that two rosters do not cross, and at its end the record's head.

    Raises:
        RosterRefused: there are errors, and applying only the good rows was not chosen.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    plan = plan_roster(cohort=cohort, data=data, by=by)
    if plan.errors and (not good_rows_only or not plan.good):
        raise RosterRefused(count=len(plan.errors))
    agencies = _agencies(cohort, by)
    offices, new_offices = _with_new_offices(plan, agencies)
    people = {person.email: person for person in _people_named(plan.good)}
    new = [
        _written(
            User(email=o.email, is_demo=cohort.is_demo, password=_no_password(), created_at=clock.now()),
            o,
            agencies,
            offices,
        )
        for o in plan.new
    ]
    before = {email: facts_of(people[email], FIELDS) for email in plan.changed}
    changed = [_written(people[o.email], o, agencies, offices) for o in plan.good if o.email in plan.changed]
    User.objects.bulk_create(new, batch_size=2000)
    User.objects.bulk_update(changed, FIELDS, batch_size=500)
    RoleGrant.objects.bulk_create(
        [
            RoleGrant(user=p, role=Role.TRAINEE, participant_id=p.participant_id, from_on=clock.today(), granted_by=by)
            for p in new
        ],
        batch_size=2000,
    )
    with audit.gathering():
        enrolled = enroll(people=[*new, *people.values()], cohort=cohort, by=by)
        applied = RosterImport.objects.create(
            cohort=cohort,
            file_name=file_name[:200],
            sha256=hashlib.sha256(data).hexdigest(),
            rows=plan.rows,
            people_added=len(new),
            people_changed=len(changed),
            enrolled=len(enrolled),
            applied_at=clock.now(),
            applied_by=by,
        )
        both = [(person, before[person.email]) for person in changed]
        record_roster(applied, added=new, changed=both, offices=new_offices, by=by)
    return applied


def _agencies(cohort: Cohort, by: User | None) -> dict[str, Agency]:
    """The agencies that may stand in the roster: those within the manager's reach, and the cohort's."""
    agencies = Agency.objects.on(clock.today()).filter(pk__in=agencies_within(_reach(by)))
    if cohort.participant_id:
        agencies = agencies.filter(participant=cohort.participant_id)
    return {agency.code: agency for agency in agencies}


def _reach(by: User | None) -> Reach:
    return reach_of(by, Right.MANAGE_COHORTS) if by else Reach(everywhere=True)


def _people_named(officers: list[Officer]) -> list[User]:
    """The accounts that these officers have already. One query for each two thousand rows."""
    emails = [officer.email for officer in officers]
    return [
        p
        for n in range(0, len(emails), 2000)
        for p in User.objects.filter(email__in=emails[n : n + 2000]).select_related("office")
    ]


def _numbers_taken(officers: list[Officer], agencies: dict[str, Agency]) -> dict[tuple[int | None, str], str]:
    wanted = {officer.officer_number for officer in officers}
    rows = (
        User.objects.filter(agency__in=agencies.values())
        .exclude(officer_number="")
        .values_list("agency_id", "officer_number", "email")
    )
    return {(agency, folded(number)): email for agency, number, email in rows if number in wanted}


def _offices(agencies: dict[str, Agency]) -> dict[tuple[int, str], Office]:
    found: dict[tuple[int, str], Office] = {}
    for office in Office.objects.filter(agency__in=agencies.values()):
        for name in (office.name_en, office.name_es):
            found[office.agency_id, folded(name)] = office
    return found


def _conflict(
    officer: Officer, person: User | None, numbers: dict[tuple[int | None, str], str], agency: Agency
) -> RosterError | None:
    if person and (person.is_superuser or person.participant_id not in (None, agency.participant_id)):
        return RosterError("email_elsewhere", officer.row, "email", officer.email)
    if numbers.get((agency.pk, folded(officer.officer_number)), officer.email) != officer.email:
        return RosterError("officer_number_taken", officer.row, "officer_number", officer.officer_number)
    return None


def _out_of_reach(
    officer: Officer, person: User | None, agency: Agency, office: Office | None, reach: Reach
) -> RosterError | None:
    """A manager of some offices brings in, and takes over, only officers of those offices."""
    if not reach.covers(participant=agency.participant_id, agency=agency.pk, office=office.pk if office else None):
        return RosterError("office_elsewhere", officer.row, "office", officer.office)
    post = (
        {"participant": agency.participant_id, "agency": person.agency_id, "office": person.office_id} if person else {}
    )
    if post and person and person.agency_id and not reach.covers(**post):
        return RosterError("email_elsewhere", officer.row, "email", officer.email)
    return None


def _compare(
    plan: RosterPlan,
    officer: Officer,
    person: User | None,
    agencies: dict[str, Agency],
    offices: dict[tuple[int, str], Office],
) -> None:
    agency = agencies[officer.agency]
    office = offices.get((agency.pk, folded(officer.office)))
    if office is None and officer.office not in plan.new_offices:
        plan.new_offices.append(officer.office)
    if person is None:
        plan.new.append(officer)
        return
    pairs = {
        "given_names": (person.given_names, officer.given_names),
        "surname_1": (person.surname_1, officer.surname_1),
        "surname_2": (person.surname_2, officer.surname_2),
        "officer_number": (person.officer_number, officer.officer_number),
        "position": (person.position, officer.position),
        "language": (person.preferred_language, officer.language),
    }
    differences = [(name, old, new) for name, (old, new) in pairs.items() if old != new]
    if person.office_id is None or office is None or person.office_id != office.pk:
        differences.append(("office", person.office.name if person.office else "", officer.office))
    if differences:
        plan.changed[officer.email] = differences
    else:
        plan.unchanged += 1


def _with_new_offices(
    plan: RosterPlan, agencies: dict[str, Agency]
) -> tuple[dict[tuple[int, str], Office], list[Office]]:
    """All offices by agency and name, and those among them that are new."""
    offices = _offices(agencies)
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


def _written(
    person: User, officer: Officer, agencies: dict[str, Agency], offices: dict[tuple[int, str], Office]
) -> User:
    agency = agencies[officer.agency]
    person.given_names, person.surname_1, person.surname_2 = officer.given_names, officer.surname_1, officer.surname_2
    person.officer_number, person.position, person.preferred_language = (
        officer.officer_number,
        officer.position,
        officer.language,
    )
    person.participant_id, person.agency_id = agency.participant_id, agency.pk
    person.office_id = offices[agency.pk, folded(officer.office)].pk
    return person


def _no_password() -> str:
    """What Django stores for nobody's password, without hashing: an invitation or a code lets the officer in."""
    return UNUSABLE_PASSWORD_PREFIX + get_random_string(UNUSABLE_PASSWORD_SUFFIX_LENGTH)
