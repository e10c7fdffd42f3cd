"""Matching, ordering, gaps, places over HTTP: answered, kept, shown again, marked, explained in both languages."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.test import Client

from courses.models import Attempt, Item, QuizDraw, QuizPage, Response
from curricula.services.editions import approve_edition, propose_edition, publish_edition
from people.erasing import Reason
from people.roles import Role
from people.services.erasure import erase_person
from tests import bank
from tests.school import School, build

from .test_taking_a_quiz import ready

KINDS = {"11": "matching", "12": "ordering", "13": "gap", "14": "hotspot"}


@pytest.fixture
def school(db: None) -> School:
    return build(questions=bank.items)


def number_of(attempt: Attempt, kind: str) -> int:
    return next(n for n, place in enumerate(attempt.layout, 1) if KINDS[place["item"][-2:]] == kind)


def send(client: Client, attempt: Attempt, number: int, answer: dict[str, str], go: str = "") -> str:
    code = attempt.layout[number - 1]["item"]
    data = {"page": number, "shown": code, "go": go, **answer}
    return client.post(f"/en/attempts/{attempt.pk}/", data).headers["Location"]


def controls(html: str) -> Counter[str]:
    """What the controls of the question say, as names and values."""
    chosen = Counter(re.findall(r'name="item-[^"]+" value="([^"]*)" checked', html))
    chosen.update(re.findall(r'<option value="([^"]+)" selected', html))
    chosen.update(re.findall(r'maxlength="80" autocomplete="off" value="([^"]+)"', html))
    return chosen


@pytest.mark.parametrize("kind", KINDS.values())
def test_an_answer_stands_there_after_a_reload_and_in_the_other_language(school: School, kind: str) -> None:
    client, attempt = ready(school)
    number = number_of(attempt, kind)
    answer = bank.right_form(attempt.layout[number - 1])
    assert not controls(client.get(f"/en/attempts/{attempt.pk}/?page={number}").content.decode())
    address = send(client, attempt, number, answer, go="language-es")
    assert address == f"/es/attempts/{attempt.pk}/?page={number}"
    for language in ("en", "es", "en"):
        html = client.get(f"/{language}/attempts/{attempt.pk}/?page={number}").content.decode()
        assert controls(html) == Counter(value.strip() for value in answer.values()), language
    before = Response.objects.values_list("answer", "answered_at").get()
    send(client, attempt, number, answer)
    assert Response.objects.get().answer == before[0], "the same again changes nothing"


def test_nothing_of_the_key_is_in_the_pages_of_an_open_attempt(school: School) -> None:
    client, attempt = ready(school)
    addresses = [f"/{language}/attempts/{attempt.pk}/?page={n}" for language in ("en", "es") for n in range(1, 5)]
    pages = [client.get(address).content.decode() for address in [*addresses, f"/en/attempts/{attempt.pk}/review/"]]
    secrets = ("unique tag", "etiqueta única", "Said of it", "Because", "The block", "The engine", "zone--key")
    assert not [word for page in pages for word in secrets if word in page]
    matching = next(p for p in pages if "Left A" in p)
    assert re.findall(r"Left (\w) \(", matching) == attempt.layout[number_of(attempt, "matching") - 1]["lefts"]
    assert set(re.findall(r'<option value="(\w)"', matching)) == {"1", "2", "3"}, "places in place of letters"


def test_all_right_is_full_marks_and_each_part_is_explained_in_both_languages(school: School) -> None:
    client, attempt = ready(school)
    for number, place in enumerate(attempt.layout, start=1):
        send(client, attempt, number, bank.right_form(place))
    client.post(f"/es/attempts/{attempt.pk}/review/")
    attempt.refresh_from_db()
    assert attempt.score_percent == 100 and attempt.passed
    for language, word, correct in (("en", "(English)", "Correct"), ("es", "(español)", "Correcta")):
        html = client.get(f"/{language}/attempts/{attempt.pk}/result/").content.decode()
        assert html.count(f"Said of it {word}") == 2 + 3, "of each pair and each step"
        assert html.count(f"Because {word}") == 4 and f"The block {word}" in html
        assert correct in html and "zone--key zone--chosen" in html


def test_one_wrong_part_is_no_mark_and_the_right_one_stands_beside_it(school: School) -> None:
    client, attempt = ready(school)
    for number, place in enumerate(attempt.layout, start=1):
        send(client, attempt, number, bank.wrong_form(place))
    client.post(f"/en/attempts/{attempt.pk}/review/")
    attempt.refresh_from_db()
    assert attempt.score_percent == 0
    for language, word in (("en", "(English)"), ("es", "(español)")):
        html = client.get(f"/{language}/attempts/{attempt.pk}/result/").content.decode()
        assert f"The engine {word}" in html, "what is at the place that was chosen"
        assert html.count(f"Said of it {word}") == 2 + 3 + 1 + 1, "pairs, steps, the choice of a gap, the place"
        assert "an invention" in html and f"chosen rightly {word}" in html and f"Right A {word}" in html
    assert "etiqueta única" in html


def test_what_no_form_offers_is_refused_in_words(school: School) -> None:
    client, attempt = ready(school)
    cases = {"matching": {".1": "9"}, "ordering": {".1": "7"}, "gap": {".1": "Z"}, "hotspot": {"": "120,4"}}
    for kind, answer in cases.items():
        number = number_of(attempt, kind)
        name = f"item-{attempt.layout[number - 1]['item']}"
        address = send(client, attempt, number, {name + part: value for part, value in answer.items()})
        assert f"The answer to question {number} could not be read" in client.get(address).content.decode(), kind
    assert not Response.objects.exists()


def test_words_written_into_gaps_go_with_an_erasure_and_marks_stay(school: School) -> None:
    client, attempt = ready(school)
    number = number_of(attempt, "gap")
    code = attempt.layout[number - 1]["item"]
    send(client, attempt, number, {f"item-{code}.1": "B", f"item-{code}.2": "Berta Olmos"})
    client.post(f"/en/attempts/{attempt.pk}/review/")
    assert "2=Berta Olmos" in Response.objects.get(item_code=code).answer
    erase_person(person=attempt.record.person, by=school.person("SHCP", Role.ADMINISTRATOR), reason=Reason.REQUESTED)
    kept = Response.objects.get(item_code=code)
    assert kept.answer == ["1=B"] and kept.mark == 0


def propose(school: School, *rows: dict[str, object], drawn: int = 3) -> str:
    """Give the quiz a blueprint and propose; what the page says."""
    quiz = QuizPage.objects.get().get_latest_revision_as_object()
    quiz.items_drawn = drawn
    quiz.quiz_draws = [QuizDraw(sort_order=n, **row) for n, row in enumerate(rows)]
    quiz.save_revision()
    author = school.client(school.person("DHS", Role.INSTRUCTOR))
    return author.get("/en/manage/editions/obstacles/CO/").content.decode()


def test_a_blueprint_that_the_bank_cannot_fill_is_an_obstacle(school: School) -> None:
    page = propose(school, {"outcome": "O1", "count": 1}, {"difficulty": "hard", "count": 2})
    assert "Row 2 of the blueprint of the quiz CO-101-Q asks for 2 items, and the quiz has only 1" in page
    page = propose(school, {"outcome": "O1", "count": 3}, drawn=2)
    assert "The rows of the blueprint of the quiz CO-101-Q ask for 3 items, and an attempt draws 2" in page
    page = propose(school, {"difficulty": "easy", "count": 2}, {"difficulty": "hard", "count": 1})
    assert "blueprint" not in page


def test_an_attempt_draws_what_the_blueprint_says_and_keeps_it(school: School) -> None:
    propose(school, {"difficulty": "hard", "count": 1}, {"outcome": "O1", "count": 1}, drawn=2)
    edition = propose_edition(curriculum=school.curriculum, by=None)
    for side in ("DHS", "SHCP"):
        approve_edition(edition=edition, by=school.person(side, Role.APPROVER))
    school.cohort.edition = publish_edition(edition=edition, by=None)
    school.cohort.save()
    QuizDraw.objects.all().delete()
    easy = set(Item.objects.filter(difficulty="easy").values_list("code", flat=True))
    for _ in range(6):
        client, attempt = ready(school)
        drawn = {place["item"] for place in attempt.layout}
        assert len(drawn) == 2 and "CO-101-12" in drawn and drawn & easy, "as frozen, whatever the draft says now"
        client.post("/es/courses/co-101/quiz/")
        assert Attempt.objects.get(record=attempt.record).layout == attempt.layout
