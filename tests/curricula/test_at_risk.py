"""Officers at risk: reasons in words by rules of each Participant, decisions on record, nothing of the other side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from courses.models import CourseRecord
from courses.services.attempts import save_answers, start_attempt, submit_attempt
from curricula.models import RiskDecision, RiskRule
from curricula.risk import FIRST_NUMBERS, INACTIVE, PACE, Progress, expected_percent, reasons_of
from people import clock
from people.erasing import Reason
from people.models import AuditEntry
from people.roles import Role
from people.services.erasure import erase_person
from tests.school import School, build, lessons_done, with_rules

LIST = "/en/manage/cohorts/cohort-1/at-risk/"
RULES = "/en/manage/at-risk/rules/"
DAYS = st.integers(0, 200)


@pytest.fixture
def school(db: None) -> School:
    return build()


@pytest.fixture
def manager(school: School) -> Client:
    return school.client(school.person("SHCP", Role.MANAGER, language="en"))


@pytest.fixture
def later(school: School) -> Iterator[dt.datetime]:
    """Half of the cohort's time is gone."""
    at = clock.now() + dt.timedelta(days=20)
    with clock.simulated(at):
        yield at


def listed(client: Client, address: str = LIST) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_reason_is_said_in_words_with_its_figures(school: School, manager: Client) -> None:
    school.trainee(officer_number="IDLE", language="en")
    record = school.trainee(officer_number="LEFT")[2]
    lessons_done(record)
    failing, _, other = school.trainee(officer_number="FAIL")
    lessons_done(with_rules(other, attempts_allowed=3))
    with clock.simulated(clock.now() + dt.timedelta(days=58)):
        for _time in range(2):
            attempt = start_attempt(
                record=CourseRecord.objects.get(pk=other.pk), quiz_code="CO-101-Q", language="en", by=failing
            )
            save_answers(attempt=attempt, given={"CO-101-01": ["B"]}, language="en", by=failing)
            submit_attempt(attempt=attempt, language="en", by=failing)
        html = listed(manager)
        assert "Has opened nothing since the start 58 days ago." in html
        assert "Nothing done for 58 days." in html
        assert "2 attempts at CO-101-Q without passing." in html
        assert "66% of the work done; the plan expects 96% by today." in html
        spanish = listed(manager, LIST.replace("/en/", "/es/"))
        assert "2 intentos en CO-101-Q sin aprobarla." in spanish and "days" not in spanish
        only = listed(manager, f"{LIST}?rule=failed")
        assert "FAIL" in only and "IDLE" not in only and "LEFT" not in only
        board = listed(manager, "/en/manage/cohorts/cohort-1/")
        assert "Has opened nothing since the start 58 days ago." in board


def test_a_decision_is_kept_with_its_reasons_and_holds_the_question_back(
    school: School, manager: Client, later: dt.datetime
) -> None:
    officer, enrollment, _ = school.trainee(officer_number="IDLE")
    RiskRule.objects.create(participant=officer.participant, rule="not_started", number=3)
    with clock.simulated(later + dt.timedelta(days=4)):
        address = f"{LIST}{enrollment.pk}/"
        assert "What is done about it" in listed(manager, address)
        given = {"decision": "contacted", "days": "10", "note": "Called on Monday"}
        answer = manager.post(address, given, follow=True)
        assert "The decision about" in answer.content.decode()
        kept = RiskDecision.objects.get()
        assert kept.reasons == [{"rule": "not_started", "number": 4, "what": "", "expected": 0}]
        assert AuditEntry.objects.filter(action="curricula.risk.decided").count() == 1
        assert "IDLE" not in listed(manager) and "IDLE" in listed(manager, f"{LIST}?decided=quiet")
        assert "Called on Monday" in listed(manager, address)
        wrong = manager.post(address, {"decision": "contacted", "days": "0"})
        assert "greater than or equal to 1" in wrong.content.decode() and RiskDecision.objects.count() == 1
    with clock.simulated(later + dt.timedelta(days=15)):
        assert "IDLE" in listed(manager), "the question comes back"


