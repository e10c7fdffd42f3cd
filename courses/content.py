"""Frozen content, read: an index over one frozen course, kept in the process because it can never change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .models import FrozenCourse


@dataclass(frozen=True, slots=True)
class CourseContent:
    """The canonical content of a course with its learning objects by slug and code."""

    data: dict[str, Any]
    lessons: dict[str, dict[str, Any]]  # by slug
    quizzes: dict[str, dict[str, Any]]  # by slug
    quizzes_by_code: dict[str, dict[str, Any]]
    items: dict[str, dict[str, Any]]  # by code
    exercises: dict[str, dict[str, Any]]  # by slug
    exercises_by_code: dict[str, dict[str, Any]]

    @property
    def lesson_codes(self) -> list[str]:
        return [lesson["code"] for lesson in self.data["lessons"]]

    @property
    def quiz_codes(self) -> list[str]:
        return [quiz["code"] for quiz in self.data["quizzes"]]

    @property
    def exercise_codes(self) -> list[str]:
        """Of the practical exercises that count towards completion."""
        return [code for code, exercise in self.exercises_by_code.items() if exercise.get("required")]

    @property
    def objects_total(self) -> int:
        return len(self.data["lessons"]) + len(self.data["quizzes"]) + len(self.exercise_codes)


def objects_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The learning objects of a canonical course in reading order: lessons, practical exercises, quizzes."""
    return [*data["lessons"], *data.get("exercises", []), *data["quizzes"]]


def counting_objects(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of them that count towards completion: not the exercises that are only practiced."""
    return [each for each in objects_of(data) if "steps" not in each or each.get("required")]


def index(data: dict[str, Any]) -> CourseContent:
    """Canonical content, made easy to look up."""
    return CourseContent(
        data=data,
        lessons={lesson["slug"]: lesson for lesson in data["lessons"]},
        quizzes={quiz["slug"]: quiz for quiz in data["quizzes"]},
        quizzes_by_code={quiz["code"]: quiz for quiz in data["quizzes"]},
        items={item["code"]: item for quiz in data["quizzes"] for item in quiz["items"]},
        exercises={exercise["slug"]: exercise for exercise in data.get("exercises", [])},
        exercises_by_code={exercise["code"]: exercise for exercise in data.get("exercises", [])},
    )


@lru_cache(maxsize=256)
def content_of(sha256: str) -> CourseContent:
    """The content of a frozen course, by its hash; read from the database once per process."""
    return index(FrozenCourse.objects.values_list("content", flat=True).get(sha256=sha256))
