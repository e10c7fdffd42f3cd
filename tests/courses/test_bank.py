"""The bank in the administration: found by its filters, with where each item is used; kept while it is used."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.exceptions import ItemInAnEdition, ItemInAQuiz
from courses.models import Item, ItemCategory, ItemScenario, QuizItem, QuizPage
from courses.services.items import write_category, write_item
from people.roles import Role
from tests import bank
from tests.school import School, build, pair
from tests.school import items as simple

LIST = "/en/admin/snippets/courses/item/"


def _questions_of_all_kinds(code: str) -> list[dict[str, Any]]:
    return [*simple(code), *bank.items(code)]


@pytest.fixture
def school(db: None) -> School:
    return build(questions=_questions_of_all_kinds)


@pytest.fixture
def author(school: School) -> Client:
    return school.client(school.person("DHS", Role.INSTRUCTOR))


@pytest.fixture
def superuser(school: School) -> Client:
    return school.client(school.person("DHS", Role.ADMINISTRATOR, is_superuser=True))


def written(code: str, **further: Any) -> Item:
    content = {
        "code": code, "kind": "numeric", "level": "apply", "stem": pair(f"Stem {code}"), "rationale": pair("Because"),
        "number": {"answer": "1", "tolerance": "0"}, **further,
    }  # fmt: skip
    tags = content.pop("tags", None)
    return write_item(content=content, by=None, tags=tags)


def listed(client: Client, query: str) -> set[str]:
    html = client.get(LIST + query).content.decode()
    codes = Item.objects.values_list("code", flat=True)
    return {code for code in codes if re.search(rf">\s*{code}\s*<", html)}


def test_the_list_is_filtered_and_searched(author: Client) -> None:
    write_category(code="checks", name=pair("Checks"), by=None)
    write_category(code="seals", name=pair("Seals"), by=None, parent="checks")
    written("X-1", category="seals", difficulty="hard", outcome="O7", tags=["night"])
    written("X-2", category="checks", difficulty="easy", outcome="O7")
    seals, checks = (ItemCategory.objects.get(code=code).pk for code in ("seals", "checks"))
    assert listed(author, f"?category={seals}") == {"X-1"}
    assert listed(author, f"?category={checks}") == {"X-1", "X-2"}, "with what lies within it"
    assert listed(author, "?outcome=O7&difficulty=easy") == {"X-2"}
    assert listed(author, "?kind=hotspot") == {"CO-101-14"}
    assert listed(author, f"?tag={Item.tags.through.objects.get().tag_id}") == {"X-1"}
    assert listed(author, "?q=stem x-2") == {"X-2"}


def test_each_item_says_where_it_is_used_in_a_constant_number_of_queries(author: Client) -> None:
    written("X-0")
    author.get(LIST)  # what is remembered for a while, such as how far a demonstration is, is asked now
    with CaptureQueriesContext(connection) as few:
        page = author.get(LIST).content.decode()
    assert "1 quiz, 1 edition" in page and "not used" in page
    for number in range(1, 30):
        written(f"X-{number}")
    author.get(LIST)  # and asked again, should the while have passed
    with CaptureQueriesContext(connection) as many:
        author.get(LIST)
    assert len(many) == len(few) <= 21, len(many)


def test_an_item_in_use_is_not_deleted_and_the_message_says_where_it_is(superuser: Client) -> None:
    free, drafted, held = written("X-1"), written("X-2"), Item.objects.get(code="CO-101-11")
    quiz = QuizPage.objects.get().get_latest_revision_as_object()
    quiz.quiz_items.add(QuizItem(item=drafted))
    quiz.save_revision()
    for item, words in (
        (drafted, "“X-2” is kept, because quizzes hold it: CO-101-Q. Take it out of them first."),
        (held, "so it is kept. It is used in: 1 quiz, 1 edition."),
    ):
        for address in (f"{LIST}delete/{item.pk}/", f"/en/admin/bulk/courses/item/delete/?id={item.pk}"):
            html = superuser.post(address, follow=True).content.decode()
            assert words in html, address
        with pytest.raises((ItemInAnEdition, ItemInAQuiz, ProtectedError)), transaction.atomic():
            item.delete()
    superuser.post(f"{LIST}delete/{free.pk}/")
    assert set(Item.objects.filter(code__startswith="X")) == {drafted}


@pytest.mark.parametrize("kind", Item.Kind.values)
def test_each_kind_is_previewed_as_an_officer_meets_it(author: Client, kind: str) -> None:
    item = Item.objects.filter(kind=kind)[0]
    revision = item.save_revision()
    for mode, word in (("en", "(English)"), ("es", "(español)")):
        address = f"{LIST}history/{item.pk}/revisions/{revision.pk}/view/?mode={mode}"
        html = author.get(address).content.decode()
        assert f'<html lang="{mode}"' in html and f'name="item-{item.code}' in html
        assert word in html.split('id="both"')[0] or kind in {"gap", "numeric"}
        assert html.count("(English)") and html.count("(español)"), "and both languages beside each other"


def test_versions_are_listed_and_compared(author: Client) -> None:
    item = Item.objects.get(code="CO-101-13")
    item.stem_en = "Another {2} and {1}"
    item.save_revision()
    assert author.get(f"{LIST}history/{item.pk}/").status_code == 200
    html = author.get(f"{LIST}history/{item.pk}/revisions/compare/earliest...latest/").content.decode()
    assert "Another" in html


def test_an_author_keeps_categories_and_scenarios(author: Client) -> None:
    base = "/en/admin/snippets/courses"
    author.post(f"{base}/itemcategory/add/", {"code": "seals", "name_en": "Seals", "name_es": "Sellos", "parent": ""})
    author.post(
        f"{base}/itemscenario/add/",
        {
            "code": "trailer",
            "title_en": "A trailer",
            "title_es": "Un remolque",
            "text_en": "At night",
            "text_es": "Noche",
        },
    )
    assert ItemCategory.objects.get().name_es == "Sellos"
    assert ItemScenario.objects.get().title_es == "Un remolque"
    for name in ("itemcategory", "itemscenario"):
        assert author.get(f"{base}/{name}/").status_code == 200
    assert author.get(f"{base}/itemscenario/history/{ItemScenario.objects.get().pk}/").status_code == 200


def test_shelves_and_scenarios_say_how_many_items_they_hold_and_lead_to_them(author: Client) -> None:
    shelf = write_category(code="seals", name=pair("Seals"), by=None)
    write_category(code="empty", name=pair("Empty"), by=None)
    papers = {"code": "papers", "title": pair("Papers"), "text": pair("Text")}
    for number in (1, 2):
        written(f"X-{number}", category="seals", scenario=papers)
    scenario = ItemScenario.objects.get(code="papers")
    for kind, way in (("itemcategory", f"category={shelf.pk}"), ("itemscenario", f"scenario={scenario.pk}")):
        html = author.get(f"/en/admin/snippets/courses/{kind}/").content.decode()
        assert re.search(rf'href="{LIST}\?{way}"[^>]*>\s*2\s*<', html), kind
        assert listed(author, f"?{way}") == {"X-1", "X-2"}


def test_whoever_locks_an_item_keeps_others_from_changing_it(school: School, author: Client) -> None:
    item, colleague = written("X-1"), school.client(school.person("SHCP", Role.INSTRUCTOR))
    assert author.post(f"{LIST}lock/{item.pk}/").status_code == 302
    item.refresh_from_db()
    assert item.locked
    assert listed(author, "?locked=true") == {"X-1"}
    empty = {f"{name}-count": 0 for name in ("options", "pairs", "distractors", "gaps", "regions")}
    sent = {"code": "X-9", "kind": "numeric", "level": "apply", "stem_en": "Stem", "number_answer": 1,
            "number_tolerance": 0, **empty}  # fmt: skip
    colleague.post(f"{LIST}edit/{item.pk}/", sent)
    assert not Item.objects.filter(code="X-9").exists()
    assert colleague.post(f"{LIST}unlock/{item.pk}/").status_code == 302
    item.refresh_from_db()
    assert not item.locked
    colleague.post(f"{LIST}edit/{item.pk}/", sent)
    assert Item.objects.filter(code="X-9").exists()


def test_choosers_speak_the_language_of_the_page_whichever_came_first(author: Client) -> None:
    address = f"{LIST}add/".removeprefix("/en")
    english, spanish = (author.get(f"/{code}{address}").content.decode() for code in ("en", "es"))
    assert "Choose item category" in english
    assert "Choose item category" not in spanish and "Choose another" not in spanish
    assert "Choose item category" in author.get(f"/en{address}").content.decode()
