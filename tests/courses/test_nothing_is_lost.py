"""No sequence of operations loses an answer that was acknowledged: two tabs, late arrivals, repeats, an end."""

from __future__ import annotations

import datetime as dt
import random
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.exceptions import CourseError, NoAttemptsLeft
from courses.models import Attempt, CourseRecord, Response, SavedAnswers
from courses.services.attempts import save_answers, start_attempt, submit_attempt
from people import clock
from tests.school import RIGHT, School, build, lessons_done, with_rules

QUICK = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
BEGAN = dt.datetime(2026, 3, 2, 15, 0, tzinfo=dt.UTC)


@pytest.fixture
def record(school: School) -> CourseRecord:
    return lessons_done(with_rules(school.trainee()[2], attempts_allowed=200))


def begin(record: CourseRecord, language: str = "en") -> Attempt:
    draw = random.Random(7)
    return start_attempt(record=record, quiz_code="CO-101-Q", language=language, by=record.person, draw=draw)


def save(client: Client, attempt: Attempt, code: str, value: Any, **more: Any) -> dict[str, Any]:
    answer = client.post(f"/en/attempts/{attempt.pk}/save/", {"shown": code, f"item-{code}": value, **more})
    return {"status": answer.status_code, **answer.json()}


def ago(seconds: float) -> int:
    """That time in milliseconds since 1970, as a page sends it."""
    return int((clock.now().timestamp() - seconds) * 1000)


def test_a_repeat_counts_once_and_never_pushes_a_later_answer_away(school: School, record: CourseRecord) -> None:
    client, attempt = school.client(record.person), begin(record)
    first = str(uuid.uuid4())
    assert save(client, attempt, "CO-101-01", "B", key=first)["saved"] == ["CO-101-01"]
    assert save(client, attempt, "CO-101-01", "A", key=str(uuid.uuid4()))["answered"] == ["CO-101-01"]
    assert save(client, attempt, "CO-101-01", "B", key=first)["status"] == 200
    assert Response.objects.get().answer == ["A"]
    assert SavedAnswers.objects.count() == 2


def test_what_a_lost_link_brings_late_does_not_push_a_newer_answer_away(school: School, record: CourseRecord) -> None:
    client, attempt = school.client(record.person), begin(record)
    with clock.simulated(attempt.started_at + dt.timedelta(minutes=5)):
        save(client, attempt, "CO-101-01", "A", key=str(uuid.uuid4()))
        said = save(client, attempt, "CO-101-01", "B", key=str(uuid.uuid4()), given=ago(180))
        assert said["saved"] == ["CO-101-01"]
        save(client, attempt, "CO-101-02", "C", key=str(uuid.uuid4()), given=0)
    assert dict(Response.objects.values_list("item_code", "answer")) == {"CO-101-01": ["A"], "CO-101-02": ["C"]}
    assert Response.objects.get(item_code="CO-101-02").answered_at == attempt.started_at


def test_a_stale_page_sends_back_nothing_that_it_did_not_change(school: School, record: CourseRecord) -> None:
    client, attempt = school.client(record.person), begin(record)
    page = next(n for n, place in enumerate(attempt.layout, 1) if place["item"] == "CO-101-01")
    stale = {"page": page, "shown": "CO-101-01", "was-CO-101-01": "", "go": "1"}
    save(client, attempt, "CO-101-01", "A")
    client.post(f"/en/attempts/{attempt.pk}/", stale)
    assert Response.objects.get().answer == ["A"]
    assert 'name="was-CO-101-01" value="A"' in client.get(f"/en/attempts/{attempt.pk}/?page={page}").content.decode()
    client.post(f"/en/attempts/{attempt.pk}/", {**stale, "was-CO-101-01": "A"})
    assert Response.objects.get().answer == [], "what was taken away on the page is taken away"


def test_flags_are_kept_and_shown(school: School, record: CourseRecord) -> None:
    client, attempt = school.client(record.person), begin(record)
    code = attempt.layout[0]["item"]
    client.post(f"/en/attempts/{attempt.pk}/", {"shown": code, f"flag-{code}": "1"})
    assert "1 question is flagged by you" in client.get(f"/en/attempts/{attempt.pk}/review/").content.decode()
    client.post(f"/en/attempts/{attempt.pk}/", {"shown": code})
    attempt.refresh_from_db()
    assert attempt.flagged == []


def test_after_the_end_a_late_answer_is_judged_by_the_servers_clock(school: School, record: CourseRecord) -> None:
    client, attempt = school.client(record.person), begin(record)
    save(client, attempt, "CO-101-01", "A")
    assert attempt.deadline_at
    with clock.simulated(attempt.deadline_at + dt.timedelta(seconds=10)):
        assert save(client, attempt, "CO-101-02", "C", given=ago(60))["status"] == 200, "it was on its way"
    with clock.simulated(attempt.deadline_at + dt.timedelta(seconds=16)):
        said = save(client, attempt, "CO-101-04", "B", given=ago(600))
    assert said["status"] == 409 and said["address"] == f"/en/attempts/{attempt.pk}/result/"
    attempt.refresh_from_db()
    assert attempt.state == "submitted" and attempt.score_percent == 40


def test_an_answer_that_cannot_be_read_is_refused_in_words_and_nothing_is_lost(
    school: School, record: CourseRecord
) -> None:
    client, attempt = school.client(record.person), begin(record)
    save(client, attempt, "CO-101-05", "12.5")
    said = save(client, attempt, "CO-101-05", "twelve")
    assert said["status"] == 422 and "twelve" in said["said"]
    assert Response.objects.get().answer == ["12.5"]


