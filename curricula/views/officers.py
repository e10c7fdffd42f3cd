"""The officers of a cohort, and the life of one enrollment."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.access import may, right_required
from people.exceptions import DomainError
from people.models import User
from people.roles import Right

from ..access import cohort_for, enrollment_for, enrollments_visible_to
from ..bulk import bulk_actions
from ..life_forms import LifeForm, actions_for
from ..models import Enrollment
from ..officers_sought import officers_sought
from ..services.enrollments import withdraw
from ..services.life import end_leave, extend, give_leave, transfer

SHOWN = 100


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def officer_list(request: HttpRequest, code: str) -> HttpResponse:
    """The officers of a cohort within reach, by state, name or number, in pages. Six queries."""
    cohort = cohort_for(request.user, code)
    state, sought = request.GET.get("state", ""), request.GET.get("q", "").strip()
    rows = enrollments_visible_to(request.user, cohort)
    counts = dict(rows.values_list("state").annotate(n=Count("pk")).order_by())
    rows = officers_sought(rows, state=state, words=sought)
    names = ("person__surname_1", "person__surname_2", "person__given_names", "pk")
    rows = rows.select_related("person", "office", "cohort").order_by(*names)
    context = {
        "cohort": cohort, "page": Paginator(rows, SHOWN).get_page(request.GET.get("page")), "state": state,
        "actions": [action for action in bulk_actions() if may(request.user, action.right)],
        "sought": sought, "states": [(code, word, counts.get(code, 0)) for code, word in Enrollment.State.choices],
    }  # fmt: skip
    return render(request, "curricula/officer_list.html", context)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def officer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One enrollment: how it stands, what became of it, and what can be done."""
    enrollment = enrollment_for(request.user, code, pk)
    person = cast("User", request.user)
    form = LifeForm(request.POST or None, user=person, enrollment=enrollment)
    if request.method == "POST" and form.is_valid():
        place = _act(form, enrollment, person)
        if place is not None:
            messages.success(request, _("It is recorded."))
            return redirect("curricula:officer", place.cohort.code, place.pk)
    context = {
        "cohort": enrollment.cohort,
        "enrollment": enrollment,
        "events": enrollment.events.select_related("by").order_by("pk"),
        "before": Enrollment.objects.filter(transferred_to=enrollment).select_related("cohort").first(),
        "after": Enrollment.objects.filter(transferred_from=enrollment).select_related("cohort").first(),
        "courses": enrollment.courses.select_related("record__course").defer("record__course__content"),
        "form": form if actions_for(enrollment) else None,
    }
    return render(request, "curricula/officer.html", context)


def _act(form: LifeForm, enrollment: Enrollment, by: User) -> Enrollment | None:
    """Do what was chosen; the enrollment to show next, or None where it was refused."""
    given = form.cleaned_data
    reason, day = given["reason"].strip(), given["effective_on"]
    try:
        match given["action"]:
            case "leave":
                give_leave(enrollment=enrollment, reason=reason, effective_on=day, by=by)
            case "return":
                end_leave(enrollment=enrollment, due_on=given["due_on"], effective_on=day, by=by)
            case "extend":
                extend(enrollment=enrollment, due_on=given["due_on"], reason=reason, by=by)
            case "transfer":
                return transfer(enrollment=enrollment, cohort=given["cohort"], reason=reason, effective_on=day, by=by)
            case "withdraw":
                withdraw(enrollment=enrollment, reason=reason, effective_on=day, by=by)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None
    return enrollment
