"""Instructors are qualified for a course in a language, and stop being so."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q

from people import audit, clock
from people.models import User

from ..exceptions import NobodyQualifiesThemself, QualificationInThePast, QualifiedAlready
from ..models import InstructorQualification


@transaction.atomic
def qualify_instructor(
    *,
    person: User,
    course_code: str,
    language: str,
    by: User | None,
    from_on: dt.date | None = None,
    until_on: dt.date | None = None,
    note: str = "",
) -> InstructorQualification:
    """Qualify a person from a day on (None: today) until another (None: for good).

    Holds the person's row, so that no two qualifications for the same course and language hold on one day.

    Raises:
        NobodyQualifiesThemself: `by` is the person. QualificationInThePast: it would begin before today.
        QualifiedAlready: on one of these days the person is qualified already.
    """
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    from_on = from_on or clock.today()
    check_qualification(
        person=person, course_code=course_code, language=language, from_on=from_on, until_on=until_on, by=by
    )
    qualification = InstructorQualification.objects.create(
        person=person, course_code=course_code, language=language, from_on=from_on, until_on=until_on, note=note,
        granted_by=by,
    )  # fmt: skip
    audit.record(
        "courses.qualification.granted",
        qualification,
        by=by,
        data=_facts(qualification),
        concerns=person.participant_id,
    )
    return qualification


@transaction.atomic
def end_qualification(
    *, qualification: InstructorQualification, until_on: dt.date | None, by: User | None
) -> InstructorQualification:
    """Set its last day, or open it again with None. What was scored while it held stays. Holds the person's row.

    Raises:
        NobodyQualifiesThemself: `by` is the person. QualificationInThePast: it would have ended before yesterday.
        QualifiedAlready: longer than before, it would meet another one.
    """
    person = User.objects.select_for_update(of=("self",)).get(pk=qualification.person_id)
    known = InstructorQualification.objects.get(pk=qualification.pk)
    before = {"from_on": known.from_on, "until_on": known.until_on}
    check_end(qualification=known, until_on=until_on, by=by)
    known.until_on = until_on
    known.from_on = min(known.from_on, until_on or known.from_on)
    known.save(update_fields=["until_on", "from_on"])
    audit.record(
        "courses.qualification.dated",
        known,
        by=by,
        data=_facts(known),
        before=before,
        after={"from_on": known.from_on, "until_on": known.until_on},
        concerns=person.participant_id,
    )
    return known


def check_qualification(
    *, person: User, course_code: str, language: str, from_on: dt.date, until_on: dt.date | None, by: User | None
) -> None:
    """Whether `by` may qualify the person so today. None is the system.

    Raises:
        NobodyQualifiesThemself, QualificationInThePast, QualifiedAlready: see `qualify_instructor`.
    """
    _require_another(person.pk, by)
    if by is not None and from_on < clock.today():
        raise QualificationInThePast
    same = InstructorQualification.objects.filter(person=person, course_code=course_code, language=language)
    _require_free(same, from_on, until_on)


def check_end(*, qualification: InstructorQualification, until_on: dt.date | None, by: User | None) -> None:
    """Whether `by` may set this last day today.

    Raises:
        NobodyQualifiesThemself, QualificationInThePast, QualifiedAlready: see `end_qualification`.
    """
    _require_another(qualification.person_id, by)
    if by is not None and until_on and until_on < clock.yesterday():
        raise QualificationInThePast
    same = InstructorQualification.objects.filter(
        person=qualification.person_id, course_code=qualification.course_code, language=qualification.language
    )
    _require_free(same.exclude(pk=qualification.pk), qualification.from_on, until_on)


def _require_another(person_id: int, by: User | None) -> None:
    if by is not None and by.pk == person_id and not by.is_superuser:
        raise NobodyQualifiesThemself


def _require_free(same: Any, from_on: dt.date, until_on: dt.date | None) -> None:
    begins_before_the_end = Q(from_on__lte=until_on) if until_on else Q()
    met = same.filter(begins_before_the_end, Q(until_on=None) | Q(until_on__gte=from_on)).first()
    if met:
        raise QualifiedAlready(from_on=f"{met.from_on:%Y-%m-%d}")


def _facts(qualification: InstructorQualification) -> dict[str, Any]:
    return {
        "person": qualification.person_id,
        "course": qualification.course_code,
        "language": qualification.language,
        "from_on": qualification.from_on,
        "until_on": qualification.until_on,
    }
