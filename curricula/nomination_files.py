"""A file of nominees: the columns of a roster, every error, and offices that are known already."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q

from people import clock
from people.access import Reach, agencies_within, offices_within
from people.models import Office, User

from .roster.columns import folded
from .roster.errors import RosterError, UnreadableRoster
from .roster.reading import read_headings
from .roster.sheets import read_sheet
from .roster.validation import Officer, read_roster
from .services.nominating import Nominee


@dataclass(slots=True)
class NominationFile:
    """What a file says: the nominees, or all errors."""

    nominees: list[Nominee] = field(default_factory=list)
    errors: list[RosterError] = field(default_factory=list)


def read_nominees(data: bytes, reach: Reach, participant: int | None = None) -> NominationFile:
    """Read a file of officers of places within reach, of one Participant where it is given. Three queries, and one more
    for each two thousand rows. Nothing of a file with errors is used."""
    agencies = agencies_within(reach).filter(pk__in=_open_agencies(reach, participant))
    by_code = {agency.code: agency for agency in agencies}
    try:
        sheet = read_sheet(data)
        roster = read_roster(sheet, read_headings(sheet, {}), by_code)
    except UnreadableRoster as unreadable:
        return NominationFile(errors=[unreadable.error])
    offices = {
        (office.agency.code, folded(name)): office
        for office in offices_within(reach).filter(agency__in=agencies).select_related("agency")
        for name in (office.name_en, office.name_es)
    }
    found = NominationFile(errors=list(roster.errors))
    elsewhere = addresses_elsewhere([officer.email for officer in roster.officers], set(by_code.values()))
    for officer in roster.officers:
        office = offices.get((officer.agency, folded(officer.office)))
        if office is None:
            found.errors.append(RosterError("office_elsewhere", officer.row, "office", officer.office))
        elif officer.email in elsewhere:
            found.errors.append(RosterError("email_elsewhere", officer.row, "email", officer.email))
        else:
            found.nominees.append(_nominee(officer, office))
    found.errors.sort(key=lambda error: error.row)
    return found


def addresses_elsewhere(emails: list[str], agencies: set[object]) -> set[str]:
    """Addresses of accounts that cannot be nominated from these agencies: of the other side, or of operators."""
    sides = {getattr(agency, "participant_id", None) for agency in agencies}
    taken = Q(is_superuser=True) | ~Q(participant__in=sides - {None}) & Q(participant__isnull=False)
    found: set[str] = set()
    for start in range(0, len(emails), 2000):
        rows = User.objects.filter(taken, email__in=emails[start : start + 2000])
        found |= set(rows.values_list("email", flat=True))
    return found


def _open_agencies(reach: Reach, participant: int | None) -> list[int]:
    agencies = agencies_within(reach).on(clock.today())  # type: ignore[attr-defined]
    if participant:
        agencies = agencies.filter(participant=participant)
    return list(agencies.values_list("pk", flat=True))


def _nominee(officer: Officer, office: Office) -> Nominee:
    return Nominee(
        email=officer.email,
        given_names=officer.given_names,
        surname_1=officer.surname_1,
        surname_2=officer.surname_2 or "",
        officer_number=officer.officer_number,
        position=officer.position or "",
        language=officer.language,
        office=office,
    )
