"""Writes courses, lessons, quizzes and items as drafts.

A draft that would not change is left alone, and so is one that a person has written since: no file overwrites it.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from courses.checklist import DEFAULTS as DRILL
from courses.freezing import draws_content, exercise_content, lesson_content
from courses.models import (
    CatalogPage,
    CourseExercise,
    CourseGoal,
    CoursePage,
    ExercisePage,
    Goal,
    Item,
    ItemCategory,
    LessonPage,
    PreItem,
    QuizDraw,
    QuizItem,
    QuizPage,
)
from courses.models.pages import BilingualPage
from courses.quiz_rules import DEFAULTS
from courses.services.items import write_item
from courses.services.library import keep_image
from people.models import User

from .library import with_files
from .sources import EXERCISE_FACTS, QUIZ_RULES, body_of, goal_of, item_of, quizzes_of, steps_of
from .writing import Writing


def load_course(
    catalog: CatalogPage,
    course: dict[str, Any],
    lessons: list[dict[str, Any]],
    items: list[dict[str, Any]],
    writing: Writing,
) -> CoursePage:
    """A course with its lessons, its quizzes and the items of its bank."""
    for item in items:
        load_item(course["code"], item, writing)
    page = _course(catalog, course, writing)
    for lesson in lessons:
        _lesson(page, lesson, writing)
    for quiz in quizzes_of(course, items):
        _quiz(page, quiz, writing)
    return page


def load_item(course_code: str, row: dict[str, Any], writing: Writing) -> None:
    """An item of a course's bank; lessons that its row gives by number are those of the course."""
    item: Item | None = Item.objects.select_related("latest_revision").filter(code=row["code"]).first()
    if item and writing.spares(item):
        return
    image = None
    if "image" in row:
        image = keep_image(path=writing.folder / row["image"]["file"], title=row["code"], by=writing.by)
    write_item(content=item_of(course_code, row), tags=row.get("tags", []), image=image, by=writing.by)


def load_exercise(catalog: CatalogPage, exercise: dict[str, Any], writing: Writing) -> None:
    """A practical exercise, which courses name by its code."""
    page, is_new = _page(ExercisePage, exercise["code"], exercise.get("slug", exercise["code"].lower()), catalog)
    if writing.spares(page):
        return
    before = None if is_new else exercise_content(page)
    for name in ("title", "materials", "safety"):
        for language, text in exercise[name].items():
            setattr(page, f"{name}_{language}", text)
    page.minutes, page.pass_percent, page.confirmed = (exercise[key] for key in EXERCISE_FACTS)
    for rule, usual in DRILL.items():
        setattr(page, rule, exercise.get(rule, usual))
    page.steps = steps_of(exercise["steps"])
    _keep(page, catalog, is_new, before, exercise_content, writing.by)


def _course(catalog: CatalogPage, course: dict[str, Any], writing: Writing) -> CoursePage:
    page, is_new = _page(CoursePage, course["code"], course.get("slug", course["code"].lower()), catalog)
    if writing.spares(page):
        return page
    before = None if is_new else _course_values(page)
    page.title_en, page.title_es = course["title"]["en"], course["title"]["es"]
    page.description_en, page.description_es = course["description"]["en"], course["description"]["es"]
    page.hours = course["hours"]
    page.mode_en, page.mode_es = course["modes"]["en"], course["modes"]["es"]
    page.outcomes, page.prerequisites = course["outcomes"], course["prerequisites"]
    goals = [Goal.objects.get(instrument__code=code, number=number) for code, number in map(goal_of, course["goals"])]
    wanted = [(goal.pk, place == 0) for place, goal in enumerate(goals)]
    if is_new or sorted(wanted) != _goals(page):
        page.course_goals = [CourseGoal(goal_id=pk, primary=primary) for pk, primary in wanted]
    before_lessons = _items(course.get("pre_assessment", []))
    if is_new or before_lessons != _pre_items(page):
        page.pre_items = [PreItem(item_id=pk, sort_order=number) for number, pk in enumerate(before_lessons)]
    exercises = _wanted_exercises(course)
    if is_new or exercises != _exercises(page):
        page.course_exercises = [
            CourseExercise(exercise_id=pk, required=required, sort_order=number)
            for number, (pk, required) in enumerate(exercises)
        ]
    _keep(page, catalog, is_new, before, _course_values, writing.by)
    return page


