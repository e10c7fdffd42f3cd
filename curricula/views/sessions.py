"""Sessions as those see them who manage or teach them: the lists, the page of one, the marks of its roll."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import clock
from people.access import may, right_required
from people.exceptions import DomainError
from people.models import User
from people.roles import Right

from ..access import cohort_for, enrollments_visible_to
from ..models import AttendanceMark, Cohort, Session
from ..models.session import SessionQuerySet
from ..services.places import give_back, sign_up
from ..session_access import may_manage, places_visible_to, session_for, session_managed_by, sessions_visible_to
from ..session_forms import SignUpForm
from ..session_selectors import attendance_of, in_order, listed, rooms_of, sessions_of_cohort, without_place


@login_required
@never_cache
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """All sessions that the reader manages or teaches: those to come, then those that are over."""
    if not (may(request.user, Right.MANAGE_COHORTS) or may(request.user, Right.LEAD_SESSIONS)):
        raise PermissionDenied
    return _list(request, sessions_visible_to(request.user), None)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def of_cohort(request: HttpRequest, code: str) -> HttpResponse:
    """The sessions of a cohort, with the attendance of the officers within reach."""
    cohort = cohort_for(request.user, code)
    return _list(request, sessions_visible_to(request.user).filter(cohort=cohort), cohort)


def _list(request: HttpRequest, sessions: SessionQuerySet, cohort: Cohort | None) -> HttpResponse:
    now = clock.now()
    found = list(listed(sessions))
    context = {
        "cohort": cohort,
        "coming": [each for each in found if each.state == Session.State.PLANNED and each.ends_at > now],
        "over": [each for each in reversed(found) if each.state != Session.State.PLANNED or each.ends_at <= now],
        "figures": sessions_of_cohort(cohort, enrollments_visible_to(request.user, cohort)) if cohort else None,
    }
    return render(request, "curricula/session_list.html", context)


@login_required
@never_cache
@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session: when and where, who teaches, the seats, and the officers whom the reader may see."""
    found = session_for(request.user, pk)
    visible = places_visible_to(request.user, found)
    places = in_order(visible)
    counts: Any = listed(Session.objects.filter(pk=found.pk)).get()
    context = {
        "session": found,
        "manages": may_manage(request.user, found),
        "instructors": found.instructors.select_related("person"),
        "room": rooms_of([found])[found.pk],
        "waiting": counts.waiting,
        "shares": found.shares.select_related("agency", "office"),
        "places": [place for place in places if place.is_open],
        "gone": [place for place in places if not place.is_open],
        "attendance": attendance_of(visible),
    }
    return render(request, "curricula/session.html", context)


@login_required
@never_cache
@require_safe
def marks(request: HttpRequest, pk: int) -> HttpResponse:
    """Every mark of attendance, corrections too: how, when, by whom."""
    found = session_for(request.user, pk)
    rows = AttendanceMark.objects.filter(place__in=places_visible_to(request.user, found))
    rows = rows.select_related("place__enrollment__person", "recorded_by").order_by("-pk")
    return render(request, "curricula/session_marks.html", {"session": found, "marks": rows})


@right_required(Right.MANAGE_COHORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_officers(request: HttpRequest, pk: int) -> HttpResponse:
    """A manager signs officers within reach up; for whom there is no seat waits."""
    found = session_managed_by(request.user, pk)
    without = without_place(found, enrollments_visible_to(request.user, found.cohort))
    form = SignUpForm(request.POST or None, waiting=without)
    if request.method == "POST" and form.is_valid():
        try:
            done = sign_up(session=found, enrollments=form.officers, by=cast("User", request.user))
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            seated = ngettext("%(n)s officer has a seat now", "%(n)s officers have a seat now", done.seated)
            waits = ngettext("%(n)s waits", "%(n)s wait", done.waiting)
            messages.success(request, f"{seated % {'n': done.seated}}; {waits % {'n': done.waiting}}.")
        return redirect("curricula:session", pk)
    return render(request, "curricula/session_sign_up.html", {"session": found, "form": form})


@right_required(Right.MANAGE_COHORTS)
@require_POST
def cancel_place(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """A manager takes the place of an officer within reach back."""
    found = session_managed_by(request.user, pk)
    row = get_object_or_404(places_visible_to(request.user, found).select_related("session"), pk=place)
    try:
        give_back(place=row, by=cast("User", request.user))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The place was given back. The officer is told by e-mail."))
    return redirect("curricula:session", pk)
