"""Practical exercises: written once, frozen with the courses that name them, read by officers, printed as a sheet."""

from __future__ import annotations

import pytest
from django.db import transaction

from courses.exceptions import ExerciseInACourse, UsedByAnEdition
from courses.models import CatalogPage, CourseExercise, CoursePage, ExercisePage
from curricula.exceptions import NotReady
from curricula.loading.pages import Writing, load_exercise
from curricula.models import CurriculumEdition
from curricula.services.editions import approve_edition, propose_edition, publish_edition
from people.roles import Role
from tests.school import School, pair

ADDRESS = "/{language}/courses/co-101/exercises/p9/"


def exercise(second: str = "Second step") -> dict[str, object]:
    return {
        "code": "P9", "title": pair("Exercise"), "materials": pair("A trailer"), "safety": pair("No beam"),
        "minutes": 20, "pass_percent": 80, "confirmed": True,
        "steps": [{**pair("First step"), "critical": True}, pair(second)],
    }  # fmt: skip


def write(second: str = "Second step") -> ExercisePage:
    """The exercise, as the draft of its page."""
    catalog = CatalogPage.objects.get()
    load_exercise(catalog, exercise(second), Writing(None))
    return ExercisePage.objects.get(code="P9")


def with_exercise(school: School) -> CurriculumEdition:
    """A candidate in which the course has the exercise."""
    page = write()
    course = CoursePage.objects.get(code="CO-101").get_latest_revision_as_object()
    course.course_exercises = [CourseExercise(exercise=page)]
    course.save_revision()
    return propose_edition(curriculum=school.curriculum, by=None)


def publish(school: School, edition: CurriculumEdition) -> None:
    for side in ("DHS", "SHCP"):
        approve_edition(edition=edition, by=school.person(side, Role.APPROVER))
    publish_edition(edition=edition, by=None)
    school.cohort.edition = edition
    school.cohort.save()


def test_an_officer_reads_in_both_languages_what_is_looked_at(school: School) -> None:
    publish(school, with_exercise(school))
    user, _, _ = school.trainee()
    client = school.client(user)
    for language, word in (("en", "(English)"), ("es", "(español)")):
        course = client.get(f"/{language}/courses/co-101/").content.decode()
        assert ADDRESS.format(language=language) in course and f"P9. Exercise {word}" in course
        sheet = client.get(ADDRESS.format(language=language)).content.decode()
        assert all(f"{text} {word}" in sheet for text in ("First step", "Second step", "A trailer", "No beam"))
    assert sheet.count("box-cell") == 6, "the sheet has a box for each point of each step"
    assert ExercisePage.objects.get(code="P9").live


def test_whoever_does_not_follow_the_course_is_sent_to_its_page(school: School) -> None:
    publish(school, with_exercise(school))
    client = school.client(school.person(role=Role.TRAINEE))
    assert client.get(ADDRESS.format(language="en")).headers["Location"] == "/en/courses/co-101/"
    assert client.get("/en/courses/co-101/exercises/nothing/").status_code == 404


def test_a_step_that_changes_makes_another_edition_and_stands_in_its_differences(school: School) -> None:
    first = with_exercise(school)
    publish(school, first)
    write("Second step, said better")
    second = propose_edition(curriculum=school.curriculum, by=None)
    assert second.sha256 != first.sha256
    client = school.client(school.person("DHS", Role.APPROVER))
    page = client.get(f"/en/manage/editions/{second.pk}/").content.decode()
    assert "said better" in page and "P9" in page
    read = client.get(f"/en/manage/editions/{second.pk}/read/P9/").content.decode()
    assert "Critical step" in read and "First step (español)" in read


def test_what_a_course_names_is_not_deleted_and_the_message_says_why(school: School) -> None:
    with_exercise(school)
    page = ExercisePage.objects.get(code="P9")
    with pytest.raises((ExerciseInACourse, UsedByAnEdition)), transaction.atomic():
        page.delete()
    client = school.client(school.person("DHS", Role.ADMINISTRATOR, is_superuser=True))
    said = client.post(f"/en/admin/pages/{page.pk}/delete/", follow=True).content.decode()
    assert "because courses name it: CO-101" in said and ExercisePage.objects.filter(pk=page.pk).exists()


def test_an_exercise_in_one_language_or_without_steps_keeps_the_edition_back(school: School) -> None:
    with_exercise(school)
    page = ExercisePage.objects.get(code="P9").get_latest_revision_as_object()
    page.safety_es = "Otra cosa"
    page.save_revision()
    with pytest.raises(NotReady) as refusal:
        propose_edition(curriculum=school.curriculum, by=None)
    assert [obstacle.code for obstacle in refusal.value.obstacles] == ["P9"]
    page.safety_en = "Another thing"
    page.steps = []
    page.save_revision()
    with pytest.raises(NotReady, match="no steps"):
        propose_edition(curriculum=school.curriculum, by=None)


def test_an_author_previews_it(school: School) -> None:
    page = write()
    client = school.client(school.person(role=Role.ADMINISTRATOR, is_superuser=True))
    for mode in ("en", "es", "both"):
        html = client.get(f"/en/admin/pages/{page.pk}/view_draft/?mode={mode}").content.decode()
        assert "Second step" in html
