"""Taking a quiz: start, answer, review, hand in, see the result."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override

from people import clock
from people.bilingual import LANGUAGES, active, choose
from people.models import User

from ..content import content_of
from ..exceptions import CourseError, TimeIsOver
from ..models import Attempt, Response
from ..questions import question_shown, read_form
from ..reading import reader_of
from ..services.attempts import GRACE, save_answers, start_attempt, submit_attempt


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
    context = {
        "course": reader.content.data,
        "quiz": quiz,
        "rules": quiz["rules"],
        "attempts": [attempt for attempt in attempts if attempt.state == Attempt.State.SUBMITTED],
        "current": current,
        "left": max(0, quiz["rules"]["attempts_allowed"] - len(attempts)),
        "passed": any(attempt.passed for attempt in attempts),
    }
    return render(request, "courses/quiz_start.html", context)


@login_required
def answer(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """One page of the quiz; POST keeps its answers and goes where `go` says: a page number, `review`, `language-es`."""
    attempt = _attempt_of(request, attempt_id)
    if attempt.state == Attempt.State.SUBMITTED:
        return redirect("attempt_result", attempt.pk)
    if attempt.deadline_at and clock.now() > attempt.deadline_at + GRACE:
        submit_attempt(attempt=attempt, language=active(), by=None)
        messages.info(request, str(TimeIsOver(deadline=f"{attempt.deadline_at:%H:%M}")))
        return redirect("attempt_result", attempt.pk)
    if request.method == "POST":
        return _keep(request, attempt)
    return render(
        request, "courses/quiz.html", _page_context(attempt, _page_number(request.GET.get("page", "1"), attempt))
    )


@login_required
def review(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """What is answered and what is not; POST hands the attempt in."""
    attempt = _attempt_of(request, attempt_id)
    if request.method == "POST" or attempt.state == Attempt.State.SUBMITTED:
        if request.method == "POST":
            submit_attempt(attempt=attempt, language=active(), by=_person(request))
        return redirect("attempt_result", attempt.pk)
    return render(request, "courses/quiz_review.html", _page_context(attempt, 1))


@login_required
def result(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """The score and the feedback for each question, after the attempt is handed in and never before."""
    attempt = _attempt_of(request, attempt_id)
    if attempt.state == Attempt.State.OPEN:
        return redirect("attempt", attempt.pk)
    content = content_of(attempt.content_sha256)
    responses = {response.item_code: response for response in Response.objects.filter(attempt=attempt)}
    quiz = content.quizzes_by_code[attempt.quiz_code]
    used = Attempt.objects.filter(record=attempt.record, quiz_code=attempt.quiz_code).count()
    rows = []
    for position, place in enumerate(attempt.layout, start=1):
        item = content.items[place["item"]]
        row = _question(item, place, position, responses.get(item["code"]), with_key=True)
        rows.append(row | {"rationale": choose(item["rationale"])})
    context = {
        "attempt": attempt,
        "course": content.data,
        "quiz": quiz,
        "rules": quiz["rules"],
        "questions": rows,
        "right": sum(1 for row in rows if row["right"]),
        "left": max(0, quiz["rules"]["attempts_allowed"] - used),
        "record": attempt.record,
    }
    return render(request, "courses/quiz_result.html", context)


def _keep(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    page = _page_number(request.POST.get("page", "1"), attempt)
    shown = request.POST.getlist("shown")
    items = content_of(attempt.content_sha256).items
    given = {
        place["item"]: read_form(items[place["item"]], place, request.POST)
        for place in attempt.layout
        if place["item"] in shown
    }
    go = request.POST.get("go", "")
    try:
        save_answers(attempt=attempt, given=given, language=active(), by=_person(request))
    except CourseError as refusal:
        messages.error(request, str(refusal))
        go = str(page)
    if go == "review":
        return redirect("attempt_review", attempt.pk)
    language = go.removeprefix("language-") if go.startswith("language-") else ""
    with override(language if language in LANGUAGES else active()):
        address = reverse("attempt", args=[attempt.pk])
    number = _page_number(go, attempt) if go.isdigit() else page
    return redirect(f"{address}?page={number}")


def _attempt_of(request: HttpRequest, attempt_id: int) -> Attempt:
    """The person's own attempt, or 404."""
    attempt = Attempt.objects.select_related("record").filter(pk=attempt_id, record__person=_person(request)).first()
    if attempt is None:
        raise Http404
    return attempt


def _page_context(attempt: Attempt, page: int) -> dict[str, Any]:
    content = content_of(attempt.content_sha256)
    quiz = content.quizzes_by_code[attempt.quiz_code]
    responses = {response.item_code: response for response in Response.objects.filter(attempt=attempt)}
    questions = [
        _question(content.items[place["item"]], place, position, responses.get(place["item"]), with_key=False)
        for position, place in enumerate(attempt.layout, start=1)
    ]
    size = _page_size(attempt)
    saved = [response.answered_at for response in responses.values()]
    left = attempt.deadline_at - clock.now() if attempt.deadline_at else None
    return {
        "attempt": attempt,
        "course": content.data,
        "quiz": quiz,
        "rules": quiz["rules"],
        "questions": questions[(page - 1) * size : page * size],
        "all_questions": [question | {"page": (question["position"] - 1) // size + 1} for question in questions],
        "page": page,
        "pages": -(-len(questions) // size),
        "answered": sum(1 for question in questions if question["answered"]),
        "saved_at": max(saved) if saved else None,
        "minutes_left": max(0, int(left.total_seconds() // 60)) if left else None,
    }


def _question(
    item: dict[str, Any], place: dict[str, Any], position: int, response: Response | None, *, with_key: bool
) -> dict[str, Any]:
    question = question_shown(item, place, position, response.answer if response else [], with_key=with_key)
    return question | {"right": response is not None and response.mark == 1} if with_key else question


def _page_size(attempt: Attempt) -> int:
    rules = content_of(attempt.content_sha256).quizzes_by_code[attempt.quiz_code]["rules"]
    return rules["items_per_page"] or len(attempt.layout)


def _page_number(text: str, attempt: Attempt) -> int:
    last = -(-len(attempt.layout) // _page_size(attempt))
    return min(max(1, int(text)), last) if text.isdigit() and len(text) < 6 else 1


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)
