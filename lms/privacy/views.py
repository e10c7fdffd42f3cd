"""My data: what is held about oneself, and its files. Erasing a person, in two steps."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs.models import Job
from jobs.services import enqueue
from people import audit
from people.access import right_required
from people.erasing import Reason, effects
from people.exceptions import DomainError
from people.models import RetentionRule, User
from people.roles import Right
from people.services.erasure import erasable_by, erase_person

from .access import my_file, my_jobs
from .document import read_held_data
from .forms import EraseForm, FindForm
from .job import MY_DATA


@login_required
@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What is held about the reader, in words, and the files that were made of it."""
    person = cast("User", request.user)
    held = read_held_data(person)
    context = {
        "parts": [{"title": section.title, "about": section.about, "count": len(rows)} for section, rows in held.parts],
        "latest": my_jobs(person).first(),
        "ready": my_jobs(person).filter(state=Job.State.DONE).exclude(result_file="").first(),
        "rules": RetentionRule.objects.filter(participant=person.participant_id),
        "effects": effects(),
    }
    return render(request, "privacy/my_data.html", context)


@login_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the files. One request that waits is enough."""
    person = cast("User", request.user)
    job = enqueue(kind=MY_DATA, by=person, key=str(person.pk))
    return redirect("jobs:job", job.pk)


@login_required
@never_cache
@require_safe
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """One of the two files, for whoever they are about. Nothing on the way may keep a copy."""
    person = cast("User", request.user)
    file = my_file(person, pk, kind)
    audit.record("people.data.taken", person, by=person, data={"format": kind})
    return file


@right_required(Right.ADMINISTER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Whom to erase, by the exact address or number, among those whom the administrator may erase."""
    form = FindForm(request.POST or None)
    if form.is_valid():
        who = form.cleaned_data["who"]
        named = Q(email__iexact=who) | Q(officer_number__iexact=who)
        found = list(erasable_by(cast("User", request.user)).filter(named)[:2])
        if len(found) == 1:
            return redirect("privacy:erase", found[0].pk)
        form.add_error(
            "who",
            _("Several people have this number. Write the e-mail instead.")
            if found
            else _("Among the people of your Participant whom you may erase, nobody has this e-mail or number."),
        )
    return render(request, "privacy/find.html", {"form": form}, status=400 if form.errors else 200)


@right_required(Right.ADMINISTER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen, in words; then, with the person named once more, it happens."""
    user = cast("User", request.user)
    person = erasable_by(user).filter(pk=pk).select_related("participant", "agency", "office").first()
    if person is None:
        raise Http404
    form = EraseForm(request.POST or None, person=person)
    if form.is_valid():
        try:
            erasure = erase_person(person=person, by=user, reason=Reason(form.cleaned_data["reason"]))
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("privacy:find")
        messages.success(
            request,
            _("The person is erased. What stays as statistics carries the pseudonym %(name)s.")
            % {"name": erasure.pseudonym},
        )
        return redirect("privacy:find")
    context = {"person": person, "form": form, "effects": effects()}
    return render(request, "privacy/erase.html", context, status=400 if form.errors else 200)