def test_whoever_is_not_at_risk_is_not_decided_about(school: School, manager: Client) -> None:
    _, enrollment, _ = school.trainee()
    answer = manager.post(f"{LIST}{enrollment.pk}/", {"decision": "watched", "days": "5"}, follow=True)
    assert "No rule calls this officer at risk any more" in answer.content.decode()
    assert not RiskDecision.objects.exists()


def test_rules_are_set_for_the_own_participant_and_one_can_be_turned_off(
    school: School, manager: Client, later: dt.datetime
) -> None:
    school.trainee(officer_number="OURS")
    school.trainee("DHS", officer_number="THEIRS")
    numbers = {"not_started": "", "inactive": "20", "pace": "100", "failed": "3"}
    with clock.simulated(later + dt.timedelta(days=8)):
        assert "OURS" in listed(manager)
        assert "The rules are set." in manager.post(RULES, numbers, follow=True).content.decode()
        assert "OURS" not in listed(manager)
        other = school.client(school.person("DHS", Role.MANAGER, language="en"))
        assert "THEIRS" in listed(other), "the other side's rules are its own"
        assert 'value="7"' in listed(other, RULES)
    refused = manager.post(RULES, numbers | {"pace": "101"})
    assert "less than or equal to 100" in refused.content.decode()
    assert RiskRule.objects.get(rule="pace").number == 100
    entry = AuditEntry.objects.filter(action="curricula.risk.rules_set").latest("pk")
    assert entry.after["not_started"] is None


def test_nobody_sees_or_decides_what_is_not_theirs(school: School, manager: Client, later: dt.datetime) -> None:
    _, theirs, _ = school.trainee("DHS", officer_number="THEIRS")
    with clock.simulated(later + dt.timedelta(days=30)):
        assert "THEIRS" not in listed(manager)
        assert manager.get(f"{LIST}{theirs.pk}/").status_code == 404
        assert manager.post(f"{LIST}{theirs.pk}/", {"decision": "watched", "days": "5"}).status_code == 404
        for role in (Role.TRAINEE, Role.INSTRUCTOR):
            reader = school.client(school.person("SHCP", role))
            for address in (LIST, RULES, f"{LIST}{theirs.pk}/"):
                assert reader.get(address).status_code == 403, (role, address)
    assert not RiskDecision.objects.exists()


def test_the_list_asks_as_much_for_many_as_for_few(school: School, manager: Client) -> None:
    counts = []
    for more in (3, 20):
        for _number in range(more):
            school.trainee()
        with clock.simulated(clock.now() + dt.timedelta(days=40)):
            manager.get(LIST)
            with CaptureQueriesContext(connection) as asked:
                assert "Has opened nothing" in listed(manager)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 20, counts


def test_erasing_a_person_wipes_the_notes(school: School, manager: Client, later: dt.datetime) -> None:
    officer, enrollment, _ = school.trainee()
    with clock.simulated(later + dt.timedelta(days=20)):
        manager.post(f"{LIST}{enrollment.pk}/", {"decision": "excused", "days": "5", "note": "On a course"})
    assert RiskDecision.objects.get().note == "On a course"
    erase_person(person=officer, by=school.person("SHCP", Role.ADMINISTRATOR), reason=Reason.REQUESTED)
    assert RiskDecision.objects.get().note == ""


@given(waited=DAYS, away=DAYS, done=st.integers(0, 20))
def test_a_reason_is_never_given_below_its_number(waited: int, away: int, done: int) -> None:
    today = dt.date(2026, 11, 25)
    started = today - dt.timedelta(days=waited)
    progress = Progress(
        starts_on=started, due_on=started + dt.timedelta(days=100), opened_on=started,
        last_on=today - dt.timedelta(days=min(away, waited)), done=done, total=20,
    )  # fmt: skip
    found = {reason.rule: reason for reason in reasons_of(progress, FIRST_NUMBERS, today)}
    assert (INACTIVE in found) == (min(away, waited) >= FIRST_NUMBERS[INACTIVE])
    expected = expected_percent(progress.starts_on, progress.due_on, today)
    assert (PACE in found) == (int(expected - 5 * done) >= FIRST_NUMBERS[PACE])
    assert 0 <= expected <= 100
    assert not reasons_of(progress, {}, today)
