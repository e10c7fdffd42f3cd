"""Rounds: the list, one round against its plan, its frame and its targets."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people import clock
from people.access import participants_visible_to, right_required
from people.exceptions import DomainError
from people.models import Participant, User
from people.roles import Right

from ..access import leads_rounds, managed_by, may_change_round, round_for, rounds_visible_to
from ..charts import NARROW, WIDE, Today, curve
from ..models import Round
from ..round_forms import RoundForm, TargetFormSet, TargetReasonForm
from ..round_progress import round_progress, targets_of
from ..services.rounds import save_round, set_targets


@right_required(Right.MANAGE_COHORTS)
@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """The rounds of the own Participant and joint ones, the latest first. Three queries."""
    rounds = rounds_visible_to(request.user).select_related("participant").annotate(cohort_count=Count("cohorts"))
    context = {"rounds": rounds, "leads": leads_rounds(request.user)}
    return render(request, "curricula/round_list.html", context)


@right_required(Right.MANAGE_COHORTS)
@require_safe
def round_page(request: HttpRequest, code: str) -> HttpResponse:
    """A round against its plan, over the officers of the own side; its cohorts, targets and nominations."""
    found = round_for(request.user, code)
    person = cast("User", request.user)
    progress = round_progress(found, managed_by(person))
    planned = [week.planned for week in progress.weeks]
    completed = [week.completed for week in progress.weeks]
    now = Today(progress.weeks_gone, progress.completed, progress.planned_today)
    context = {
        "round": found,
        "curricula": found.curricula.all(),
        "progress": progress,
        "gap": progress.completed - progress.planned_today,
        "has_begun": found.opens_on <= clock.today(),
        "is_open": found.closes_on >= clock.today(),
        "leads": leads_rounds(person),
        "may_change": may_change_round(person, found),
        "curves": [("only-wide", curve(planned, completed, now, WIDE)),
                   ("only-narrow", curve(planned, completed, now, NARROW))],
    }  # fmt: skip
    return render(request, "curricula/round.html", context)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """Set up a round; who does is its owner."""
    person = cast("User", request.user)
    if not leads_rounds(person):
        raise PermissionDenied
    return _round_form(request, Round(owner=person))


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def round_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change the frame of a round."""
    found = round_for(request.user, code)
    if not may_change_round(cast("User", request.user), found):
        raise PermissionDenied
    return _round_form(request, found)


def _round_form(request: HttpRequest, found: Round) -> HttpResponse:
    person, code = cast("User", request.user), found.code
    form = RoundForm(request.POST or None, instance=found, user=person)
    if request.method == "POST" and form.is_valid():
        saved = save_round(training_round=form.save(commit=False), curricula=form.cleaned_data["curricula"], by=person)
        messages.success(request, _("The round is saved."))
        return redirect("curricula:round", saved.code)
    return render(request, "curricula/round_form.html", {"form": form, "code": code})


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def round_targets(request: HttpRequest, code: str) -> HttpResponse:
    """The targets of the own side as a new version, and the versions before."""
    found = round_for(request.user, code)
    person = cast("User", request.user)
    side = _side_of(person, found, request.POST.get("participant") or request.GET.get("participant", ""))
    if not leads_rounds(person) or side is None:
        raise PermissionDenied
    now = next(each for each in targets_of(found, clock.today()) if each.participant.pk == side.pk)
    shown = [
        {"agency": line.agency_id, "office": line.office_id, "position": line.position, "persons": line.persons}
        for line in now.lines
    ]
    data = request.POST or None
    initial = None if data else shown  # what was sent counts, whatever holds by now
    lines = TargetFormSet(data, initial=initial, form_kwargs={"user": person, "participant": side}, prefix="lines")
    why = TargetReasonForm(data, initial={"holds_from": clock.today()})
    if request.method == "POST" and lines.is_valid() and why.is_valid():
        targets = [target for form in lines if (target := form.target())]
        try:
            set_targets(training_round=found, participant=side, targets=targets, by=person, **why.cleaned_data)
        except DomainError as refusal:
            why.add_error(None, str(refusal))
        else:
            messages.success(request, _("The targets are set. The version before is kept."))
            return redirect("curricula:round", code)
    context = {"round": found, "side": side, "now": now, "lines": lines, "why": why}
    return render(request, "curricula/round_targets.html", context)


def _side_of(person: User, found: Round, asked: str) -> Participant | None:
    """The own Participant; an operator without one says which."""
    sides = participants_visible_to(person)
    if found.participant_id:
        sides = sides.filter(pk=found.participant_id)
    return sides.filter(code=asked).first() if asked and not person.participant_id else sides.first()