def _exercises(page: CoursePage) -> list[tuple[int, bool]]:
    return [(place.exercise_id, place.required) for place in page.course_exercises.all()]


def _wanted_exercises(course: dict[str, Any]) -> list[tuple[int, bool]]:
    """The exercises that a course file names, each with whether it counts towards completion."""
    required = course.get("required_exercises", [])
    return [(ExercisePage.objects.get(code=code).pk, code in required) for code in course.get("exercises", [])]


def _pre_items(page: CoursePage) -> list[int]:
    return [place.item_id for place in page.pre_items.all()]


def _items(codes: list[str]) -> list[int]:
    """The keys of the items of these codes, in their order."""
    keys = dict(Item.objects.filter(code__in=codes).values_list("code", "pk"))
    return [keys[code] for code in codes]


def _goals(page: CoursePage) -> list[tuple[int, bool]]:
    return sorted((goal.goal_id, goal.primary) for goal in page.course_goals.all())


def _course_values(page: CoursePage) -> tuple[Any, ...]:
    return (
        page.slug,
        page.title_en,
        page.title_es,
        page.description_en,
        page.description_es,
        float(page.hours),
        page.mode_en,
        page.mode_es,
        page.outcomes,
        page.prerequisites,
        _goals(page),
        _exercises(page),
        _pre_items(page),
    )


def _lesson(parent: CoursePage, lesson: dict[str, Any], writing: Writing) -> None:
    page, is_new = _page(LessonPage, lesson["code"], lesson.get("slug", f"lesson-{lesson['number']}"), parent)
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


def _quiz(parent: CoursePage, quiz: dict[str, Any], writing: Writing) -> None:
    page, is_new = _page(QuizPage, quiz["code"], quiz.get("slug", "quiz"), parent)
    if writing.spares(page):
        return
    before = None if is_new else _quiz_values(page)
    page.title_en, page.title_es = quiz["title"]["en"], quiz["title"]["es"]
    page.instructions_en, page.instructions_es = quiz["instructions"]["en"], quiz["instructions"]["es"]
    for rule in QUIZ_RULES:
        setattr(page, rule, quiz[rule])
    for rule, usual in DEFAULTS.items():
        setattr(page, rule, quiz.get(rule, usual))
    draws = quiz.get("draws", [])
    if draws_content(page).get("draws", []) != draws:
        page.quiz_draws = [QuizDraw(sort_order=number, **_draw(row)) for number, row in enumerate(draws)]
    wanted = _items(quiz["items"])
    if is_new or [place.item_id for place in page.quiz_items.all()] != wanted:
        page.quiz_items = [QuizItem(item_id=pk, sort_order=number) for number, pk in enumerate(wanted)]
    _keep(page, parent, is_new, before, _quiz_values, writing.by)


def _quiz_values(page: QuizPage) -> tuple[Any, ...]:
    return (
        page.slug,
        page.title_en,
        page.title_es,
        page.instructions_en,
        page.instructions_es,
        *(getattr(page, rule) for rule in (*QUIZ_RULES, *DEFAULTS)),
        draws_content(page),
        [place.item_id for place in page.quiz_items.all()],
    )


def _draw(row: dict[str, Any]) -> dict[str, Any]:
    category = ItemCategory.objects.get(code=row["category"]) if row.get("category") else None
    return {**row, "category": category}


def _page[Kind: BilingualPage](kind: type[Kind], code: str, slug: str, parent: Page) -> tuple[Kind, bool]:
    """The draft of the page of that code, or a new page; with that slug."""
    found = kind.objects.filter(code=code).first()  # type: ignore[misc]
    if not found:
        return kind(code=code, slug=slug, title=code, live=False), True
    draft: Kind = found.get_latest_revision_as_object()
    draft.slug = slug
    return draft, False


def _keep(page: Any, parent: Page, is_new: bool, before: Any, values: Any, by: User | None) -> None:
    if is_new:
        parent.add_child(instance=page)
    if is_new or values(page) != before:
        page.save_revision(user=by, clean=True)
