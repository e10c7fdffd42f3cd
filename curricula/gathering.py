"""Gathers the drafts of a curriculum in canonical form: all of them, or for a correction only what it corrects."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from courses.freezing import TERM, course_content, sha256_of
from courses.gain import items_of
from courses.models import CoursePage

from .models import Curriculum, CurriculumEdition

KINDS = {"lessons", "exercises", "quizzes"}
"""The lists of learning objects of a course in its canonical form."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """One course: its page, its canonical content, and the revision that each learning object was taken from."""

    page: CoursePage
    content: dict[str, Any]
    revisions: dict[str, int]


def gather(curriculum: Curriculum, corrected: Collection[str] = ()) -> list[Gathered]:
    """The courses of a curriculum from their latest drafts.

    With the codes of the courses, lessons and quizzes to be `corrected`, everything else is as the published edition
    holds it. Constant queries for each course.
    """
    places = curriculum.courses.select_related("course__latest_revision").order_by("sort_order")
    drafts = [Gathered(place.course, *course_content(place.course)) for place in places]
    if not corrected:
        return drafts
    by_code = {draft.page.code: draft for draft in drafts}
    published = curriculum.editions.get(state=CurriculumEdition.State.PUBLISHED)
    frozen = [place.course for place in published.edition_courses.select_related("course").order_by("position")]
    pages = CoursePage.objects.in_bulk([course.code for course in frozen], field_name="code")
    return [
        _corrected(course.content, course.revisions, by_code[course.code], set(corrected))
        if course.code in by_code
        else Gathered(pages[course.code], course.content, course.revisions)
        for course in frozen
    ]


def digest_of(curriculum: Curriculum, contents: list[dict[str, Any]]) -> str:
    """The SHA-256 of an edition: over the code of its curriculum and its courses' hashes in order."""
    return sha256_of({"curriculum": curriculum.code, "courses": [sha256_of(content) for content in contents]})


def _corrected(published: dict[str, Any], revisions: dict[str, int], draft: Gathered, corrected: set[str]) -> Gathered:
    content, taken = dict(published), dict(revisions)
    if published["code"] in corrected:
        content = {key: value for key, value in published.items() if key in {*KINDS, "glossary"}}
        taken |= {item["code"]: draft.revisions[item["code"]] for item in items_of(draft.content)}
        own = {key: value for key, value in draft.content.items() if key not in {*KINDS, "glossary"}}
        content |= own
        taken[published["code"]] = draft.revisions[published["code"]]
    for kind in KINDS & published.keys():
        drafts = draft.content.get(kind, [])
        latest = {thing["code"]: thing for thing in drafts if thing["code"] in corrected}
        order = drafts if published["code"] in corrected else published[kind]
        places = {thing["code"]: place for place, thing in enumerate(order)}
        held = sorted(published[kind], key=lambda thing: places.get(thing["code"], len(places)))
        content[kind] = [latest.get(thing["code"], thing) for thing in held]
        for thing in latest.values():
            codes = [thing["code"], *(item["code"] for item in thing.get("items", []))]
            taken |= {code: draft.revisions[code] for code in codes}
    content["glossary"] = _glossary(content["lessons"], published["glossary"], draft.content["glossary"])
    return Gathered(draft.page, content, taken)


def _glossary(lessons: list[Any], published: dict[str, Any], latest: dict[str, Any]) -> dict[str, Any]:
    """The terms that the lessons mark, as they were published; a term that a correction brings as it is now."""
    marked = {name.strip() for name in TERM.findall(json.dumps(lessons, ensure_ascii=False))}
    known = latest | published
    return {name: known[name] for name in sorted(marked & known.keys())}
