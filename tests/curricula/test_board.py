"""The board and what lies below it: an office, an officer, the questions; of the own side only, on few queries."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import CourseRecord
from courses.services.attempts import save_answers, start_attempt, submit_attempt
from curricula.at_risk import officers_at_risk
from curricula.models import Enrollment, RiskDecision
from curricula.officer_rows import officer_rows
from curricula.services.enrollments import withdraw
from people import clock
from people.models import Office, User
from people.roles import Role
from people.services.roles import grant_role
from tests.school import RIGHT, School, build, lessons_done, with_rules

BOARD = "/en/manage/cohorts/cohort-1/"
FIGURES = f"{BOARD}figures/"
ITEMS = f"{BOARD}items/"


@pytest.fixture
def school(db: None) -> School:
    return build()


@pytest.fixture
def manager(school: School) -> Client:
    return school.client(school.person("SHCP", Role.MANAGER, language="en"))


def page(client: Client, address: str) -> str:
    """The text of a page, its tags and spaces made one space."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def sit(record: CourseRecord, by: User, right: int) -> None:
    """Hand an attempt in, with so many of five questions right."""
    record = CourseRecord.objects.select_related("course", "person").get(pk=record.pk)
    attempt = start_attempt(record=record, quiz_code="CO-101-Q", language="en", by=by)
    given = {f"CO-101-0{n}": RIGHT[f"0{n}"] if n <= right else ["B"] for n in range(1, 5)}
    save_answers(attempt=attempt, given=given | {"CO-101-05": ["12,5"]}, language="en", by=by)
    submit_attempt(attempt=attempt, language="en", by=by)


def elsewhere(enrollment: Enrollment, name: str) -> Office:
    office, _made = Office.objects.get_or_create(
        agency=enrollment.agency, code=name.lower(), defaults={"name_en": name, "name_es": name}
    )
    Enrollment.objects.filter(pk=enrollment.pk).update(office=office)
    return office


def test_the_board_counts_who_has_been_away_for_how_long(school: School, manager: Client) -> None:
    school.trainee()
    lessons_done(school.trainee()[2])
    for days, step in ((7, "0 to 7 days 1"), (8, "8 to 14 days 1"), (30, "15 to 30 days 1"), (60, "31 to 60 days 1"),
                       (61, "more than 60 days 1")):  # fmt: skip
        with clock.simulated(clock.now() + dt.timedelta(days=days)):
            text = page(manager, BOARD)
            assert step in text and "has never opened anything 1" in text, days
            assert f"Of 2 active officers, {int(days == 7)} have done something in the last 7 days." in text


def test_filters_stand_in_the_address_and_act_on_every_figure(school: School, manager: Client) -> None:
    _, here, done = school.trainee(surname_1="Quetzal")
    _, there, _ = school.trainee(surname_1="Zamora")
    port, harbor = here.office, elsewhere(there, "Harbor")
    lessons_done(done)
    withdraw(enrollment=school.trainee()[1], reason="moved", by=None)
    with clock.simulated(clock.now() + dt.timedelta(days=20)):
        assert "of 3, that is 0%" in page(manager, BOARD)
        only = page(manager, f"{BOARD}?office={port.pk}&state=active")
        assert "of 1, that is 0%" in only and "Quetzal" in only and "Zamora" not in only
        assert "Counted are only: Office Port , State active" in only
        assert "Of 1 active officers" in only
        assert "Zamora" in page(manager, f"{BOARD}?office={harbor.pk}")
        spanish = page(manager, f"{BOARD}?state=withdrawn".replace("/en/", "/es/"))
        assert "Solo se cuenta: Estado" in spanish and "de 1, es decir, 0%" in spanish
        link = f'href="/en/manage/cohorts/cohort-1/offices/{port.pk}/?state=active"'
        assert link in manager.get(f"{BOARD}?state=active").content.decode()


