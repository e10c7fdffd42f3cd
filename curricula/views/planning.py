"""A manager plans a session, changes it, cancels it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.access import right_required
from people.exceptions import DomainError
from people.models import User
from people.roles import Right

from ..access import cohort_for
from ..models import Session
from ..services.sessions import cancel_session, change_session, plan_session
from ..session_access import session_managed_by
from ..session_forms import CancelForm, SessionForm, instructors_within


@right_required(Right.MANAGE_COHORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """A new session of a cohort."""
    cohort = cohort_for(request.user, code)
    by = cast("User", request.user)
    form = SessionForm(request.POST or None, cohort=cohort, by=by)
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_session(
                cohort=cohort, course=form.cleaned_data["course"], plan=form.plan(), shares=form.shares,
                instructors=form.instructors(), by=by,
            )  # fmt: skip
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The session is planned. Sign officers up, or let them sign up themselves."))
            return redirect("curricula:session", made.pk)
    return render(request, "curricula/session_form.html", {"cohort": cohort, "form": form})


@right_required(Right.MANAGE_COHORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time, place, number of seats, or other instructors. Those of the other Participant stay."""
    session = session_managed_by(request.user, pk)
    by = cast("User", request.user)
    form = SessionForm(request.POST or None, cohort=session.cohort, by=by, session=session)
    if request.method == "POST" and form.is_valid():
        others = session.instructors.exclude(person__in=instructors_within(by)).values_list("person", flat=True)
        try:
            change_session(
                session=session, plan=form.plan(), shares=form.shares, instructors=form.instructors(),
                keeps=list(others), by=by,
            )  # fmt: skip
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The session is changed. Those with a place are told of another time or place.")
            )
            return redirect("curricula:session", pk)
    context = {"cohort": session.cohort, "session": session, "form": form}
    return render(request, "curricula/session_form.html", context)


@right_required(Right.MANAGE_COHORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason; then everybody with a place is told."""
    session = session_managed_by(request.user, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_session(
                session=session, reason=Session.Reason(form.cleaned_data["reason"]), by=cast("User", request.user)
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The session is canceled. Everybody with a place is told by e-mail."))
        return redirect("curricula:session", pk)
    return render(request, "curricula/session_cancel.html", {"session": session, "form": form})
