"""Writes courses, lessons, quizzes and items as drafts.

A draft that would not change is left alone, and so is one that a person has written since: no file overwrites it.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from courses.freezing import draws_content, lesson_content, quiz_content
from courses.models import (
    CatalogPage,
    CourseGoal,
    CoursePage,
    Goal,
    Item,
    ItemCategory,
    LessonPage,
    QuizDraw,
    QuizItem,
    QuizPage,
)
from courses.models.pages import BilingualPage
from courses.services.items import write_item
from courses.services.library import keep_image
from people.models import User

from .library import with_files
from .sources import body_of, item_of, modes
from .writing import Writing


def load_course(
    catalog: CatalogPage,
    course: dict[str, Any],
    lessons: list[dict[str, Any]],
    extra_items: list[dict[str, Any]],
    writing: Writing,
) -> CoursePage:
    """A course with its lessons, its final quiz and the items of its bank."""
    page = _course(catalog, course, writing)
    for lesson in lessons:
        _lesson(page, lesson, writing)
    items = [_item(course["code"], row, writing) for row in [*course["items"], *extra_items] if not row.get("pretest")]
    _quiz(page, course, items, writing)
    return page


def _course(catalog: CatalogPage, course: dict[str, Any], writing: Writing) -> CoursePage:
    page, is_new = _page(CoursePage, course["code"], course["code"].lower(), catalog)
    if writing.spares(page):
        return page
    before = None if is_new else _course_values(page)
    spoken = modes(course["mode"], course["hours"])
    page.title_en, page.title_es = course["title"]["en"], course["title"]["es"]
    page.description_en, page.description_es = course["description"]["en"], course["description"]["es"]
    page.hours = course["hours"]
    page.mode_en, page.mode_es = spoken["en"], spoken["es"]
    page.outcomes, page.prerequisites = course["outcomes"], course["prerequisites"]
    numbers = [int(goal.removeprefix("G")) for goal in course["goals"]]
    primary = numbers[1] if course["curriculum"] == "IN" and 2 in numbers[1:] else numbers[0]
    goals = {goal.number: goal for goal in Goal.objects.filter(instrument__code="declaration-2009", number__in=numbers)}
    if is_new or {g.goal_id for g in page.course_goals.all()} != {g.pk for g in goals.values()}:
        page.course_goals = [CourseGoal(goal=goals[n], primary=n == primary) for n in numbers]
    _keep(page, catalog, is_new, before, _course_values, writing.by)
    return page


def _course_values(page: CoursePage) -> tuple[Any, ...]:
    return (
        page.title_en,
        page.title_es,
        page.description_en,
        page.description_es,
        float(page.hours),
        page.mode_en,
        page.mode_es,
        page.outcomes,
        page.prerequisites,
        sorted((g.goal_id, g.primary) for g in page.course_goals.all()),
    )


def _lesson(parent: CoursePage, lesson: dict[str, Any], writing: Writing) -> None:
    page, is_new = _page(LessonPage, f"{lesson['code']}-L{lesson['number']}", f"lesson-{lesson['number']}", parent)
    if writing.spares(page):
        return
    before = None if is_new else _lesson_values(page)
    page.title_en, page.title_es = lesson["title"]["en"], lesson["title"]["es"]
    page.number, page.minutes, page.outcomes = lesson["number"], lesson["minutes"], lesson["outcomes"]
    page.sources = writing.sources.of(lesson["sources"])
    page.body = [(kind, with_files(kind, value, writing)) for kind, value in body_of(lesson["blocks"])]
    _keep(page, parent, is_new, before, _lesson_values, writing.by)


def _lesson_values(page: LessonPage) -> tuple[Any, ...]:
    """The text, and the days of its sources, which no reader sees."""
    return lesson_content(page), page.sources


def _quiz(parent: CoursePage, course: dict[str, Any], items: list[Item], writing: Writing) -> None:
    page, is_new = _page(QuizPage, f"{course['code']}-Q", "quiz", parent)
    if writing.spares(page):
        return
    known = {item.pk: item for item in items}
    before = (
        None
        if is_new
        else quiz_content(page, known)
        if {q.item_id for q in page.quiz_items.all()} <= known.keys()
        else {}
    )
    page.title_en, page.title_es = "Final quiz", "Evaluación final"
    page.instructions_en = (
        "Ten questions from the lessons. You may go back and forth, change the language and come back later; "
        "each answer is kept when you go on."
    )
    page.instructions_es = (
        "Diez preguntas de las lecciones. Puede avanzar y regresar, cambiar de idioma y volver más tarde; "
        "cada respuesta se guarda al continuar."
    )
    page.items_drawn, page.time_limit_minutes = min(10, len(items)), 45
    page.attempts_allowed, page.pass_percent = 3, 70
    draws = course.get("draws", [])
    if draws_content(page).get("draws", []) != draws:
        page.quiz_draws = [QuizDraw(sort_order=number, **_draw(row)) for number, row in enumerate(draws)]
    if is_new or [q.item_id for q in page.quiz_items.all()] != [item.pk for item in items]:
        page.quiz_items = [QuizItem(item=item, sort_order=number) for number, item in enumerate(items)]
    _keep(page, parent, is_new, before, lambda quiz: quiz_content(quiz, known), writing.by)


def _draw(row: dict[str, Any]) -> dict[str, Any]:
    category = ItemCategory.objects.get(code=row["category"]) if row.get("category") else None
    return {**row, "category": category}


def _item(course_code: str, row: dict[str, Any], writing: Writing) -> Item:
    item: Item | None = Item.objects.select_related("latest_revision").filter(code=row["code"]).first()
    if item and writing.spares(item):
        return item
    image = None
    if "image" in row:
        image = keep_image(path=writing.folder / row["image"]["file"], title=row["code"], by=writing.by)
    written: Item = write_item(content=item_of(course_code, row), tags=row.get("tags", []), image=image, by=writing.by)
    return written


def _page[Kind: BilingualPage](kind: type[Kind], code: str, slug: str, parent: Page) -> tuple[Kind, bool]:
    found = kind.objects.filter(code=code).first()  # type: ignore[misc]
    if found:
        return found.get_latest_revision_as_object(), False
    return kind(code=code, slug=slug, title=code, live=False), True


def _keep(page: Any, parent: Page, is_new: bool, before: Any, values: Any, by: User | None) -> None:
    if is_new:
        parent.add_child(instance=page)
    if is_new or values(page) != before:
        page.save_revision(user=by, clean=True)
