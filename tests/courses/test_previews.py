"""Authors see their drafts as officers will, in either language, before anything is published."""

from __future__ import annotations

import pytest

from courses.models import CoursePage, Item, LessonPage, QuizPage
from people.roles import Role
from tests.school import School


@pytest.mark.parametrize("mode", ["en", "es"])
def test_each_kind_of_page_is_previewed_in_either_language(school: School, mode: str) -> None:
    author = school.client(school.person("DHS", Role.INSTRUCTOR, is_superuser=True))
    word = {"en": "(English)", "es": "(español)"}[mode]
    for page in (CoursePage.objects.get(), LessonPage.objects.get(code="CO-101-L1"), QuizPage.objects.get()):
        for language in ("en", "es"):
            address = f"/{language}/admin/pages/{page.pk}/view_draft/?mode={mode}"
            html = author.get(address).content.decode()
            assert f'<html lang="{mode}"' in html and word in html, (page, language)
    assert author.get(f"/en/admin/snippets/courses/item/edit/{Item.objects.all()[0].pk}/").status_code == 200


def test_the_preview_of_a_quiz_shows_its_keys_to_its_author_only(school: School) -> None:
    quiz = QuizPage.objects.get()
    address = f"/en/admin/pages/{quiz.pk}/view_draft/"
    assert "right answer" in school.client(school.person("DHS", Role.INSTRUCTOR)).get(address).content.decode()
    assert school.client(school.person("DHS", Role.TRAINEE)).get(address).status_code in {302, 403}
