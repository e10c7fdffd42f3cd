"""Who may follow what: the answer to the slot of `courses`, and the gate to cohorts."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404

from courses.models import CourseRecord, LessonSource
from people import clock
from people.access import may, reach_of
from people.models import Office, User
from people.roles import Right

from .models import Cohort, Enrollment
from .models.cohort import EnrollmentQuerySet


def open_record(user: User, course_code: str) -> CourseRecord | None:
    """The record in which a person follows a course: of the latest enrollment that is not withdrawn and has opened."""
    return _open_records(user).filter(course__code=course_code).first()


def open_records(user: User) -> list[CourseRecord]:
    """The same for all courses that a person follows, by course code. One query."""
    latest: dict[str, CourseRecord] = {}
    for record in _open_records(user):
        latest.setdefault(record.course.code, record)
    return [latest[code] for code in sorted(latest)]


def _open_records(user: User) -> QuerySet[CourseRecord]:
    return (
        CourseRecord.objects.filter(
            person=user,
            enrolled__enrollment__state__in=[Enrollment.State.ACTIVE, Enrollment.State.COMPLETED],
            enrolled__enrollment__cohort__opens_on__lte=clock.today(),
        )
        .select_related("course")
        .defer("course__content")
        .order_by("-enrolled__enrollment__enrolled_at", "-pk")
    )


def own_record(user: User, pk: int) -> CourseRecord:
    """The person's own course record in an enrollment that was not withdrawn, or 404."""
    enrolled = CourseRecord.objects.filter(person=user, pk=pk, enrolled__isnull=False)
    record = enrolled.exclude(enrolled__enrollment__state=Enrollment.State.WITHDRAWN).select_related("course")
    found = record.defer("course__content").first()
    if found is None:
        raise Http404
    return found


def closing_day(record_id: int) -> dt.date | None:
    """The last day of the cohort that a course record belongs to: the answer to another slot of `courses`."""
    cohorts = Cohort.objects.filter(enrollments__courses__record=record_id)
    return cohorts.values_list("closes_on", flat=True).first()


def cohorts_visible_to(user: User | AnonymousUser) -> QuerySet[Cohort]:
    """Cohorts in which a manager's own Participant takes part: its own, joint ones, and any with its officers."""
    if not user.is_authenticated or not may(user, Right.MANAGE_COHORTS):
        return Cohort.objects.none()
    reach = reach_of(user, Right.MANAGE_COHORTS)
    if reach.everywhere:
        return Cohort.objects.all()
    return Cohort.objects.filter(Q(participant=reach.participant) | Q(participant__isnull=True))


def cohort_for(user: User | AnonymousUser, code: str) -> Cohort:
    """The cohort, or 404 for whom it is not there."""
    cohort = cohorts_visible_to(user).select_related("edition__curriculum", "participant").filter(code=code).first()
    if cohort is None:
        raise Http404
    return cohort


def enrollments_visible_to(
    user: User | AnonymousUser, cohort: Cohort, *, right: Right = Right.MANAGE_COHORTS
) -> EnrollmentQuerySet:
    """Named enrollments of a cohort within reach of a right: of the own Participant, or only of some agencies and
    offices of it, by the post that the officer held when enrolled."""
    if not may(user, right):
        return Enrollment.objects.none()
    return Enrollment.objects.filter(reach_of(user, right).of(), cohort=cohort)


def enrollment_for(user: User | AnonymousUser, cohort: Cohort, pk: int) -> Enrollment:
    """A named enrollment of a cohort, or 404 for whom it is not there."""
    found = enrollments_visible_to(user, cohort).select_related("person", "office", "agency").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def office_for(user: User | AnonymousUser, cohort: Cohort, pk: int) -> Office:
    """An office with officers of a cohort whom the person may see, or 404."""
    seen = enrollments_visible_to(user, cohort).filter(office=pk)
    office: Office | None = Office.objects.select_related("agency").filter(pk__in=seen.values("office")).first()
    if office is None:
        raise Http404
    return office


def may_see_sources(user: User | AnonymousUser) -> bool:
    """The sources of lessons are shared: whoever writes or approves, on either side, may look at them again."""
    return user.is_authenticated and (may(user, Right.AUTHOR) or may(user, Right.APPROVE))


def source_for(user: User | AnonymousUser, pk: int) -> LessonSource:
    """A source of a lesson, or 404 for whoever neither writes nor approves."""
    found = LessonSource.objects.select_related("page").defer("page__body").filter(pk=pk).first()
    if found is None or not may_see_sources(user):
        raise Http404
    return found
