"""What a roster would change: read, compared with what is known, and nothing written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from people import clock
from people.access import Reach, agencies_within, reach_of
from people.models import Agency, Office, User
from people.roles import Right

from ..models import Cohort, Enrollment, RosterHeading
from ..roster.columns import folded
from ..roster.errors import RosterError, UnreadableRoster
from ..roster.reading import Heading, read_headings
from ..roster.sheets import Sheet, read_sheet
from ..roster.validation import Officer, read_roster

Offices = dict[tuple[int, str], Office]
Agencies = dict[str, Agency]
Difference = tuple[str, str, str]
"""A column, what it says now, what it would say."""


@dataclass(slots=True)
class RosterPlan:
    """What applying a roster would do. Names of offices are new ones; `changed` maps an e-mail to its differences.

    `missing` are active enrollments within reach that no row of the file names. `staying_out` counts rows of officers
    who were withdrawn from this cohort before: a roster does not bring them back. `sheet` is None when the file cannot
    be read at all.
    """

    rows: int = 0
    new: list[Officer] = field(default_factory=list)
    changed: dict[str, list[Difference]] = field(default_factory=dict)
    unchanged: list[Officer] = field(default_factory=list)
    missing: list[Enrollment] = field(default_factory=list)
    to_enroll: int = 0
    staying_out: int = 0
    new_offices: list[str] = field(default_factory=list)
    errors: list[RosterError] = field(default_factory=list)
    good: list[Officer] = field(default_factory=list)
    sheet: Sheet | None = None
    headings: list[Heading] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many officers something happens to, without withdrawals."""
        return max(self.to_enroll, len(self.new) + len(self.changed))

    @property
    def has_rows_to_mend(self) -> bool:
        """Whether some of the errors lie in rows, and not in the heading or the file as a whole."""
        return bool(self.rows) and any(error.row for error in self.errors)

    @property
    def fingerprint(self) -> str:
        """What tells this plan from one that would do something else."""
        named = [officer.email for officer in self.new], list(self.changed.items()), [each.pk for each in self.missing]
        return hashlib.sha256(repr((named, self.to_enroll, self.new_offices, len(self.errors))).encode()).hexdigest()


def plan_roster(*, cohort: Cohort, data: bytes, by: User | None) -> RosterPlan:
    """The dry run: reads everything, writes nothing. Seven queries, and one for each further two thousand rows."""
    agencies, reach = agencies_of(cohort, by), _reach(by)
    plan = RosterPlan()
    try:
        plan.sheet = read_sheet(data)
        plan.headings = read_headings(plan.sheet, _chosen(by))
        roster = read_roster(plan.sheet, plan.headings, agencies)
    except UnreadableRoster as unreadable:
        plan.errors = [unreadable.error]
        return plan
    plan.rows, plan.errors = roster.rows, list(roster.errors)
    people = {person.email: person for person in people_named(roster.officers)}
    numbers = {(p.agency_id, folded(p.officer_number)): p.email for p in people.values() if p.officer_number}
    numbers |= _numbers_taken(roster.officers, agencies)
    offices = offices_of(agencies)
    states = dict(Enrollment.objects.filter(cohort=cohort).values_list("person_id", "state"))
    for officer in roster.officers:
        person, agency = people.get(officer.email), agencies[officer.agency]
        office = offices.get((agency.pk, folded(officer.office)))
        error = _conflict(officer, person, numbers, agency) or _out_of_reach(officer, person, agency, office, reach)
        if error:
            plan.errors.append(error)
            continue
        plan.good.append(officer)
        _compare(plan, officer, person, agencies, offices)
        state = states.get(person.pk) if person else None
        plan.to_enroll += state is None
        plan.staying_out += state == Enrollment.State.WITHDRAWN
    plan.errors.sort(key=lambda error: error.row)
    plan.missing = _missing(cohort, reach, roster.emails)
    return plan


def agencies_of(cohort: Cohort, by: User | None) -> Agencies:
    """The agencies that may stand in the roster: those within the manager's reach, and the cohort's."""
    agencies = Agency.objects.on(clock.today()).filter(pk__in=agencies_within(_reach(by)))
    if cohort.participant_id:
        agencies = agencies.filter(participant=cohort.participant_id)
    return {agency.code: agency for agency in agencies}


def _reach(by: User | None) -> Reach:
    return reach_of(by, Right.MANAGE_COHORTS) if by else Reach(everywhere=True)


def people_named(officers: list[Officer]) -> list[User]:
    """The accounts that these officers have already. One query for each two thousand rows."""
    emails = [officer.email for officer in officers]
    return [
        p
        for n in range(0, len(emails), 2000)
        for p in User.objects.filter(email__in=emails[n : n + 2000]).select_related("office")
    ]


def _numbers_taken(officers: list[Officer], agencies: Agencies) -> dict[tuple[int | None, str], str]:
    wanted = {officer.officer_number for officer in officers}
    rows = (
        User.objects.filter(agency__in=agencies.values())
        .exclude(officer_number="")
        .values_list("agency_id", "officer_number", "email")
    )
    return {(agency, folded(number)): email for agency, number, email in rows if number in wanted}


def offices_of(agencies: Agencies) -> Offices:
    """The offices of these agencies by agency and folded name, in either language."""
    found: Offices = {}
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
    agencies: Agencies,
    offices: Offices,
) -> None:
    agency = agencies[officer.agency]
    office = offices.get((agency.pk, folded(officer.office)))
    if office is None and officer.office not in plan.new_offices:
        plan.new_offices.append(officer.office)
    if person is None:
        plan.new.append(officer)
        return
    differences = _differences(person, officer, agency, office)
    if differences:
        plan.changed[officer.email] = differences
    else:
        plan.unchanged.append(officer)


def _differences(person: User, officer: Officer, agency: Agency, office: Office | None) -> list[Difference]:
    pairs = {
        "given_names": (person.given_names, officer.given_names),
        "surname_1": (person.surname_1, officer.surname_1),
        "surname_2": (person.surname_2, officer.surname_2),
        "officer_number": (person.officer_number, officer.officer_number),
        "position": (person.position, officer.position),
        "language": (person.preferred_language, officer.language),
    }
    found = [(name, old, new) for name, (old, new) in pairs.items() if new is not None and " ".join(old.split()) != new]
    if not sits_in(person, agency, officer.office) and (office is None or person.office_id != office.pk):
        found.append(("office", person.office.name if person.office else "", officer.office))
    return found


def sits_in(person: User, agency: Agency, name: str) -> bool:
    """Whether the person's own office has that name: another of the same name does not take its place."""
    own = person.office
    return bool(own and own.agency_id == agency.pk and folded(name) in {folded(own.name_en), folded(own.name_es)})


def _missing(cohort: Cohort, reach: Reach, emails: frozenset[str]) -> list[Enrollment]:
    """Active enrollments within reach that the file does not name, not even in a row with errors."""
    found = Enrollment.objects.filter(reach.of(), cohort=cohort).active()
    return [
        each
        for each in found.select_related("person", "office").order_by("person__surname_1", "person__given_names", "pk")
        if each.person.email not in emails
    ]


def _chosen(by: User | None) -> dict[str, str]:
    """The headings that the person's Participant has explained."""
    own = RosterHeading.objects.filter(participant=by.participant_id if by else None)
    return dict(own.values_list("heading", "column"))
