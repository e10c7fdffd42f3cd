"""Puts together what a certificate says on the day of issue. Seven queries, whatever the number of courses."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Avg

from curricula.models import EnrolledCourse, Enrollment
from people.models import Agency, Participant, User

from ..exceptions import BodiesMissing
from ..models import Signatory
from ..payload import (
    SCHEMA,
    ApprovalGiven,
    CurriculumNamed,
    Design,
    EditionNamed,
    Holder,
    IssuingBody,
    Payload,
    band_of,
)
from ..pdf.holder import composed
from .contents import contents_of
from .lines import Term
from .wording import goals_of, modes_of, outcomes_of


def verification_address(code: str) -> str:
    """The address in the square code: the same in both languages; a reader's own language is chosen there."""
    return f"{str(settings.PUENTE_BASE_URL).rstrip('/')}/v/{code}"


def payload_of(
    enrollment: Enrollment, *, number: str, code: str, issued_on: dt.date, term: Term, design: Design
) -> Payload:
    """What the certificate of a completed enrollment says. Raises BodiesMissing."""
    edition, person, office = enrollment.edition, enrollment.person, enrollment.office
    followed = contents_of(edition)
    score = EnrolledCourse.objects.filter(enrollment=enrollment).aggregate(mean=Avg("record__score_percent"))["mean"]
    completed_at = enrollment.completed_at
    return Payload(
        schema=SCHEMA,
        number=number,
        code=code,
        verify_url=verification_address(code),
        holder=holder_of(person),
        curriculum=CurriculumNamed(edition.curriculum.code, edition.curriculum.title_en, edition.curriculum.title_es),
        edition=EditionNamed(edition.label if edition.minor else edition.number, edition.sha256),
        approvals=tuple(ApprovalGiven(participant, day) for participant, day in followed.approvals),
        completed_on=(completed_at.date() if completed_at else issued_on).isoformat(),
        issued_on=issued_on.isoformat(),
        hours=followed.hours,
        modes_en=modes_of(followed.contents, "en"),
        modes_es=modes_of(followed.contents, "es"),
        courses=followed.courses,
        outcomes=outcomes_of(followed.contents),
        goals=goals_of(followed.contents),
        bodies=bodies_on(issued_on),
        place_en=office.name_en,
        place_es=office.name_es,
        score_percent=None,
        score_band=band_of(None if score is None else float(score)),
        demonstration=bool(enrollment.cohort.is_demo or person.is_demo),
        valid_until=term.valid_until.isoformat() if term.valid_until else None,
        period=term.period,
        design=design,
        competences=followed.competences,
    )


def holder_of(person: User) -> Holder:
    """The person as a certificate names them today."""
    return Holder(composed(person.full_name), person.officer_number)


def bodies_on(day: dt.date) -> tuple[IssuingBody, IssuingBody]:
    """Both Participants in the order of the Declaration, each with who signs for it on that day. Raises BodiesMissing.

    A Participant without a signatory is named without one; its agency is then the only one it has, or none.
    """
    participants = list(Participant.objects.on(day).order_by("position", "code")[:2])
    if len(participants) < 2:
        raise BodiesMissing(found=len(participants), day=day)
    signatories: dict[int, Signatory] = {}
    for signatory in Signatory.objects.on(day).filter(participant__in=participants).select_related("agency"):
        signatories.setdefault(signatory.participant_id, signatory)
    agencies: dict[int, list[Agency]] = {}
    for agency in Agency.objects.on(day).filter(participant__in=participants):
        agencies.setdefault(agency.participant_id, []).append(agency)
    first, second = (
        _body(participant, signatories.get(participant.pk), agencies.get(participant.pk, []))
        for participant in participants
    )
    return first, second


def _body(participant: Participant, signatory: Signatory | None, agencies: list[Agency]) -> IssuingBody:
    agency = signatory.agency if signatory and signatory.agency else agencies[0] if len(agencies) == 1 else None
    return IssuingBody(
        participant=participant.code,
        participant_en=participant.name_en,
        participant_es=participant.name_es,
        agency_en=agency.name_en if agency else "",
        agency_es=agency.name_es if agency else "",
        signatory=signatory.name if signatory else "",
        post_en=signatory.post_en if signatory else "",
        post_es=signatory.post_es if signatory else "",
    )
