"""What an author of a lesson should look at again, each with the way to its block: what would keep somebody from the
text, cases and checks that do not work, terms that are rendered otherwise than agreed, sources that are overdue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .accessibility import problems_of_item, problems_of_lesson
from .freezing import item_content, lesson_content
from .models import GlossaryTerm, Item, LessonPage, LessonSource
from .picture_contrast import ENOUGH, contrast_of
from .practice import practice_faults
from .shelf import shelf_path
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


@dataclass(frozen=True, slots=True)
class Remarks:
    """`problems` keep somebody from the text, `faults` keep a case or a check from working: with either, the lesson
    cannot be proposed. `flags` are terms to look at; `overdue` are sources to look at again; `faint` are pictures whose
    words can hardly be told from their ground."""

    problems: list[Remark]
    faults: list[Remark]
    flags: list[Remark]
    overdue: list[LessonSource]
    faint: list[Remark]


def remarks_on(lesson: LessonPage) -> Remarks:
    """What there is to look at in a lesson. Two queries."""
    content = lesson_content(lesson)
    problems = [
        Remark(number, _anchor(lesson, number), each.language, sentence=each.sentence)
        for each in problems_of_lesson(content)
        for number in (_block(content, each.place),)
    ]
    faults = [
        Remark(number, _anchor(lesson, number), "", sentence=sentence)
        for number, block in enumerate(content["blocks"], start=1)
        for _code, sentence in practice_faults(block)
    ]
    terms = agreed_terms(GlossaryTerm.objects.values("en", "es"))
    flags = [
        Remark(number, _anchor(lesson, number), each.language, term=each.term, expected=each.expected)
        for each in terminology_flags([content], terms)
        for number in (_block(content, each.number),)
    ]
    faint = [
        Remark(number, _anchor(lesson, number), "", sentence=sentence)
        for number, block in enumerate(content["blocks"], start=1)
        for sentence in _faint(block)
    ]
    return Remarks(problems, faults, flags, list(lesson.known_sources.overdue()), faint)


def remarks_on_item(item: Item) -> Remarks:
    """What there is to look at in a question of the bank. No query."""
    content = item_content(item)
    problems = [Remark(0, "", each.language, sentence=each.sentence) for each in problems_of_item(content)]
    faint = [Remark(0, "", "", sentence=sentence) for sentence in _faint(content.get("image") or {})]
    return Remarks(problems, [], [], [], faint)


def _faint(picture: Mapping[str, Any]) -> Iterator[str]:
    """Of a picture that is said to show words: that their contrast seems too small. An estimate, so no obstacle."""
    if not picture.get("shows_text") or not picture.get("file"):
        return
    try:
        ratio = contrast_of(shelf_path(picture["file"]).read_bytes())
    except OSError:
        return
    if ratio < ENOUGH:
        yield _(
            "The two tones that dominate the picture have a contrast of about %(ratio)s to 1; words need %(enough)s to "
            "1. Choose a clearer picture, or darken its words."
        ) % {"ratio": number_format(ratio, 1), "enough": number_format(ENOUGH, 1)}


def _block(content: dict[str, Any], place: str) -> int:
    """The number of the block in which a passage lies: passages are called by a block's identifier or its number."""
    name = place.partition(".")[0]
    for number, block in enumerate(content["blocks"], start=1):
        if name in {block.get("id"), str(number)}:
            return number
    return 0


def _anchor(lesson: LessonPage, number: int) -> str:
    return f"block-{lesson.body[number - 1].id}-section" if number else ""
