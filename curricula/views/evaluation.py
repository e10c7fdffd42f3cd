"""The page on which an officer evaluates a completed course."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.exceptions import DomainError
from people.models import User

from ..access import own_record
from ..evaluation import QUESTIONS, SCALE
from ..services.evaluating import evaluate_course


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request: HttpRequest, pk: int) -> HttpResponse:
    """Five questions about the course of an own record that is completed; POST counts the answers."""
    person = cast("User", request.user)
    record = own_record(person, pk)
    if record.completed_at is None:
        raise Http404
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in QUESTIONS}
        answers = {name: int(value) for name, value in given.items() if value.isdecimal() and len(value) == 1}
        try:
            evaluate_course(record=record, answers=answers, by=person)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Thank you. Your answers are counted; nobody can tell which are yours."))
            return redirect("my_learning")
    context = {"record": record, "questions": QUESTIONS.items(), "scale": SCALE.items()}
    return render(request, "curricula/evaluate.html", context)
