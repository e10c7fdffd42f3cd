"""What an author of a lesson should look at again, each with the way to its block: what would keep somebody from the
text, and terms that are rendered otherwise than agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .accessibility import problems_of_lesson
from .freezing import lesson_content
from .models import GlossaryTerm, LessonPage
from .terminology import agreed_terms, terminology_flags


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: the number of its block from 1 (0: none), the anchor in the editor, what is said of it."""

    block: int
    anchor: str
    language: str
    sentence: str = ""
    term: str = ""
    expected: str = ""


def remarks_on(lesson: LessonPage) -> tuple[list[Remark], list[Remark]]:
    """Problems that keep the lesson from being proposed, and terms to look at. One query."""
    content = lesson_content(lesson)
    problems = [
        Remark(number, _anchor(lesson, number), each.language, sentence=each.sentence)
        for each in problems_of_lesson(content)
        for number in (_block(content, each.place),)
    ]
    terms = agreed_terms(GlossaryTerm.objects.values("en", "es"))
    flags = [
        Remark(number, _anchor(lesson, number), each.language, term=each.term, expected=each.expected)
        for each in terminology_flags([content], terms)
        for number in (_block(content, each.number),)
    ]
    return problems, flags


def _block(content: dict[str, Any], place: str) -> int:
    """The number of the block in which a passage lies: passages are called by a block's identifier or its number."""
    name = place.partition(".")[0]
    for number, block in enumerate(content["blocks"], start=1):
        if name in {block.get("id"), str(number)}:
            return number
    return 0


def _anchor(lesson: LessonPage, number: int) -> str:
    return f"block-{lesson.body[number - 1].id}-section" if number else ""