def test_all_questions_come_in_one_piece_without_their_keys(school: School, record: CourseRecord) -> None:
    client, attempt = school.client(record.person), begin(record)
    pages = client.get(f"/es/attempts/{attempt.pk}/questions/").json()["pages"]
    assert len(pages) == 5 and all("(español)" in page and "Because" not in page for page in pages)
    assert client.get(f"/en/attempts/{attempt.pk}/save/").status_code == 405


operation = st.tuples(
    st.sampled_from(["save", "late", "repeat", "language", "submit", "start"]),
    st.sampled_from(sorted(RIGHT)),
    st.sampled_from("ABCD"),
)


@QUICK
@given(operations=st.lists(operation, max_size=25))
def test_no_sequence_of_operations_loses_an_acknowledged_answer(
    record: CourseRecord, operations: list[tuple[str, str, str]]
) -> None:
    """Against a model: for each attempt and item, the answer given last of those that were acknowledged."""
    Attempt.objects.all().delete()
    now, language = BEGAN, "en"
    with clock.simulated(now):
        attempt = begin(record)
    model: dict[tuple[int, str], tuple[dt.datetime, list[str]]] = {}
    sent: list[dict[str, Any]] = []
    percents = [CourseRecord.objects.get(pk=record.pk).percent]
    for kind, number, letter in operations:
        now += dt.timedelta(seconds=20)
        code = f"CO-101-{number}"
        value = [{"04": "A" if letter in "AC" else "B", "05": str("ABCD".index(letter))}.get(number, letter)]
        with clock.simulated(now):
            if kind == "language":
                language = "es" if language == "en" else "en"
            elif kind == "start":
                attempt = begin(record, language)
            elif kind == "submit":
                first = submit_attempt(attempt=attempt, language=language, by=record.person)
                again = submit_attempt(attempt=attempt, language="es", by=record.person)
                assert (first.score_percent, first.submitted_at) == (again.score_percent, again.submitted_at)
            else:
                age = dt.timedelta(seconds=30 if kind == "late" else 0)
                saving = {"attempt": attempt, "given": {code: value}, "key": uuid.uuid4(), "given_at": now - age}
                if kind == "repeat" and sent:
                    saving = sent[len(sent) // 2]
                given_at = max(saving["given_at"], saving["attempt"].started_at)
                is_new = all(saving is not each for each in sent)
                try:
                    safe = save_answers(**saving, language=language, by=record.person)
                except CourseError:
                    safe = []
                for each in safe if is_new else []:
                    place = (saving["attempt"].pk, each)
                    if place not in model or model[place][0] <= given_at:
                        model[place] = (given_at, saving["given"][each])
                sent.append(saving)
        percents.append(CourseRecord.objects.get(pk=record.pk).percent)
    stored = {(r.attempt_id, r.item_code): r.answer for r in Response.objects.filter(attempt__record=record)}
    assert stored == {place: answer for place, (_at, answer) in model.items()}
    assert percents == sorted(percents) and all(0 <= percent <= 100 for percent in percents)


@QUICK
@given(languages=st.lists(st.sampled_from(["en", "es"]), min_size=6, max_size=6), right=st.integers(0, 5))
def test_the_score_does_not_depend_on_the_language(record: CourseRecord, languages: list[str], right: int) -> None:
    Attempt.objects.all().delete()
    attempt = begin(record, languages[5])
    for place, language in zip(attempt.layout[:right], languages, strict=False):
        code = place["item"]
        save_answers(attempt=attempt, given={code: RIGHT[code[-2:]]}, language=language, by=record.person)
    assert submit_attempt(attempt=attempt, language=languages[0], by=record.person).score_percent == right * 20


AT_ONCE = 4


def together(do: Callable[[], object]) -> list[object]:
    """What four threads get that do the same at the same moment."""
    gate, found = threading.Barrier(AT_ONCE), list[object]()

    def one() -> None:
        gate.wait()
        try:
            found.append(do())
        except NoAttemptsLeft as refusal:
            found.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == AT_ONCE
    return found


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql", "transactional_db")
class TestAtOnce:
    """Two tabs that do the same at the same moment."""

    @pytest.fixture
    def racer(self, transactional_db: None) -> CourseRecord:
        return lessons_done(with_rules(build().trainee()[2], attempts_allowed=2))

    def test_a_double_start_makes_one_attempt_and_the_last_is_the_last(self, racer: CourseRecord) -> None:
        assert len({attempt.pk for attempt in together(lambda: begin(racer))}) == 1  # type: ignore[attr-defined]
        submit_attempt(attempt=Attempt.objects.get(), language="en", by=racer.person)

        def start_and_end() -> object:
            return submit_attempt(attempt=begin(racer), language="en", by=racer.person).number

        found = together(start_and_end)
        assert 2 in found and set(found) <= {2, "no_attempts_left"}
        assert Attempt.objects.count() == 2, "four wanted the last attempt and there is one"

    def test_a_double_submit_gives_one_result(self, racer: CourseRecord) -> None:
        attempt = begin(racer)
        save_answers(attempt=attempt, given={"CO-101-01": ["A"]}, language="en", by=racer.person)
        ends = together(lambda: submit_attempt(attempt=attempt, language="en", by=racer.person))
        assert len({(end.submitted_at, end.score_percent) for end in ends}) == 1  # type: ignore[attr-defined]

    def test_the_same_saving_four_times_is_one(self, racer: CourseRecord) -> None:
        attempt, key = begin(racer), uuid.uuid4()
        saving = {"attempt": attempt, "given": {"CO-101-01": ["A"]}, "language": "en", "by": racer.person, "key": key}
        assert together(lambda: save_answers(**saving)) == [["CO-101-01"]] * AT_ONCE
        assert SavedAnswers.objects.count() == 1 and Response.objects.get().answer == ["A"]