def test_a_filter_that_is_not_understood_says_so_and_counts_nobody(school: School, manager: Client) -> None:
    school.trainee()
    for wrong in ("state=asleep", "office=9999", "office=x", "agency=%00"):
        text = page(manager, f"{BOARD}?{wrong}")
        assert "Select a valid choice." in text and "No officer is found by what is chosen above." in text, wrong
    assert "Select a valid choice." in page(manager, f"{ITEMS}?course=XX-1")


def test_the_plan_of_a_part_is_for_that_part(school: School, manager: Client) -> None:
    school.trainee()
    with clock.simulated(clock.now() + dt.timedelta(days=60)):
        assert "plan for today 10" in page(manager, BOARD)
        assert "plan for today 1" in page(manager, f"{BOARD}?state=active")


def test_an_office_shows_each_officer_against_each_learning_object(school: School, manager: Client) -> None:
    idle, enrollment, _ = school.trainee(surname_1="Ayala")
    failing, _, record = school.trainee(surname_1="Benítez")
    sit(with_rules(lessons_done(record), attempts_allowed=3), failing, 1)
    address = f"{BOARD}offices/{enrollment.office_id}/"
    text = page(manager, address)
    assert idle.full_name in text and failing.full_name in text
    assert "– not opened – not opened – not opened 0%" in text
    assert "✓ done ✓ done ✕1 failed, 1 attempt 67%" in text
    assert "Officers 1 to 1 of 1" in page(manager, f"{address}?state=active&course=CO-101").replace(
        "1 to 2 of 2", "1 to 1 of 1"
    )
    assert "✕1 sin aprobar, 1 intento" in page(manager, address.replace("/en/", "/es/"))


def test_an_officer_is_shown_with_days_scores_and_decisions_and_without_answers(
    school: School, manager: Client
) -> None:
    user, enrollment, record = school.trainee(officer_number="AGA-7")
    record = with_rules(lessons_done(record), attempts_allowed=3)
    sit(record, user, 1)
    sit(record, user, 4)
    RiskDecision.objects.create(enrollment=enrollment, decision="excused", reasons=[], quiet_until=clock.today())
    address = f"{BOARD}officers/{enrollment.pk}/learning/"
    text = page(manager, address)
    assert re.search(r"1: \d+%, not passed on .*2: 100%, passed on ", text)
    assert "There is a good reason" in text and "Completed on" in text
    assert "12,5" not in text and "Option" not in text
    html = manager.get(address).content.decode()
    assert "/en/manage/certificates/?who=AGA-7" in html
    assert f"/en/manage/cohorts/cohort-1/offices/{enrollment.office_id}/" in html


def test_the_items_are_shown_the_hardest_first_and_not_of_a_few(school: School, manager: Client) -> None:
    for right in (0, 1, 1, 1):
        user, _, record = school.trainee()
        sit(lessons_done(record), user, right)
    assert "fewer than 5" in page(manager, ITEMS) and "100%" not in page(manager, ITEMS).split("hardest first")[-1]
    user, _, record = school.trainee()
    sit(lessons_done(record), user, 1)
    theirs, _, record = school.trainee("DHS")
    sit(lessons_done(record), theirs, 0)
    text = page(manager, ITEMS).split("hardest first")[-1]
    assert re.search(r"CO-101-01 Single.*? 80% 5", text), text
    assert text.index("CO-101-02") < text.index("CO-101-01") < text.index("CO-101-05")
    assert "fewer than 5" in page(school.client(school.person("DHS", Role.MANAGER)), ITEMS)


