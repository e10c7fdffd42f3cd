"""My learning: what comes next, what is due, the courses, the results, the certificates; and the training record."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates.models import Credential
from courses.content import content_of
from courses.exercise_results import latest_results
from courses.models import CourseRecord, LessonNote
from curricula.models import Enrollment
from curricula.selectors import learning_of, to_evaluate
from curricula.session_selectors import attended_sessions, next_sessions
from people import clock
from people.access import rights_of
from people.models import User
from people.roles import Right

from .due import due_of


@login_required
def my_learning(request: HttpRequest) -> HttpResponse:
    """A trainee's way; whoever follows no course goes to the own work instead."""
    person = cast("User", request.user)
    learning = learning_of(person)
    if not learning:
        rights = rights_of(person)
        if Right.MANAGE_COHORTS in rights:
            return redirect("curricula:cohorts")
        if Right.READ_REPORTS in rights:
            return redirect("reports:reports")
        if Right.APPROVE in rights:
            return redirect("curricula:approvals")
        if Right.ENTER_ADMIN in rights:
            return redirect("wagtailadmin_home")
    records = [record for row in learning for record in row["records"]]
    to_read = [row for row in learning if row["enrollment"].state != Enrollment.State.LAPSED]
    context = {
        "learning": learning,
        "next": _where_to_go_on([record for row in to_read for record in row["records"]]),
        "due": due_of(learning, clock.today()),
        "completed": [record for record in records if record.completed_at],
        "exercises": latest_results(records),
        "evaluate": to_evaluate(learning, clock.today()),
        "sessions": next_sessions(person),
        "has_notes": LessonNote.objects.filter(person=person).exists(),
        "credentials": Credential.objects.filter(person=person).order_by("-issued_at"),
    }
    return render(request, "dashboard/my_learning.html", context)


@login_required
@never_cache
@require_safe
def training_record(request: HttpRequest) -> HttpResponse:
    """Everything that a person was trained in here, on sheets to print, in the language of the page. Seven queries."""
    person = cast("User", request.user)
    learning = learning_of(person)
    completed = [record for row in learning for record in row["records"] if record.completed_at]
    context = {
        "person": person,
        "learning": learning,
        "completed": len(completed),
        "hours": sum(record.course.hours for record in completed),
        "credentials": Credential.objects.filter(person=person).order_by("issued_at"),
        "exercises": latest_results([record for row in learning for record in row["records"]]),
        "sessions": attended_sessions(person),
        "made_at": clock.now(),
    }
    return render(request, "dashboard/training_record.html", context)


def _where_to_go_on(records: list[CourseRecord]) -> dict[str, Any] | None:
    """The learning object to open next: where the officer was last, or the first course not yet begun."""
    unfinished = [record for record in records if not record.completed_at]
    begun = [record for record in unfinished if record.last_activity_at]
    if not unfinished:
        return None
    record = max(begun, key=lambda r: (r.last_activity_at, r.pk)) if begun else unfinished[0]
    content = content_of(record.course.sha256)
    place = next(
        (o for o in [*content.data["lessons"], *content.data["quizzes"]] if o["code"] == record.last_object_code), None
    )
    return {
        "record": record,
        "course": content.data,
        "place": place,
        "is_quiz": record.last_object_code in content.quizzes_by_code,
    }
