"""What a page of the quiz asks by itself while an officer works: each answer saved, all questions for a lost link; and
the break."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from people import clock
from people.bilingual import active
from people.models import User

from ..access import attempt_of
from ..content import content_of
from ..exceptions import AnswerNotReadable, CourseError
from ..models import Attempt, Response
from ..questions import read_form
from ..quiz_pages import page_shown, page_size, paged, questions_of
from ..services.attempts import save_answers, submit_attempt
from ..services.breaks import end_break, running_break, take_break

OVER, UNREADABLE = 409, 422


@require_POST
@login_required
@never_cache
def save(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Keep the answers of `shown`, given at `given`, once for each `key`; JSON says which are safe.

    409 when the attempt is over: `address` leads to its result. 422 when an answer cannot be read.
    """
    attempt = attempt_of(request.user, attempt_id)
    person = cast("User", request.user)
    items, shown = content_of(attempt.content_sha256).items, request.POST.getlist("shown")
    places = [place for place in attempt.layout if place["item"] in shown]
    given = {place["item"]: read_form(items[place["item"]], place, request.POST) for place in places}
    try:
        saved = save_answers(
            attempt=attempt,
            given=given,
            language=active(),
            by=person,
            flags={code: f"flag-{code}" in request.POST for code in given},
            key=_key(request),
            given_at=_given_at(request),
        )
    except AnswerNotReadable as refusal:
        return JsonResponse({"said": str(refusal)}, status=UNREADABLE)
    except CourseError as refusal:
        if attempt.state == Attempt.State.OPEN:
            submit_attempt(attempt=attempt, language=active(), by=None)
        address = reverse("attempt_result", args=[attempt.pk])
        return JsonResponse({"said": str(refusal), "address": address}, status=OVER)
    stored = Response.objects.filter(attempt=attempt, item_code__in=saved).values_list("item_code", "answer")
    answered = [code for code, answer in stored if answer]
    return JsonResponse({"saved": saved, "answered": answered, "at": f"{clock.now():%H:%M} UTC"})


@require_safe
@login_required
@never_cache
def questions(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Each page of the attempt as a piece of HTML, so that the officer can go on while the connection is lost."""
    attempt = attempt_of(request.user, attempt_id)
    if attempt.state != Attempt.State.OPEN or running_break(attempt, clock.now()):
        return JsonResponse({"pages": []}, status=OVER)
    content = content_of(attempt.content_sha256)
    every, _saved_at = questions_of(attempt, content)
    pages = paged(every, page_size(attempt))
    shared = {"attempt": attempt, "all_questions": every}
    shown = [
        render_to_string("courses/quiz_page.html", shared | page_shown(pages, number))
        for number in range(1, len(pages) + 1)
    ]
    return JsonResponse({"pages": shown})


@login_required
@never_cache
def pause(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """A break: POST with `go=on` ends it, any other POST begins one; the questions are not shown while it lasts."""
    attempt = attempt_of(request.user, attempt_id)
    person = cast("User", request.user)
    if request.method == "POST" and request.POST.get("go") == "on":
        end_break(attempt=attempt, by=person)
        return redirect("attempt", attempt.pk)
    if request.method == "POST":
        try:
            take_break(attempt=attempt, by=person)
        except CourseError as refusal:
            messages.error(request, str(refusal))
            return redirect("attempt", attempt.pk)
        return redirect("attempt_break", attempt.pk)
    current = running_break(attempt, clock.now())
    if current is None or attempt.state != Attempt.State.OPEN:
        return redirect("attempt", attempt.pk)
    return render(request, "courses/quiz_break.html", {"attempt": attempt, "current": current})


def _key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _given_at(request: HttpRequest) -> dt.datetime | None:
    """When the page says that the answers were given, in milliseconds since 1970 by our own clock."""
    text = request.POST.get("given", "")
    if not (text.isdecimal() and len(text) <= len("4102444800000")):
        return None
    return dt.datetime.fromtimestamp(int(text) / 1000, tz=dt.UTC)
