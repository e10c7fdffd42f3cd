"""Taking a quiz: start, answer, review, hand in, see the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from people import clock
from people.bilingual import LANGUAGES, active
from people.models import User

from ..access import attempt_of, key_opens_on
from ..content import content_of
from ..exceptions import CourseError, TimeIsOver
from ..models import Attempt
from ..questions import read_form
from ..quiz_pages import joined, page_context, page_number, results_of
from ..quiz_rules import extra_minutes, is_over, opens_again_at, rules_of
from ..reading import reader_of
from ..scoring import UnreadableAnswer, read_answer
from ..services.accommodations import accommodation_of
from ..services.attempts import save_answers, start_attempt, submit_attempt
from ..services.breaks import running_break


@login_required
def start(request: HttpRequest, course_slug: str) -> HttpResponse:
    """The rules in words and the attempts so far; POST starts or goes on."""
    reader = reader_of(request.user, course_slug)
    if reader.record is None or not reader.content.quizzes:
        raise Http404
    quiz = next(iter(reader.content.quizzes.values()))
    if request.method == "POST":
        try:
            attempt = start_attempt(
                record=reader.record, quiz_code=quiz["code"], language=active(), by=_person(request)
            )
        except CourseError as refusal:
            messages.error(request, str(refusal))
            return redirect("quiz", course_slug)
        return redirect("attempt", attempt.pk)
    attempts = list(
        Attempt.objects.filter(record=reader.record, quiz_code=quiz["code"]).defer("layout").order_by("number")
    )
    current = next((attempt for attempt in attempts if attempt.state == Attempt.State.OPEN), None)
    rules, now = rules_of(quiz), clock.now()
    opens_at = opens_again_at(rules, attempts[-1].submitted_at) if attempts else None
    granted = accommodation_of(_person(request).pk)
    limit = rules["time_limit_minutes"]
    context = {
        "course": reader.content.data,
        "quiz": quiz,
        "rules": rules,
        "minutes": limit + extra_minutes(limit, granted.extra_time_percent) if limit else None,
        "attempts": [attempt for attempt in attempts if attempt.state == Attempt.State.SUBMITTED],
        "current": current,
        "left": max(0, rules["attempts_allowed"] - len(attempts)),
        "passed": any(attempt.passed for attempt in attempts),
        "opens_at": opens_at if opens_at and opens_at > now else None,
        "granted": granted,
    }
    return render(request, "courses/quiz_start.html", context)


@login_required
@never_cache
def answer(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """One page of the quiz; POST keeps its answers and goes where `go` says: a page number, `review`, `language-es`."""
    attempt = attempt_of(request.user, attempt_id)
    if attempt.state == Attempt.State.SUBMITTED:
        return redirect("attempt_result", attempt.pk)
    if attempt.deadline_at and is_over(attempt.deadline_at, clock.now()):
        submit_attempt(attempt=attempt, language=active(), by=None)
        messages.info(request, str(TimeIsOver(deadline=f"{attempt.deadline_at:%H:%M}")))
        return redirect("attempt_result", attempt.pk)
    if request.method == "POST":
        return _keep(request, attempt)
    if running_break(attempt, clock.now()):
        return redirect("attempt_break", attempt.pk)
    page = page_number(request.GET.get("page", "1"), attempt)
    return render(request, "courses/quiz.html", page_context(attempt, page))


@login_required
@never_cache
def review(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """What is answered and what is not; POST hands the attempt in."""
    attempt = attempt_of(request.user, attempt_id)
    if request.method == "POST" or attempt.state == Attempt.State.SUBMITTED:
        if request.method == "POST":
            submit_attempt(attempt=attempt, language=active(), by=_person(request))
        return redirect("attempt_result", attempt.pk)
    return render(request, "courses/quiz_review.html", page_context(attempt, 1))


@login_required
def result(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """The score after the attempt is handed in and never before; the feedback when the quiz's rule gives it."""
    attempt = attempt_of(request.user, attempt_id)
    if attempt.state == Attempt.State.OPEN:
        return redirect("attempt", attempt.pk)
    content = content_of(attempt.content_sha256)
    quiz = content.quizzes_by_code[attempt.quiz_code]
    rules = rules_of(quiz)
    used = Attempt.objects.filter(record=attempt.record, quiz_code=attempt.quiz_code).count()
    closed_until = key_opens_on(attempt)
    rows = results_of(attempt, with_key=True)
    context = {
        "attempt": attempt,
        "course": content.data,
        "quiz": quiz,
        "rules": rules,
        "questions": [] if closed_until else rows,
        "closed_until": closed_until,
        "right": sum(1 for row in rows if row["right"]),
        "total": len(rows),
        "left": max(0, rules["attempts_allowed"] - used),
        "record": attempt.record,
    }
    return render(request, "courses/quiz_result.html", context)


def _keep(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    page = page_number(request.POST.get("page", "1"), attempt)
    shown = request.POST.getlist("shown")
    items = content_of(attempt.content_sha256).items
    given = {
        place["item"]: read_form(items[place["item"]], place, request.POST)
        for place in attempt.layout
        if place["item"] in shown
    }
    changed = {code: said for code, said in given.items() if not _is_as_shown(request, items[code], said)}
    go = request.POST.get("go", "")
    flags = {code: f"flag-{code}" in request.POST for code in given}
    try:
        save_answers(attempt=attempt, given=changed, language=active(), by=_person(request), flags=flags)
    except CourseError as refusal:
        messages.error(request, str(refusal))
        go = str(page)
    if go == "review":
        return redirect("attempt_review", attempt.pk)
    language = go.removeprefix("language-") if go.startswith("language-") else ""
    with override(language if language in LANGUAGES else active()):
        address = reverse("attempt", args=[attempt.pk])
    number = page_number(go, attempt) if go.isdigit() else page
    return redirect(f"{address}?page={number}")


def _is_as_shown(request: HttpRequest, item: Mapping[str, Any], said: Sequence[str]) -> bool:
    """Whether the page sends back what it was shown with: then it says nothing new, and another page may have."""
    was = request.POST.get(f"was-{item['code']}")
    try:
        return was is not None and was == joined(read_answer(item, said))
    except UnreadableAnswer:
        return False


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)
