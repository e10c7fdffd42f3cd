"""What an officer meets in a quiz: one attempt in two languages, nothing lost or doubled, no key before the end."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from courses.models import Attempt, Response
from courses.services.attempts import save_answers, start_attempt, submit_attempt
from people import clock
from tests.school import RIGHT, School, build, items, pair


def ready(school: School) -> tuple[Client, Attempt]:
    """A signed-in officer who has completed the lessons and started the quiz."""
    user, _, record = school.trainee()
    client = school.client(user)
    for number in (1, 2):
        client.get(f"/en/courses/co-101/lesson-{number}/")
        client.post(f"/en/courses/co-101/lesson-{number}/complete/")
    response = client.post("/en/courses/co-101/quiz/")
    assert response.status_code == 302, response.content
    return client, Attempt.objects.get(record=record)


def answer_page(
    client: Client, attempt: Attempt, page: int, language: str = "en", right: bool = True, go: str = ""
) -> str:
    """Answer the question on a page; the address that follows."""
    code = attempt.layout[page - 1]["item"]
    given = RIGHT[code[-2:]] if right else ["1" if code.endswith("05") else "B" if not code.endswith("04") else "A"]
    data = {"page": page, "shown": code, f"item-{code}": given, "go": go or str(page + 1)}
    return client.post(f"/{language}/attempts/{attempt.pk}/", data).headers["Location"]


def test_the_language_changes_in_the_middle_and_nothing_else(school: School) -> None:
    client, attempt = ready(school)
    layout = attempt.layout
    answer_page(client, attempt, 1)
    address = answer_page(client, attempt, 2, go="language-es")
    assert address == f"/es/attempts/{attempt.pk}/?page=2"
    page = client.get(address).content.decode()
    assert "(español)" in page and "(English)" not in page
    for number in (3, 4, 5):
        answer_page(client, attempt, number, language="es")
    client.post(f"/es/attempts/{attempt.pk}/review/")
    attempt.refresh_from_db()
    assert attempt.layout == layout
    assert attempt.passed and attempt.score_percent == 100
    assert Attempt.objects.count() == 1
    languages = dict(Response.objects.values_list("item_code", "language"))
    assert [languages[place["item"]] for place in layout] == ["en", "en", "es", "es", "es"]


def test_the_key_is_in_no_page_before_the_attempt_is_handed_in(school: School) -> None:
    client, attempt = ready(school)
    pages = [client.get(f"/en/attempts/{attempt.pk}/?page={n}").content.decode() for n in range(1, 6)]
    pages.append(client.get(f"/en/attempts/{attempt.pk}/review/").content.decode())
    assert not [page for page in pages if "Because" in page or "correct" in page.lower()]
    assert client.get(f"/en/attempts/{attempt.pk}/result/").status_code == 302
    client.post(f"/en/attempts/{attempt.pk}/review/")
    assert "Because (English)" in client.get(f"/en/attempts/{attempt.pk}/result/").content.decode()


def test_handing_in_twice_gives_the_same_result(school: School) -> None:
    client, attempt = ready(school)
    answer_page(client, attempt, 1)
    for _ in range(2):
        client.post(f"/en/attempts/{attempt.pk}/review/")
    attempt.refresh_from_db()
    assert attempt.score_percent == 20 and attempt.passed is False
    answer_page(client, attempt, 2)
    assert Response.objects.count() == 1
    assert Attempt.objects.get().score_percent == 20


def test_starting_in_two_tabs_gives_one_attempt_and_attempts_run_out(school: School) -> None:
    client, _ = ready(school)
    client.post("/es/courses/co-101/quiz/")
    assert Attempt.objects.count() == 1
    for number in range(1, 4):
        current = Attempt.objects.get(state="open")
        assert current.number == number
        client.post(f"/en/attempts/{current.pk}/review/")
        client.post("/en/courses/co-101/quiz/")
    assert Attempt.objects.count() == 3
    assert "All attempts are used" in client.get("/en/courses/co-101/quiz/").content.decode()


def test_the_last_answer_counts_and_an_unreadable_one_is_refused_in_words(school: School) -> None:
    client, attempt = ready(school)
    number = next(n for n, place in enumerate(attempt.layout, 1) if place["item"].endswith("05"))
    code = attempt.layout[number - 1]["item"]
    client.post(f"/en/attempts/{attempt.pk}/", {"page": number, "shown": code, f"item-{code}": "twelve"})
    page = client.get(f"/en/attempts/{attempt.pk}/?page={number}").content.decode()
    assert f"The answer to question {number} could not be read: twelve" in page
    assert not Response.objects.exists()
    for value in ("3", "12.45"):
        client.post(f"/en/attempts/{attempt.pk}/", {"page": number, "shown": code, f"item-{code}": value})
    assert Response.objects.get().answer == ["12.45"]


def test_the_clock_is_the_servers(school: School) -> None:
    client, attempt = ready(school)
    answer_page(client, attempt, 1)
    assert attempt.deadline_at
    with clock.simulated(attempt.deadline_at + dt.timedelta(minutes=1)):
        response = client.get(f"/en/attempts/{attempt.pk}/")
    assert response.headers["Location"].endswith("/result/")
    attempt.refresh_from_db()
    assert attempt.state == "submitted" and attempt.score_percent == 20


def test_the_quiz_waits_for_the_lessons(school: School) -> None:
    user, _, _ = school.trainee()
    client = school.client(user)
    client.post("/en/courses/co-101/quiz/")
    page = client.get("/en/courses/co-101/quiz/").content.decode()
    assert "The quiz opens when all lessons of the course are completed" in page
    assert not Attempt.objects.exists()


def test_nobody_else_sees_an_attempt(school: School) -> None:
    _, attempt = ready(school)
    for other in (school.trainee()[0], school.trainee("DHS")[0], school.person("DHS")):
        client = school.client(other)
        for tail in ("", "review/", "result/"):
            assert client.get(f"/en/attempts/{attempt.pk}/{tail}").status_code == 404
            assert client.post(f"/en/attempts/{attempt.pk}/{tail}").status_code == 404
    assert Client().get(f"/en/attempts/{attempt.pk}/").headers["Location"].startswith("/en/account/login/")


def test_a_page_of_the_quiz_costs_few_queries(school: School, django_assert_max_num_queries: object) -> None:
    client, attempt = ready(school)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get(f"/en/attempts/{attempt.pk}/?page=2")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_option_is_offered_once_in_the_order_drawn(school: School, language: str) -> None:
    client, attempt = ready(school)
    for number, place in enumerate(attempt.layout, 1):
        page = client.get(f"/{language}/attempts/{attempt.pk}/?page={number}").content.decode()
        assert re.findall(r'name="item-[\w-]+" value="(\w)"', page) == place["options"]


def test_answers_to_items_that_were_not_drawn_are_ignored(school: School) -> None:
    _, attempt = ready(school)
    user = attempt.record.person
    assert save_answers(attempt=attempt, given={"CO-999-01": ["A"]}, language="en", by=user) == []
    assert start_attempt(record=attempt.record, quiz_code=attempt.quiz_code, language="en", by=user).pk == attempt.pk


def explained(code: str) -> list[dict[str, Any]]:
    """The five items, with something to say of each option."""
    found = items(code)
    for item in found:
        said = lambda letter, number=item["code"][-2:]: {"feedback": pair(f"Of {number} {letter}")}  # noqa: E731
        item["options"] = {letter: option | said(letter) for letter, option in item.get("options", {}).items()}
    return [{name: value for name, value in item.items() if value} for item in found]


def test_after_handing_in_each_option_is_explained_and_before_that_none(db: None) -> None:
    school = build(questions=explained)
    client, attempt = ready(school)
    user = attempt.record.person
    choose = {"CO-101-03": ["A", "B"], "CO-101-01": ["A"]}
    save_answers(attempt=attempt, given=choose, language="en", by=user)
    pages = "".join(client.get(f"/en/attempts/{attempt.pk}/?page={n}").content.decode() for n in range(1, 6))
    assert "Of 03" not in pages
    submit_attempt(attempt=attempt, language="en", by=user)
    html = client.get(f"/es/attempts/{attempt.pk}/result/").content.decode()
    for number, letters in {"01": "ABCD", "02": "ABCD", "03": "ABCD", "04": "AB"}.items():
        for letter in letters:
            assert html.count(f"Of {number} {letter} (español)") == 1, (number, letter)
    own, others = html.split("Of 03 B (español)")[0], html.split("Of 03 B (español)")[1]
    assert "<strong>Option B (español)</strong>: " in own[-80:], "with several answers each is named"
    assert "Qué se dice de las demás respuestas" in others
