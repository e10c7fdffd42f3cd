"""The rules of a quiz as an officer meets them: waiting, which attempt counts, when it is explained, more time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from courses.models import Accommodation, Attempt, AttemptBreak, CourseRecord, Response
from courses.personal_data import responses
from people import clock
from people.models import AuditEntry, User
from people.roles import Role
from tests.school import RIGHT, School, lessons_done, with_rules


def officer(school: School, **rules: object) -> tuple[Client, User, CourseRecord]:
    """A signed-in officer who may start the quiz, under these rules."""
    user, _, record = school.trainee()
    return school.client(user), user, lessons_done(with_rules(record, **rules))


def start(client: Client, record: CourseRecord) -> Attempt:
    client.post("/en/courses/co-101/quiz/")
    return Attempt.objects.filter(record=record).latest("number")


def give(client: Client, attempt: Attempt, *, right: int) -> None:
    """Answer so many questions rightly and hand in."""
    for place in attempt.layout[:right]:
        code = place["item"]
        client.post(f"/en/attempts/{attempt.pk}/", {"shown": code, f"item-{code}": RIGHT[code[-2:]]})
    client.post(f"/en/attempts/{attempt.pk}/review/")


def test_the_next_attempt_waits_and_says_until_when(school: School) -> None:
    client, _, record = officer(school, wait_hours=24)
    give(client, start(client, record), right=1)
    page = client.get("/en/courses/co-101/quiz/").content.decode()
    assert "The next attempt may begin on" in page and "Start:" not in page
    assert "may begin on" in client.post("/en/courses/co-101/quiz/", follow=True).content.decode()
    assert Attempt.objects.filter(record=record).count() == 1
    with clock.simulated(clock.now() + dt.timedelta(hours=25)):
        client.post("/en/courses/co-101/quiz/")
    assert Attempt.objects.filter(record=record).count() == 2


@pytest.mark.parametrize(("counts", "score"), [("best", 40), ("last", 20)])
def test_the_best_or_the_last_attempt_counts(school: School, counts: str, score: int) -> None:
    client, _, record = officer(school, counts=counts)
    for right in (2, 1):
        give(client, start(client, record), right=right)
    record.refresh_from_db()
    assert record.score_percent == score


def test_who_has_passed_has_passed_whatever_counts(school: School) -> None:
    client, _, record = officer(school, counts="last")
    give(client, start(client, record), right=5)
    give(client, start(client, record), right=0)
    record.refresh_from_db()
    assert record.percent == 100 and record.completed_at and record.score_percent == 0


def test_each_question_is_explained_at_once_and_its_answer_stays(school: School) -> None:
    client, _, record = officer(school, feedback="immediately")
    attempt = start(client, record)
    code = attempt.layout[0]["item"]
    address = f"/en/attempts/{attempt.pk}/"
    assert "Send the answer" in client.get(address).content.decode()
    wrong = {"01": "B", "02": "B", "03": "B", "04": "A", "05": "1"}[code[-2:]]
    client.post(address, {"page": 1, "shown": code, f"item-{code}": wrong, "go": "1"})
    page = client.get(address).content.decode()
    assert "Not correct" in page and "Because (English)" in page and f'name="item-{code}"' not in page
    assert "Because" not in client.get(address + "?page=2").content.decode()
    client.post(address, {"page": 1, "shown": code, f"item-{code}": RIGHT[code[-2:]]})
    assert Response.objects.get().answer == [wrong]


def test_questions_are_explained_only_after_the_cohort_has_closed(school: School) -> None:
    client, user, record = officer(school, feedback="after_closing")
    attempt = start(client, record)
    give(client, attempt, right=2)
    result = f"/en/attempts/{attempt.pk}/result/"
    page = client.get(result).content.decode()
    assert "2 of 5" in page and "when your cohort has closed" in page and "Because" not in page
    assert all(row[-1] is None for row in responses(user)), "nor in the file with the own data"
    with clock.simulated(clock.now() + dt.timedelta(days=61)):
        assert "Because (English)" in client.get(result).content.decode()


def test_a_manager_grants_more_time_and_it_holds_from_the_next_attempt(school: School) -> None:
    client, user, record = officer(school, time_limit_minutes=30)
    manager = school.client(school.person("SHCP", Role.MANAGER))
    found = manager.get(f"/en/manage/accommodations/?q={user.officer_number}").content.decode()
    assert user.full_name in found
    form = {"extra_time_percent": 50, "breaks_allowed": 1, "break_minutes": 10, "until_on": ""}
    assert manager.post(f"/en/manage/accommodations/{user.pk}/", form).status_code == 302
    assert AuditEntry.objects.filter(action="courses.accommodation.granted", object_type="courses.accommodation")
    page = client.get("/en/courses/co-101/quiz/").content.decode()
    assert "Start: 45 minutes" in page and "50% more" in page and "1 break of 10 minutes" in page
    attempt = start(client, record)
    assert attempt.deadline_at == attempt.started_at + dt.timedelta(minutes=45)
    manager.post(f"/en/manage/accommodations/{user.pk}/", {"withdraw": "1"})
    assert not Accommodation.objects.exists()
    assert AuditEntry.objects.filter(action="courses.accommodation.withdrawn").exists()
    attempt.refresh_from_db()
    assert attempt.extra_minutes == 15, "an attempt that has begun keeps what it began with"


def test_nobody_else_sees_or_grants_accommodations(school: School) -> None:
    user = school.trainee()[0]
    for other in (
        school.person("DHS", Role.MANAGER),
        school.person("SHCP", Role.INSTRUCTOR),
        school.person("SHCP", Role.ADMINISTRATOR),
        school.trainee()[0],
    ):
        client = school.client(other)
        assert client.get(f"/en/manage/accommodations/{user.pk}/").status_code in {403, 404}
        assert user.full_name not in client.get("/en/manage/accommodations/?q=Javier").content.decode()


def test_an_accommodation_that_grants_nothing_is_refused_in_words(school: School) -> None:
    user = school.trainee()[0]
    manager = school.client(school.person("SHCP", Role.MANAGER))
    address = f"/en/manage/accommodations/{user.pk}/"
    nothing = {"extra_time_percent": 0, "breaks_allowed": 0, "break_minutes": 0}
    assert "This grants nothing" in manager.post(address, nothing).content.decode()
    half = {"extra_time_percent": 0, "breaks_allowed": 2, "break_minutes": 0}
    assert "how long one may be" in manager.post(address, half).content.decode()
    assert not Accommodation.objects.exists()


def test_the_clock_stands_during_a_break(school: School) -> None:
    client, user, record = officer(school, time_limit_minutes=30)
    Accommodation.objects.create(person=user, breaks_allowed=1, break_minutes=10, granted_at=clock.now())
    attempt = start(client, record)
    first = attempt.deadline_at
    assert first
    began = clock.now()
    with clock.simulated(began):
        client.post(f"/en/attempts/{attempt.pk}/break/")
        assert client.get(f"/en/attempts/{attempt.pk}/").headers["Location"].endswith("/break/")
        assert client.get(f"/en/attempts/{attempt.pk}/questions/").status_code == 409, "no question is shown"
    with clock.simulated(began + dt.timedelta(minutes=4)):
        client.post(f"/en/attempts/{attempt.pk}/break/", {"go": "on"})
        assert client.get(f"/en/attempts/{attempt.pk}/").status_code == 200
        client.post(f"/en/attempts/{attempt.pk}/break/")
    attempt.refresh_from_db()
    assert attempt.deadline_at == first + dt.timedelta(minutes=4)
    assert AttemptBreak.objects.count() == 1, "no second break was granted"


def test_whoever_answers_within_a_break_has_ended_it(school: School) -> None:
    client, user, record = officer(school, time_limit_minutes=30)
    Accommodation.objects.create(person=user, breaks_allowed=1, break_minutes=10, granted_at=clock.now())
    attempt = start(client, record)
    client.post(f"/en/attempts/{attempt.pk}/break/")
    code = attempt.layout[0]["item"]
    client.post(f"/en/attempts/{attempt.pk}/save/", {"shown": code, f"item-{code}": RIGHT[code[-2:]]})
    assert Response.objects.count() == 1 and AttemptBreak.objects.get().ended_at
