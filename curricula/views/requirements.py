"""Requirements: coverage, who lacks what, and nominating them for a round in one step."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people import clock
from people.access import right_required
from people.exceptions import DomainError
from people.models import User
from people.roles import Right

from ..access import managed_by, requirement_for, requirements_visible_to, rounds_visible_to
from ..coverage import by_requirement, coverage_of
from ..models import Requirement
from ..requirement_forms import ProposeForm, RequirementForm
from ..services.requirements import nominate_people, save_requirement

SHOWN = 50


@right_required(Right.MANAGE_COHORTS)
@require_safe
def requirement_list(request: HttpRequest) -> HttpResponse:
    """Each requirement with its coverage over the officers within reach."""
    rows = requirements_visible_to(request.user).select_related("curriculum", "participant", "agency", "office")
    coverage = by_requirement(rows, managed_by(request.user))
    return render(request, "curricula/requirement_list.html", {"coverage": coverage})


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def requirement(request: HttpRequest, pk: int) -> HttpResponse:
    """Coverage by office, who lacks it, and the proposal for the next round: POST nominates all of them."""
    shown = requirement_for(request.user, pk)
    person = cast("User", request.user)
    reach = managed_by(person)
    coverage = coverage_of([shown], reach)[0]
    rounds = rounds_visible_to(person).filter(
        Q(participant=None) | Q(participant=shown.participant_id),
        curricula=shown.curriculum_id,
        closes_on__gte=clock.today(),
    )
    form = ProposeForm(request.POST or None, rounds=rounds, user=person)
    if request.method == "POST" and form.is_valid():
        lacking = User.objects.filter(pk__in=coverage.to_propose).select_related("office__agency").order_by("pk")
        found = form.cleaned_data["training_round"]
        try:
            made = nominate_people(
                training_round=found, cohort=form.cleaned_data["cohort"], people=list(lacking), by=person
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            said = ngettext("%(count)s officer is nominated.", "%(count)s officers are nominated.", len(made.made))
            messages.success(request, said % {"count": len(made.made)})
            return redirect("curricula:nominations", found.code)
    people = User.objects.filter(pk__in=coverage.to_propose[:SHOWN]).select_related("office").order_by("pk")
    context = {
        "requirement": shown, "coverage": coverage, "people": people, "form": form, "rounds": rounds.exists(),
        "may_change": _covers(person, shown),
    }  # fmt: skip
    return render(request, "curricula/requirement.html", context)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def requirement_new(request: HttpRequest) -> HttpResponse:
    """Set a requirement for a place that the manager manages."""
    return _requirement_form(request, Requirement(from_on=clock.today()))


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def requirement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a requirement, or let it end."""
    shown = requirement_for(request.user, pk)
    if not _covers(cast("User", request.user), shown):
        raise PermissionDenied
    return _requirement_form(request, shown)


def _requirement_form(request: HttpRequest, shown: Requirement) -> HttpResponse:
    person = cast("User", request.user)
    form = RequirementForm(request.POST or None, instance=shown, user=person)
    if request.method == "POST" and form.is_valid():
        saved = save_requirement(requirement=form.save(commit=False), by=person)
        messages.success(request, _("The requirement is saved."))
        return redirect("curricula:requirement", saved.pk)
    return render(request, "curricula/requirement_form.html", {"form": form, "pk": shown.pk})


def _covers(person: User, shown: Requirement) -> bool:
    place = {"participant": shown.participant_id, "agency": shown.agency_id, "office": shown.office_id}
    return managed_by(person).covers(**place)
