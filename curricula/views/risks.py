"""Officers at risk: the list with reasons and filters, the decision about one, and the rules of the Participant."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people.access import participants_visible_to, reach_of, right_required
from people.bilingual import pick
from people.exceptions import DomainError
from people.models import Office, Participant, User
from people.roles import Right

from ..access import cohort_for, enrollment_for, enrollments_visible_to
from ..at_risk import AtRisk, last_decisions, numbers_of, officers_at_risk
from ..models import Enrollment, RiskDecision
from ..risk_forms import RiskDecisionForm, RiskFilter, RiskRulesForm
from ..risk_words import sentence, sentences_kept
from ..services.risks import decide_about_risk, set_risk_rules

SHOWN = 50


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def at_risk_list(request: HttpRequest, code: str) -> HttpResponse:
    """Who is at risk in a cohort and why, with filters that stay in the address. The count of queries is constant."""
    cohort = cohort_for(request.user, code)
    every = officers_at_risk(cohort, enrollments_visible_to(request.user, cohort))
    offices = {
        office.pk: pick(office, "name") for office in Office.objects.filter(pk__in={row.office for row in every})
    }
    form = RiskFilter(request.GET or {}, offices=offices)
    page = Paginator([row for row in every if form.lets_through(row)], SHOWN).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "cohort": cohort,
        "form": form,
        "rows": _shown(list(page)),
        "page": page,
        "asked": asked.urlencode(),
        "open": sum(1 for row in every if not row.is_quiet),
        "quiet": sum(1 for row in every if row.is_quiet),
    }
    return render(request, "curricula/at_risk.html", context)


def _shown(rows: list[AtRisk]) -> list[dict[str, Any]]:
    shown = [row.enrollment for row in rows]
    people = Enrollment.objects.select_related("person", "office").in_bulk(shown)
    decisions = last_decisions(shown)
    return [
        {
            "enrollment": people[row.enrollment],
            "reasons": [sentence(reason) for reason in row.reasons],
            "last_on": row.progress.last_on,
            "done": row.progress.done,
            "total": row.progress.total,
            "decision": decisions.get(row.enrollment),
        }
        for row in rows
    ]


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Why one officer is at risk and what was decided so far; POST writes a decision down."""
    cohort = cohort_for(request.user, code)
    enrollment = enrollment_for(request.user, code, pk)
    found = officers_at_risk(cohort, Enrollment.objects.filter(pk=enrollment.pk))
    form = RiskDecisionForm(request.POST or None, initial={"decision": RiskDecision.Decision.CONTACTED})
    if request.method == "POST" and form.is_valid():
        try:
            decide_about_risk(enrollment=enrollment, **form.cleaned_data, by=cast("User", request.user))
        except DomainError as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("The decision about %(name)s is kept.") % {"name": enrollment.person.full_name})
        return redirect("curricula:at_risk", code)
    decisions = RiskDecision.objects.filter(enrollment=enrollment).select_related("decided_by")
    context = {
        "cohort": cohort,
        "enrollment": enrollment,
        "reasons": [sentence(reason) for row in found for reason in row.reasons],
        "form": form,
        "decisions": [(each, sentences_kept(each.reasons)) for each in decisions],
    }
    return render(request, "curricula/at_risk_decide.html", context)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """The rules of the own Participant: read by its managers, set by those who follow all of it."""
    participant = participants_visible_to(request.user).order_by("code").first()
    if participant is None:
        raise Http404
    may_set = _reaches_all(request, participant)
    form = RiskRulesForm(request.POST or None, numbers=numbers_of(participant.pk))
    if request.method == "POST":
        if not may_set:
            raise PermissionDenied
        if form.is_valid():
            set_risk_rules(participant=participant, numbers=form.cleaned_data, by=cast("User", request.user))
            messages.success(request, _("The rules are set. The lists follow them from now on."))
            return redirect("curricula:risk_rules")
    return render(request, "curricula/risk_rules.html", {"participant": participant, "form": form, "may_set": may_set})


def _reaches_all(request: HttpRequest, participant: Participant) -> bool:
    return reach_of(request.user, Right.MANAGE_COHORTS).covers(participant=participant.pk, agency=None, office=None)
