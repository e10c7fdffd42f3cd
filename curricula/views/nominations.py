"""Nominating for a round, deciding on nominations, and deciding who resembles whom."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.access import right_required
from people.exceptions import DomainError
from people.limits import limited
from people.models import User
from people.roles import Right
from people.selectors import named_like

from ..access import leads_rounds, managed_by, nominations_decided_by, nominations_visible_to, round_for
from ..models import Likeness, Nomination
from ..nomination_files import read_nominees
from ..roster_messages import sentence
from ..round_forms import DecideForm, NominateForm, NominationFileForm
from ..services.deciding import accept_nominations, decide_likeness, decline_nominations, hold_seats, let_wait
from ..services.nominating import Nominated, nominate

SHOWN = 100


@right_required(Right.MANAGE_COHORTS)
@limited("curricula.roster")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nominate_officers(request: HttpRequest, code: str) -> HttpResponse:
    """Nominate one officer by form, or several by file."""
    found = round_for(request.user, code)
    person = cast("User", request.user)
    by_file = request.method == "POST" and "by_file" in request.POST
    whose: dict[str, Any] = {"user": person, "training_round": found}
    form = NominateForm(request.POST if request.method == "POST" and not by_file else None, **whose)
    upload = NominationFileForm(request.POST if by_file else None, request.FILES or None, prefix="several", **whose)
    errors: list[dict[str, Any]] = []
    nominees = []
    if by_file and upload.is_valid():
        read = read_nominees(upload.cleaned_data["file"].read(), managed_by(person), found.participant_id)
        nominees = read.nominees
        errors = [{"row": e.row, "column": e.column, "value": e.value, "sentence": sentence(e)} for e in read.errors]
    elif form.is_bound and form.is_valid():
        nominees = [form.nominee()]
    if nominees and not errors:
        cohort = (upload if by_file else form).cleaned_data["cohort"]
        try:
            made = nominate(training_round=found, cohort=cohort, nominees=nominees, by=person)
        except DomainError as refusal:
            (upload if by_file else form).add_error(None, str(refusal))
        else:
            _say_nominated(request, made)
            return redirect("curricula:nominations", code)
    context = {"round": found, "form": form, "upload": upload, "errors": errors}
    return render(request, "curricula/nominate.html", context)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nomination_list(request: HttpRequest, code: str) -> HttpResponse:
    """The nominations within reach, filtered and in pages; POST decides on those that are ticked. Nine queries."""
    found = round_for(request.user, code)
    person = cast("User", request.user)
    leads = leads_rounds(person)
    form = DecideForm(request.POST or None, user=person, training_round=found)
    chosen: list[int] = []
    if request.method == "POST":
        if not leads:
            raise PermissionDenied
        chosen = [int(pk) for pk in request.POST.getlist("nomination") if pk.isdigit()]
        ticked = list(nominations_decided_by(person, found).filter(pk__in=chosen))
        if not ticked:
            form.add_error(None, _("Tick at least one nomination."))
        elif form.is_valid() and _decide(form, ticked, person):
            said = ngettext("%(count)s nomination is decided.", "%(count)s nominations are decided.", len(ticked))
            messages.success(request, said % {"count": len(ticked)})
            return redirect(request.get_full_path())
    state, sought = request.GET.get("state", ""), request.GET.get("q", "").strip()
    rows = nominations_visible_to(person, found)
    counts = dict(rows.values_list("state").annotate(n=Count("pk")).order_by())
    rows = _sought(rows, state, sought).select_related("cohort", "office__agency", "person", "nominated_by")
    to_decide = Count("likenesses", filter=Q(likenesses__decision=Likeness.Decision.OPEN))
    page = Paginator(rows.annotate(to_decide=to_decide).order_by("pk"), SHOWN).get_page(request.GET.get("page"))
    context = {
        "round": found, "form": form, "page": page, "chosen": chosen, "leads": leads, "state": state, "sought": sought,
        "states": [(code, word, counts.get(code, 0)) for code, word in Nomination.State.choices],
    }  # fmt: skip
    return render(request, "curricula/nomination_list.html", context)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nomination(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One nomination beside everybody whom it resembles; POST says whether one of them is the same person."""
    found = round_for(request.user, code)
    person = cast("User", request.user)
    rows = nominations_visible_to(person, found).select_related("office__agency", "cohort", "person__office__agency")
    shown = rows.filter(pk=pk).first()
    if shown is None:
        raise Http404
    leads = leads_rounds(person)
    likenesses = _likenesses(shown) if leads else []
    if request.method == "POST":
        if not leads:
            raise PermissionDenied
        asked = request.POST.get("likeness", "")
        chosen = next((each for each in likenesses if str(each.pk) == asked), None)
        if chosen is None:
            raise Http404
        try:
            decide_likeness(likeness=chosen, is_same=request.POST.get("is") == "same", by=person)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The decision is kept."))
        return redirect("curricula:nomination", code, pk)
    context = {"round": found, "nomination": shown, "likenesses": likenesses, "leads": leads}
    return render(request, "curricula/nomination.html", context)


def _likenesses(shown: Nomination) -> list[Likeness]:
    """Whom it resembles: of the own side, as the service looked only there."""
    found = shown.likenesses.select_related("person__office__agency", "other__office__agency", "decided_by")
    return list(found.order_by("pk"))


def _decide(form: DecideForm, ticked: list[Nomination], by: User) -> bool:
    given = form.cleaned_data
    decision, cohort, reason = given["decision"], given["cohort"], given["reason"]
    try:
        if decision == "accept":
            accept_nominations(nominations=ticked, cohort=cohort, due_on=given["day"], by=by)
        elif decision == "hold":
            hold_seats(nominations=ticked, cohort=cohort, until=given["day"], by=by)
        elif decision == "wait":
            let_wait(nominations=ticked, reason=reason, by=by)
        else:
            decline_nominations(nominations=ticked, reason=reason, by=by)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _sought(rows: Any, state: str, sought: str) -> Any:
    if state in Nomination.State.values:
        rows = rows.filter(state=state)
    return rows.filter(named_like(sought))


def _say_nominated(request: HttpRequest, made: Nominated) -> None:
    said = ngettext("%(count)s officer is nominated.", "%(count)s officers are nominated.", len(made.made))
    messages.success(request, said % {"count": len(made.made)})
    if made.waiting:
        said = ngettext(
            "%(count)s of them waits: no seat is free.", "%(count)s of them wait: no seat is free.", made.waiting
        )
        messages.warning(request, said % {"count": made.waiting})
    if made.to_decide:
        said = ngettext(
            "%(count)s of them resembles somebody who is known; the round’s manager decides.",
            "%(count)s of them resemble somebody who is known; the round’s manager decides.",
            made.to_decide,
        )
        messages.warning(request, said % {"count": made.to_decide})
    if made.known:
        names = ", ".join(f"{each.given_names} {each.surname_1}" for each in made.known[:5])
        said = ngettext(
            "%(count)s was nominated for this round already and is passed over: %(names)s.",
            "%(count)s were nominated for this round already and are passed over: %(names)s.",
            len(made.known),
        )
        messages.info(request, said % {"count": len(made.known), "names": names})
