"""Who may follow what: the answer to the slot of `courses`, and the gate to cohorts."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404

from courses.models import CourseRecord, ExerciseAssessment, InstructorQualification, LessonSource
from people import clock
from people.access import Reach, may, reach_of
from people.models import Office, User
from people.roles import Right

from .models import (
    Cohort,
    EnrolledCourse,
    Enrollment,
    Nomination,
    Reminder,
    Requirement,
    RosterImport,
    Round,
)
from .models.cohort import EnrollmentQuerySet
from .models.nomination import NominationQuerySet
from .models.reminder import ReminderQuerySet

OPEN_STATES = (*Enrollment.FOLLOWING, Enrollment.State.COMPLETED)
"""The officer has a place, or completed in it."""


def open_record(user: User, course_code: str) -> CourseRecord | None:
    """The record in which a person follows a course: of the latest enrollment that is open or completed, in a cohort
    that has opened."""
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
            enrolled__enrollment__state__in=OPEN_STATES,
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
    """Until when a course record is due: the officer's own date, or the last day of the cohort. The answer to another
    slot of `courses`."""
    days = Enrollment.objects.filter(courses__record=record_id).values_list("due_on", "cohort__closes_on").first()
    return (days[0] or days[1]) if days else None


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


def enrollment_for(user: User | AnonymousUser, code: str, pk: int) -> Enrollment:
    """A named enrollment of a cohort within reach, or 404."""
    rows = enrollments_visible_to(user, cohort_for(user, code))
    found = rows.select_related("person", "office", "agency", "cohort__edition__curriculum").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def rounds_visible_to(user: User | AnonymousUser) -> QuerySet[Round]:
    """Rounds of the own Participant and joint ones, for managers, those of some offices included: they nominate."""
    if not user.is_authenticated or not may(user, Right.MANAGE_COHORTS):
        return Round.objects.none()
    reach = reach_of(user, Right.MANAGE_COHORTS)
    if reach.everywhere:
        return Round.objects.all()
    return Round.objects.filter(Q(participant=reach.participant) | Q(participant__isnull=True))


def round_for(user: User | AnonymousUser, code: str) -> Round:
    """The round, or 404 for whom it is not there."""
    found = rounds_visible_to(user).select_related("participant", "owner__participant").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def leads_rounds(user: User | AnonymousUser) -> bool:
    """Whether somebody sets up rounds, sets targets and decides on nominations: who manages all of a Participant."""
    reach = reach_of(user, Right.MANAGE_COHORTS)
    return reach.everywhere or reach.in_all_of_it


def may_change_round(user: User, found: Round) -> bool:
    """The frame of a round (names, period, curricula) is changed by the side of its owner."""
    reach = reach_of(user, Right.MANAGE_COHORTS)
    return leads_rounds(user) and (reach.everywhere or found.owner.participant_id == reach.participant)


def nominations_visible_to(user: User | AnonymousUser, found: Round) -> NominationQuerySet:
    """Named nominations of a round within reach: of the own Participant, or only of some agencies and offices of it."""
    if not may(user, Right.MANAGE_COHORTS):
        return Nomination.objects.none()
    return Nomination.objects.filter(reach_of(user, Right.MANAGE_COHORTS).of(), round=found)


def nominations_decided_by(user: User | AnonymousUser, found: Round) -> NominationQuerySet:
    """Those on which a person may decide: none for whoever only nominates."""
    mine = nominations_visible_to(user, found)
    return mine if leads_rounds(user) else mine.none()


def requirements_visible_to(user: User | AnonymousUser) -> QuerySet[Requirement]:
    """The requirements of the own Participant, for its managers; what a place of theirs must hold is no secret."""
    if not user.is_authenticated or not may(user, Right.MANAGE_COHORTS):
        return Requirement.objects.none()
    reach = reach_of(user, Right.MANAGE_COHORTS)
    return Requirement.objects.all() if reach.everywhere else Requirement.objects.filter(participant=reach.participant)


def requirement_for(user: User | AnonymousUser, pk: int) -> Requirement:
    """The requirement, or 404 for whom it is not there."""
    rows = requirements_visible_to(user).select_related("curriculum", "participant", "agency", "office")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def managed_by(user: User | AnonymousUser) -> Reach:
    """Where a person manages cohorts."""
    return reach_of(user, Right.MANAGE_COHORTS)


def roster_imports_visible_to(user: User | AnonymousUser, cohort: Cohort | None = None) -> QuerySet[RosterImport]:
    """Imports of one's own side: those that one applied; all of the side for whoever follows all of it. What a command
    applied belongs to the side of its cohort."""
    if not user.is_authenticated or not may(user, Right.MANAGE_COHORTS):
        return RosterImport.objects.none()
    found = RosterImport.objects.filter(cohort__in=cohorts_visible_to(user))
    if cohort is not None:
        found = found.filter(cohort=cohort)
    reach = reach_of(user, Right.MANAGE_COHORTS)
    if reach.everywhere:
        return found
    own = Q(applied_by=user.pk, applied_by__participant=reach.participant)
    if reach.in_all_of_it:
        own |= Q(applied_by__participant=reach.participant)
        own |= Q(applied_by=None, cohort__participant=reach.participant)
    return found.filter(own)


def roster_import_for(user: User | AnonymousUser, pk: int) -> RosterImport:
    """An import, or 404 for whom it is not there."""
    found = roster_imports_visible_to(user).select_related("cohort", "applied_by", "undone_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def reminders_visible_to(user: User | AnonymousUser) -> ReminderQuerySet:
    """The log of reminders about enrollments within reach."""
    if not may(user, Right.MANAGE_COHORTS):
        return Reminder.objects.none()
    return Reminder.objects.filter(reach_of(user, Right.MANAGE_COHORTS).of("enrollment__"))


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


def enrolled_courses_assessed_by(user: User | AnonymousUser) -> QuerySet[EnrolledCourse]:
    """The officers, course by course, whose exercises an instructor may score today: within the reach of that right, in
    the courses for which the instructor is qualified, in cohorts that have opened."""
    if not user.is_authenticated or not may(user, Right.ASSESS):
        return EnrolledCourse.objects.none()
    courses = InstructorQualification.objects.on(clock.today()).filter(person=user).values("course_code")
    within = reach_of(user, Right.ASSESS).of("enrollment__")
    return (
        EnrolledCourse.objects.filter(within, record__course__code__in=courses)
        .filter(enrollment__cohort__opens_on__lte=clock.today(), enrollment__person__is_active=True)
        .filter(enrollment__state__in=OPEN_STATES)
    )


def assessments_of(user: User | AnonymousUser) -> QuerySet[ExerciseAssessment]:
    """The assessments of those officers, never the instructor's own."""
    records = enrolled_courses_assessed_by(user).values("record")
    return ExerciseAssessment.objects.filter(record__in=records).exclude(record__person=user.pk)


def assessment_for(user: User | AnonymousUser, pk: int) -> ExerciseAssessment:
    """An assessment, or 404 for whom it is not there."""
    found = assessments_of(user).select_related("record__person", "record__course", "assessed_by", "confirmed_by")
    assessment = found.defer("record__course__content").filter(pk=pk).first()
    if assessment is None:
        raise Http404
    return assessment
