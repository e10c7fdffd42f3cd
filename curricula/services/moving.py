"""A running cohort goes over to a newer edition: nothing that was completed is lost."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from courses.models import CourseRecord
from courses.services.moving import move_records, say_completed
from courses.services.records import open_records
from people import audit, clock
from people.models import User

from ..exceptions import NotANewerEdition
from ..models import Cohort, CurriculumEdition, EditionCourse, EnrolledCourse, Enrollment
from .completion import complete_enrollment_of
from .letters import tell_trainees


@transaction.atomic
def move_cohort(*, cohort: Cohort, edition: CurriculumEdition, by: User | None, tells: bool = False) -> int:
    """Let a cohort follow a newer published edition of its curriculum. How many officers went over.

    Officers who completed or left stay with the edition that they followed. Whoever follows keeps completed courses
    as they are; a course not completed is followed in its new text, and what was done in it keeps counting. A course
    that the new edition no longer has falls away unless it was completed. With `tells`, they get a letter.

    One transaction with a fixed number of statements for each course. Holds the cohort's row, then the records'.

    Raises:
        NotANewerEdition: it is of another curriculum, not published, or not later than the cohort's own.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("edition").get(pk=cohort.pk)
    before = cohort.edition
    if not is_newer(edition, before):
        raise NotANewerEdition(number=edition.label)
    enrollments = Enrollment.objects.filter(cohort=cohort)
    enrollments.exclude(state__in=Enrollment.FOLLOWING).filter(kept_edition=None).update(kept_edition=before)
    active = list(enrollments.following().select_for_update(of=("self",)).select_related("person").order_by("pk"))
    cohort.edition = edition
    cohort.save(update_fields=["edition"])
    with audit.gathering():
        follow_edition(active, edition=edition, by=by)
        if tells:
            tell_trainees(cohort=cohort, people=[each.person for each in active if each.person.is_active])
        audit.record(
            "curricula.cohort.moved",
            cohort,
            by=by,
            data={"persons": len(active)},
            before={"edition": before.pk},
            after={"edition": edition.pk},
        )
    return len(active)


def is_newer(edition: CurriculumEdition, than: CurriculumEdition) -> bool:
    """Whether a cohort may go over from one edition to the other."""
    return (
        edition.curriculum_id == than.curriculum_id
        and edition.state == CurriculumEdition.State.PUBLISHED
        and edition.pk > than.pk
    )


def follow_edition(active: list[Enrollment], *, edition: CurriculumEdition, by: User | None) -> None:
    """Bring enrollments, whose rows the caller holds, over to an edition; whoever has nothing left to do completes."""
    say_completed(_follow(active, edition, by))
    _complete_what_is_done(active, by)


def _follow(active: list[Enrollment], edition: CurriculumEdition, by: User | None) -> list[CourseRecord]:
    """Records brought over or opened, and the links renewed in the order of the edition."""
    now = clock.now()
    links = EnrolledCourse.objects.filter(enrollment__in=active)
    held: dict[tuple[int, str], CourseRecord] = {
        (link.enrollment_id, link.record.course.code): link.record
        for link in links.select_related("record__course").defer("record__course__content").order_by("position")
    }
    places = EditionCourse.objects.filter(edition=edition).select_related("course").defer("course__content")
    finished: list[CourseRecord] = []
    ordered: dict[int, list[CourseRecord]] = {each.pk: [] for each in active}
    for place in places.order_by("position"):
        course = place.course
        known = [held[each.pk, course.code] for each in active if (each.pk, course.code) in held]
        behind = [record for record in known if record.course_id != course.pk and record.completed_at is None]
        finished += move_records(records=behind, course=course, at=now, by=by)
        newcomers = [each for each in active if (each.pk, course.code) not in held]
        opened = open_records(person_ids=[each.person_id for each in newcomers], course=course, by=by)
        new: dict[int, CourseRecord] = dict(zip((each.pk for each in newcomers), opened, strict=True))
        for each in active:
            ordered[each.pk].append(held.pop((each.pk, course.code)) if each.pk not in new else new[each.pk])
    for (enrollment, _code), record in held.items():
        if record.completed_at:
            ordered[enrollment].append(record)
    _renew(links, ordered)
    return finished


def _renew(links: Any, ordered: dict[int, list[CourseRecord]]) -> None:
    links.delete()
    EnrolledCourse.objects.bulk_create(
        [
            EnrolledCourse(enrollment_id=enrollment, record=record, position=position)
            for enrollment, records in ordered.items()
            for position, record in enumerate(records, start=1)
        ],
        batch_size=2000,
    )


def _complete_what_is_done(active: list[Enrollment], by: User | None) -> None:
    """Whose last open course fell away has completed the curriculum."""
    open_courses = EnrolledCourse.objects.filter(enrollment__in=active, record__completed_at=None)
    waiting = set(open_courses.values_list("enrollment_id", flat=True))
    done = [each for each in active if each.pk not in waiting]
    for enrollment in done:
        record = EnrolledCourse.objects.filter(enrollment=enrollment).values_list("record_id", flat=True).first()
        if record is not None:
            complete_enrollment_of(record_id=record, at=clock.now(), by=by)
