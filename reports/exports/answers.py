"""The tables with one row an attempt, and one row a response."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from courses.models import Attempt
from courses.models.attempt import Response

from ..snapshots.schema import Column, Table
from .officers import who_columns
from .officers_read import Reading
from .shape import DEMONSTRATION, Filled, Row, Stream

PORTION = 500
"""Officers read at once: each has up to some hundred responses."""

LANGUAGES = ("en", "es")
RESULTS = ("open", "failed", "passed")
WHICH = (
    Column("course", "text", "Course", "Curso"),
    Column("quiz", "text", "Quiz", "Evaluación"),
    Column("attempt", "count", "Number of the attempt", "Número del intento"),
)


def attempts_table(reading: Reading) -> Filled:
    """In the order of officers, courses, quizzes and numbers. One statement a portion."""
    columns = (
        *who_columns(reading),
        *WHICH,
        Column("result", "code", "Result", "Resultado", RESULTS),
        Column("score", "percent", "Score", "Puntuación"),
        Column("started_at", "moment", "Started", "Inicio"),
        Column("submitted_at", "moment", "Handed in", "Entrega"),
        Column("language", "code", "Language at the start", "Idioma al inicio", LANGUAGES),
        Column("extra_minutes", "count", "Minutes added to the time limit", "Minutos añadidos al límite de tiempo"),
        DEMONSTRATION,
    )
    is_demo = int(reading.cohort.is_demo)

    def rows() -> Iterator[Row]:
        for portion in reading.portions(PORTION):
            found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
            attempts = Attempt.objects.filter(record__enrolled__enrollment__in=[officer.pk for officer in portion])
            for enrollment, *values in attempts.order_by(*_ORDER).values_list(
                "record__enrolled__enrollment_id", "record__course__code", "quiz_code", "number", "passed",
                "score_percent", "started_at", "submitted_at", "language", "extra_minutes",
            ):  # fmt: skip
                found[enrollment].append(tuple(values))
            for officer in portion:
                who = reading.who(officer)
                for course, quiz, number, passed, score, *rest in found[officer.pk]:
                    yield (*who, course, quiz, number, _result(passed), _number(score), *rest, is_demo)

    table = Table("attempts", "Attempts at quizzes", "Intentos en las evaluaciones", columns)
    return Filled(table, Stream(rows))


def responses_table(reading: Reading) -> Filled:
    """What was answered to each question, in the letters of the frozen question, whatever order the officer saw."""
    columns = (
        *who_columns(reading),
        *WHICH,
        Column("item", "text", "Item", "Reactivo"),
        Column("answer", "text", "Answer", "Respuesta"),
        Column("mark", "share", "Mark, from 0 to 1", "Calificación, de 0 a 1"),
        Column("answered_at", "moment", "Answered", "Respuesta dada"),
        Column("language", "code", "Language of the answer", "Idioma de la respuesta", LANGUAGES),
        DEMONSTRATION,
    )
    is_demo = int(reading.cohort.is_demo)

    def rows() -> Iterator[Row]:
        for portion in reading.portions(PORTION):
            found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
            keys = [officer.pk for officer in portion]
            responses = Response.objects.filter(attempt__record__enrolled__enrollment__in=keys).order_by(*_RESPONSES)
            for enrollment, *values in responses.values_list(
                "attempt__record__enrolled__enrollment_id", "attempt__record__course__code", "attempt__quiz_code",
                "attempt__number", "item_code", "answer", "mark", "answered_at", "language",
            ):  # fmt: skip
                found[enrollment].append(tuple(values))
            for officer in portion:
                who = reading.who(officer)
                for course, quiz, number, item, answer, mark, at, language in found[officer.pk]:
                    yield (*who, course, quiz, number, item, _said(answer), _number(mark), at, language, is_demo)

    table = Table("responses", "Responses to items", "Respuestas a los reactivos", columns)
    return Filled(table, Stream(rows))


_ORDER = ("record__course__code", "quiz_code", "number")
_RESPONSES = (*(f"attempt__{name}" for name in _ORDER), "item_code")


def _result(passed: bool | None) -> str:
    return RESULTS[0] if passed is None else RESULTS[1 + passed]


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _said(answer: Any) -> str:
    return " | ".join(map(str, answer)) if isinstance(answer, list) else str(answer)
