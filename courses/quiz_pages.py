"""What the pages of a quiz show of an attempt. The key is in it only for whom, and when, `key_is_open` says so."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from people import clock
from people.bilingual import choose

from .content import CourseContent, content_of
from .models import Attempt, Response
from .questions import question_shown
from .quiz_rules import rules_of
from .scoring import mark


def page_context(attempt: Attempt, page: int) -> dict[str, Any]:
    """One page of an open attempt, with the state of all its questions. One query."""
    content = content_of(attempt.content_sha256)
    quiz = content.quizzes_by_code[attempt.quiz_code]
    rules = rules_of(quiz)
    questions, saved_at = questions_of(attempt, content)
    size = page_size(attempt)
    pages = paged(questions, size)
    left = attempt.deadline_at - clock.now() if attempt.deadline_at else None
    return {
        "attempt": attempt,
        "course": content.data,
        "quiz": quiz,
        "rules": rules,
        **page_shown(pages, page),
        "all_questions": [question | {"page": (question["position"] - 1) // size + 1} for question in questions],
        "answered": sum(1 for question in questions if question["answered"]),
        "saved_at": saved_at,
        "seconds_left": max(0, int(left.total_seconds())) if left else None,
        "minutes_left": max(0, int(left.total_seconds() // 60)) if left else None,
        "breaks_left": max(0, attempt.breaks_allowed - attempt.breaks.count()) if attempt.breaks_allowed else 0,
        "is_final": rules["feedback"] == "immediately",
        "seal": seal_of(attempt),
        "now": int(clock.now().timestamp() * 1000),
    }


def page_shown(pages: list[list[dict[str, Any]]], number: int) -> dict[str, Any]:
    """What `quiz_page.html` shows of one page."""
    rows = pages[number - 1]
    waits = any(row["is_final"] and not row["explained"] for row in rows)
    return {"questions": rows, "page": number, "pages": len(pages), "waits": waits}


def questions_of(attempt: Attempt, content: CourseContent) -> tuple[list[dict[str, Any]], Any]:
    """All questions of an open attempt in their order, and when an answer was last saved (None: never). One query."""
    responses = {response.item_code: response for response in Response.objects.filter(attempt=attempt)}
    explains = rules_of(content.quizzes_by_code[attempt.quiz_code])["feedback"] == "immediately"
    questions = []
    for position, place in enumerate(attempt.layout, start=1):
        item, response = content.items[place["item"]], responses.get(place["item"])
        is_explained = bool(explains and response and response.answer)
        question = _question(item, place, position, response, with_key=is_explained)
        questions.append(
            question
            | {
                "explained": is_explained,
                "is_final": explains,
                "flagged": place["item"] in attempt.flagged,
                "was": joined(response.answer if response else []),
            }
        )
    return questions, max((response.answered_at for response in responses.values()), default=None)


def joined(answer: Sequence[str]) -> str:
    """An answer in one line, to see whether a page changes it."""
    return "|".join(answer)


def results_of(attempt: Attempt, *, with_key: bool) -> list[dict[str, Any]]:
    """The questions of an attempt that was handed in, each with what was answered. One query."""
    content = content_of(attempt.content_sha256)
    responses = {response.item_code: response for response in Response.objects.filter(attempt=attempt)}
    return [
        _question(content.items[place["item"]], place, position, responses.get(place["item"]), with_key=with_key)
        for position, place in enumerate(attempt.layout, start=1)
    ]


def paged(questions: list[dict[str, Any]], size: int) -> list[list[dict[str, Any]]]:
    """The questions page by page."""
    return [questions[first : first + size] for first in range(0, len(questions), size)] or [[]]


def page_size(attempt: Attempt) -> int:
    """How many questions stand on a page."""
    rules = content_of(attempt.content_sha256).quizzes_by_code[attempt.quiz_code]["rules"]
    return int(rules["items_per_page"] or len(attempt.layout) or 1)


def page_number(text: str, attempt: Attempt) -> int:
    """The number of a page that a request names; the nearest there is."""
    last = -(-len(attempt.layout) // page_size(attempt))
    return min(max(1, int(text)), max(1, last)) if text.isdecimal() and len(text) < 6 else 1


def seal_of(attempt: Attempt) -> str:
    """The key with which a browser seals answers that wait for the connection (256 bits, base64).

    It follows from the attempt and stays with the server: only a page of the attempt's own officer brings it, so what
    is left on a shared computer tells nothing, and the same officer can send it after signing in again.
    """
    secret = hmac.new(settings.SECRET_KEY.encode(), f"puente.quiz.seal:{attempt.pk}".encode(), hashlib.sha256)
    return base64.b64encode(secret.digest()).decode()


def _question(
    item: Mapping[str, Any], place: Mapping[str, Any], position: int, response: Response | None, *, with_key: bool
) -> dict[str, Any]:
    answer = response.answer if response else []
    question = question_shown(item, place, position, answer, with_key=with_key)
    if not with_key or response is None:
        return question | ({"right": False, "rationale": choose(item["rationale"])} if with_key else {})
    right = mark(item, answer) == 1
    return question | {"right": right, "rationale": choose(item["rationale"])}
