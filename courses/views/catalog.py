"""The catalog and a course's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from people.bilingual import choose, pick
from people.limits import limited

from ..models import CatalogPage, CoursePage, CourseRecord
from ..reading import missing_of, outline, reader_of


@limited("courses.search", methods=("GET",), when="q")
def catalog(request: HttpRequest) -> HttpResponse:
    """All published courses, with the reader's own progress; `?q=` narrows them. Four queries."""
    words = request.GET.get("q", "").strip()
    records: dict[str, CourseRecord] = {}
    if request.user.is_authenticated:
        own = CourseRecord.objects.filter(person=request.user).select_related("course").defer("course__content")
        records = {record.course.code: record for record in own.order_by("pk")}
    pages = (
        CoursePage.objects.live()
        .filter(published__isnull=False)
        .order_by("code")
        .prefetch_related("course_goals__goal")
    )
    rows: list[dict[str, Any]] = [
        {"page": page, "record": records.get(page.code), "goals": [g.goal.code for g in page.course_goals.all()]}
        for page in pages
        if not words or _mentions(page, words)
    ]
    page = CatalogPage.objects.live().first()
    hours = sum(row["page"].hours for row in rows)
    return render(request, "courses/catalog_page.html", {"rows": rows, "query": words, "page": page, "hours": hours})


def course(request: HttpRequest, course_slug: str) -> HttpResponse:
    """A course: what it teaches, its outline, the rule of completion in words, the reader's progress."""
    reader = reader_of(request.user, course_slug)
    rows = outline(reader)
    following = next((row for row in rows if row["state"] in {"going", "open"}), None)
    context = {
        "course": reader.content.data,
        "record": reader.record,
        "may_read": reader.may_read,
        "outline": rows,
        "next": following,
        "missing": missing_of(rows),
        "minutes_missing": sum(row.get("minutes", 0) for row in missing_of(rows)),
        "language": get_language(),
    }
    return render(request, "courses/course.html", context)


def _mentions(page: CoursePage, words: str) -> bool:
    text = " ".join(
        [page.code, page.title_en, page.title_es, pick(page, "description"), *(choose(o) for o in page.outcomes)]
    )
    return all(word.casefold() in text.casefold() for word in words.split())