def test_the_figures_are_asked_again_and_told_to_be_the_same(school: School, manager: Client) -> None:
    _, _, record = school.trainee()
    first = manager.get(FIGURES)
    assert first.status_code == 200 and "<html" not in first.content.decode()
    assert re.fullmatch(r"\d\d:\d\d UTC", first.headers["Board-As-Of"])
    again = manager.get(FIGURES, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.content and "Board-As-Of" in again.headers
    lessons_done(record)
    changed = manager.get(FIGURES, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200 and changed.headers["ETag"] != first.headers["ETag"]
    assert "Nobody is enrolled" not in changed.content.decode()


def test_nobody_sees_the_other_side(school: School, manager: Client) -> None:
    theirs, enrollment, _ = school.trainee("DHS", surname_1="Whitfield")
    school.trainee()
    below = (f"{BOARD}offices/{enrollment.office_id}/", f"{BOARD}officers/{enrollment.pk}/learning/")
    for address in below:
        assert manager.get(address).status_code == 404, address
    assert theirs.full_name not in manager.get(BOARD).content.decode()
    assert "Select a valid choice." in page(manager, f"{BOARD}?office={enrollment.office_id}")
    own = school.client(school.person("DHS", Role.MANAGER))
    assert all(theirs.full_name in own.get(address).content.decode() for address in below)
    for role in (Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ESC, Role.ADMINISTRATOR):
        reader = school.client(school.person("DHS", role))
        for address in (BOARD, FIGURES, ITEMS, *below):
            assert reader.get(address).status_code == 403, (role, address)
    assert Client().get(FIGURES).status_code == 302


def test_whoever_follows_one_office_sees_that_office(school: School) -> None:
    _, here, _ = school.trainee(surname_1="Quetzal")
    _, there, _ = school.trainee(surname_1="Zamora")
    harbor = elsewhere(there, "Harbor")
    person = school.person("SHCP", Role.TRAINEE, language="en")
    grant_role(user=person, role=Role.MANAGER, participant=person.participant, office=here.office, by=None)
    reader = school.client(person)
    assert "Harbor" not in page(reader, BOARD) and "of 1, that is" in page(reader, BOARD)
    assert reader.get(f"{BOARD}offices/{here.office_id}/").status_code == 200
    assert reader.get(f"{BOARD}offices/{harbor.pk}/").status_code == 404
    assert reader.get(f"{BOARD}officers/{there.pk}/learning/").status_code == 404


def test_queries_do_not_grow(school: School, manager: Client) -> None:
    _, first, _ = school.trainee()
    addresses = (BOARD, FIGURES, ITEMS, f"{BOARD}offices/{first.office_id}/", f"{BOARD}officers/{first.pk}/learning/")
    counts: dict[str, list[int]] = {address: [] for address in addresses}
    for more in (2, 20):
        for number in range(more):
            user, enrollment, record = school.trainee()
            elsewhere(enrollment, f"Port {number}") if number % 2 else None
            sit(with_rules(lessons_done(record), attempts_allowed=3), user, 1)
        with clock.simulated(clock.now() + dt.timedelta(days=40)):
            for address in addresses:
                manager.get(address)
                with CaptureQueriesContext(connection) as asked:
                    assert manager.get(address).status_code == 200
                counts[address].append(len(asked))
    assert all(few == many <= 20 for few, many in counts.values()), counts


def test_one_reading_of_all_officers_says_what_the_rules_need(school: School) -> None:
    user, done, record = school.trainee()
    _, idle, _ = school.trainee()
    sit(lessons_done(record), user, 4)
    rows = {row.enrollment: row for row in officer_rows(Enrollment.objects.all(), [[record.course_id], []])}
    today = clock.today().isoformat()
    assert rows[done.pk].completed_on == rows[done.pk].last_on == rows[done.pk].opened_on == today
    assert (rows[done.pk].objects_done, rows[done.pk].objects_total, rows[done.pk].completed) == (3, 3, 1)
    assert rows[idle.pk].last_on is None and rows[idle.pk].completed == 0 and rows[idle.pk].enrolled_on == today
    with clock.simulated(clock.now() + dt.timedelta(days=30)):
        found = officers_at_risk(school.cohort, Enrollment.objects.all())
        assert found == officers_at_risk(school.cohort, Enrollment.objects.all(), list(rows.values()))
    assert [row.enrollment for row in found] == [idle.pk]
