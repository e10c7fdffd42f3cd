"""Reads that cross models: what a cohort waits for, and a trainee's learning. Query counts do not grow."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from courses.models import CourseRecord
from people.models import User
from people.selectors import to_invite

from .access import enrollments_visible_to
from .models import Cohort, CurriculumEdition, EnrolledCourse, Enrollment, EvaluationGiven


def newer_edition(cohort: Cohort) -> CurriculumEdition | None:
    """The published edition that a cohort could go over to."""
    published = CurriculumEdition.objects.filter(state=CurriculumEdition.State.PUBLISHED)
    own = cohort.edition
    return published.filter(curriculum=own.curriculum_id, pk__gt=own.pk).select_related("curriculum").first()


def officers_to_invite(cohort: Cohort, by: User | AnonymousUser) -> QuerySet[User]:
    """Officers who follow a cohort, of those the reader may see, who cannot sign in and whom nobody has invited."""
    following = enrollments_visible_to(by, cohort).following()
    return to_invite(User.objects.filter(pk__in=following.values("person"))).order_by("pk")


def learning_of(person: User) -> list[dict[str, Any]]:
    """A trainee's enrollments with their courses' records, newest first. Two queries."""
    enrollments = list(
        Enrollment.objects.filter(person=person)
        .exclude(state__in=[Enrollment.State.WITHDRAWN, Enrollment.State.TRANSFERRED])
        .select_related("cohort__edition__curriculum", "kept_edition__curriculum")
        .order_by("-enrolled_at", "-pk")
    )
    links = (
        EnrolledCourse.objects.filter(enrollment__in=enrollments)
        .select_related("record__course")
        .defer("record__course__content")
        .order_by("position")
    )
    records: dict[int, list[CourseRecord]] = {}
    for link in links:
        records.setdefault(link.enrollment_id, []).append(link.record)
    return [{"enrollment": e, "cohort": e.cohort, "records": records.get(e.pk, [])} for e in enrollments]


def to_evaluate(learning: list[dict[str, Any]], today: dt.date) -> list[CourseRecord]:
    """Of a trainee's learning, the completed courses that can still be evaluated. One query."""
    records = [
        record
        for row in learning
        if row["cohort"].closes_on >= today
        for record in row["records"]
        if record.completed_at is not None
    ]
    given = set(EvaluationGiven.objects.filter(record__in=records).values_list("record_id", flat=True))
    return [record for record in records if record.pk not in given]
