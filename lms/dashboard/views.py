"""My learning: what comes next, the courses, the record, the certificates."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from certificates.models import Credential
from courses.content import content_of
from courses.models import CourseRecord
from curricula.selectors import learning_of
from people.access import rights_of
from people.models import User
from people.roles import Right


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
    context = {
        "learning": learning,
        "next": _where_to_go_on(records),
        "completed": [record for record in records if record.completed_at],
        "credentials": Credential.objects.filter(person=person).order_by("-issued_at"),
    }
    return render(request, "dashboard/my_learning.html", context)


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
