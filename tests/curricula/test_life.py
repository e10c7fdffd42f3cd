"""The life of an enrollment: each transition is dated and kept; who reads, who is late, who counts follows from it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.test import Client

from courses.models import CourseRecord
from courses.services.lessons import complete_lesson, open_lesson
from curricula.access import closing_day
from curricula.models import Cohort, Enrollment, EnrollmentEvent
from curricula.services.completion import complete_enrollment_of
from curricula.services.editions import approve_edition, propose_edition, publish_edition
from curricula.services.enrollments import enroll
from curricula.services.life import extend, give_leave, lapse_overdue, take_up_places, transfer
from curricula.services.moving import move_cohort
from curricula.tasks import look_for_lapses
from jobs.models import Job
from people import clock
from people.exceptions import DomainError
from people.models import AuditEntry, User
from people.roles import Role
from reports.facts import read_facts
from tests.school import School

from .test_editions import edit
from .test_rounds import office_manager

LESSON = "/en/courses/co-101/lesson-1/"
DAY = dt.timedelta(days=1)


def page_of(enrollment: Enrollment) -> str:
    return f"/en/manage/cohorts/{enrollment.cohort.code}/officers/{enrollment.pk}/"


def act(client: Client, enrollment: Enrollment, action: str, **more: Any) -> Any:
    """Record something on the page of an officer."""
    return client.post(page_of(enrollment), {"action": action, **more})


def second_cohort(school: School, **more: Any) -> Cohort:
    values = {"edition": school.edition, "opens_on": clock.today(), "closes_on": clock.today() + 90 * DAY, **more}
    return Cohort.objects.create(code="cohort-2", name_en="Cohort two", name_es="Grupo dos", **values)


def read_one(user: User, enrollment: Enrollment) -> None:
    record = enrollment.courses.get().record
    open_lesson(record=record, lesson_code="CO-101-L1", language="es", by=user)
    complete_lesson(record=record, lesson_code="CO-101-L1", language="es", by=user)


def test_an_officer_on_leave_reads_on_and_owes_nothing(school: School) -> None:
    user, enrollment, _ = school.trainee()
    Cohort.objects.update(closes_on=clock.today() - DAY)
    manager, officer = school.client(school.person("SHCP", Role.MANAGER)), school.client(user)
    assert "1 day late" in officer.get("/en/my-learning/").content.decode()
    assert "Give the reason" in act(manager, enrollment, "leave").content.decode()
    assert act(manager, enrollment, "leave", reason="paternity leave").status_code == 302
    page = officer.get("/en/my-learning/").content.decode()
    assert "days late" not in page and "day late" not in page and "You are on leave" in page
    assert officer.get(LESSON).status_code == 200
    board = manager.get("/en/manage/cohorts/cohort-1/").content.decode()
    assert "on leave: 1" in board and "Nobody is at risk" in board
    due = (clock.today() + 20 * DAY).isoformat()
    assert act(manager, enrollment, "return", due_on=due).status_code == 302
    enrollment.refresh_from_db()
    assert enrollment.state == "active" and enrollment.last_day.isoformat() == due
    assert "20 days left" in officer.get("/en/my-learning/").content.decode()
    history = manager.get(page_of(enrollment)).content.decode()
    assert "paternity leave" in history and "active → on leave" in history and "on leave → active" in history


def test_more_time_moves_the_due_date_of_one_officer_and_must_be_later(school: School) -> None:
    _, enrollment, record = school.trainee()
    manager = school.client(school.person("SHCP", Role.MANAGER))
    soon = (school.cohort.closes_on - DAY).isoformat()
    assert (
        "An extension needs a later day" in act(manager, enrollment, "extend", due_on=soon, reason="r").content.decode()
    )
    later = school.cohort.closes_on + 10 * DAY
    assert act(manager, enrollment, "extend", due_on=later.isoformat(), reason="port closed").status_code == 302
    enrollment.refresh_from_db()
    assert enrollment.due_on == later and enrollment.state == "active"
    event = enrollment.events.get()
    assert (event.before, event.after, event.due_on, event.reason) == ("active", "active", later, "port closed")
    assert AuditEntry.objects.filter(action="curricula.enrollment.extended").count() == 1
    assert closing_day(record.pk) == later


def test_a_withdrawal_is_recorded_in_the_browser_with_its_day(school: School) -> None:
    user, enrollment, _ = school.trainee()
    manager = school.client(school.person("SHCP", Role.MANAGER))
    tomorrow = (clock.today() + DAY).isoformat()
    assert (
        "still to come" in act(manager, enrollment, "withdraw", reason="left", effective_on=tomorrow).content.decode()
    )
    day = clock.today() - 3 * DAY
    assert act(manager, enrollment, "withdraw", reason="left", effective_on=day.isoformat()).status_code == 302
    enrollment.refresh_from_db()
    assert enrollment.state == "withdrawn" and enrollment.events.get().effective_on == day
    assert school.client(user).get(LESSON).status_code == 302
    assert 'name="action"' not in manager.get(page_of(enrollment)).content.decode()


def test_a_transfer_takes_along_what_was_done_and_counts_each_officer_once(school: School) -> None:
    user, enrollment, record = school.trainee()
    read_one(user, enrollment)
    before = clock.now()
    other = second_cohort(school)
    manager = school.client(school.person("SHCP", Role.MANAGER))
    done = act(manager, enrollment, "transfer", cohort=other.pk, reason="moved to Manzanillo")
    new = Enrollment.objects.get(cohort=other)
    assert done.headers["Location"] == page_of(new)
    enrollment.refresh_from_db()
    assert enrollment.state == "transferred" and enrollment.left_at == new.enrolled_at
    assert new.courses.get().record == record and not enrollment.courses.exists()
    assert record.lessons.filter(completed_at__isnull=False).count() == 1
    assert school.client(user).get(LESSON).status_code == 200
    board = manager.get("/en/manage/cohorts/cohort-1/").content.decode()
    assert "Nobody is enrolled yet" in board
    now, _ = read_facts(cut_off=clock.now())
    assert len(now["enrollments"]["person"]) == 1 and len(now["records"]["enrollment"]) == 1
    then, _ = read_facts(cut_off=before)
    assert len(then["enrollments"]["person"]) == 1 and len(then["records"]["enrollment"]) == 1
    assert then["cohorts"]["code"][then["enrollments"]["cohort"][0]] == "cohort-1"
    assert now["cohorts"]["code"][now["enrollments"]["cohort"][0]] == "cohort-2"
    with pytest.raises(DomainError, match="is, or was"):
        transfer(enrollment=new, cohort=school.cohort, reason="back", by=user)


def test_a_transfer_to_a_newer_edition_goes_over_as_a_move_does(school: School) -> None:
    user, enrollment, record = school.trainee()
    read_one(user, enrollment)
    edit(title_en="Changed", title_es="Cambiada")
    edition = propose_edition(curriculum=school.curriculum, by=None)
    for side in ("DHS", "SHCP"):
        approve_edition(edition=edition, by=school.person(side, Role.APPROVER))
    other = second_cohort(school, edition=publish_edition(edition=edition, by=None))
    new = transfer(enrollment=enrollment, cohort=other, reason="moved", by=school.person("SHCP", Role.MANAGER))
    record.refresh_from_db()
    assert new.courses.get().record == record and record.course == edition.frozen_courses.get()
    enrollment.refresh_from_db()
    assert enrollment.edition == school.edition and record.objects_done == 1


def test_whoever_is_on_leave_goes_over_with_the_cohort_and_completes_by_reading_on(school: School) -> None:
    user, enrollment, record = school.trainee()
    read_one(user, enrollment)
    give_leave(enrollment=enrollment, reason="leave", by=school.person("SHCP", Role.MANAGER))
    edit(title_en="Changed", title_es="Cambiada")
    edition = propose_edition(curriculum=school.curriculum, by=None)
    for side in ("DHS", "SHCP"):
        approve_edition(edition=edition, by=school.person(side, Role.APPROVER))
    assert move_cohort(cohort=school.cohort, edition=publish_edition(edition=edition, by=None), by=None) == 1
    record.refresh_from_db()
    assert record.course == edition.frozen_courses.get()
    CourseRecord.objects.filter(pk=record.pk).update(objects_done=F("objects_total"), completed_at=clock.now())
    assert complete_enrollment_of(record_id=record.pk, at=clock.now(), by=None)
    assert list(enrollment.events.values_list("before", "after")) == [
        ("active", "on_leave"), ("on_leave", "completed")
    ]  # fmt: skip


def test_a_transfer_stays_on_the_own_side_and_within_the_curriculum(school: School) -> None:
    _, enrollment, _ = school.trainee()
    theirs = second_cohort(school, participant=school.participants["DHS"])
    by = school.person("SHCP", Role.MANAGER)
    with pytest.raises(DomainError, match="other Participant"):
        transfer(enrollment=enrollment, cohort=theirs, reason="r", by=by)
    page = act(school.client(by), enrollment, "transfer", cohort=theirs.pk, reason="r").content.decode()
    assert "Select a valid choice" in page
    full = Cohort.objects.create(
        code="full", name_en="Full", name_es="Lleno", edition=school.edition, seats=1, opens_on=clock.today(),
        closes_on=clock.today() + 9 * DAY,
    )  # fmt: skip
    enroll(people=[school.person()], cohort=full, by=None)
    with pytest.raises(DomainError, match="1 seats, of which 0 are free"):
        transfer(enrollment=enrollment, cohort=full, reason="r", by=by)
    enrollment.refresh_from_db()
    assert enrollment.state == "active" and enrollment.courses.exists()


def test_places_lapse_once_when_their_time_is_long_over_and_an_extension_opens_them(
    school: School, settings: Any
) -> None:
    user, enrollment, _ = school.trainee()
    _, own_date, _ = school.trainee()
    _, on_leave, _ = school.trainee()
    by = school.person("SHCP", Role.MANAGER)
    give_leave(enrollment=on_leave, reason="leave", by=by)
    extend(enrollment=own_date, due_on=school.cohort.closes_on + 5 * DAY, reason="r", by=by)
    settings.PUENTE_LAPSE_AFTER_DAYS = 30
    after = dt.datetime.combine(school.cohort.closes_on + 31 * DAY, dt.time(9), dt.UTC)
    with clock.simulated(after):
        look_for_lapses()
        assert Job.objects.filter(kind="lapse_enrollments").count() == 1
        assert list(lapse_overdue(by=None)) == [1] and list(lapse_overdue(by=None)) == []
    enrollment.refresh_from_db()
    assert enrollment.state == "lapsed" and enrollment.left_at == after
    assert set(Enrollment.objects.exclude(pk=enrollment.pk).values_list("state", flat=True)) == {"active", "on_leave"}
    officer = school.client(user)
    assert officer.get(LESSON).status_code == 302
    assert "Your time has ended" in officer.get("/en/my-learning/").content.decode()
    extend(enrollment=enrollment, due_on=clock.today() + 200 * DAY, reason="was ill", by=by)
    enrollment.refresh_from_db()
    assert enrollment.state == "active" and enrollment.left_at is None
    assert officer.get(LESSON).status_code == 200
    settings.PUENTE_LAPSE_AFTER_DAYS = 0
    with clock.simulated(after + 900 * DAY):
        assert list(lapse_overdue(by=None)) == []


def test_an_invited_officer_takes_the_place_up_by_signing_in(school: School) -> None:
    person = school.person("SHCP", Role.TRAINEE)
    enrollment = enroll(people=[person], cohort=school.cohort, by=None, invited={person.pk})[0]
    board = school.client(school.person("SHCP", Role.MANAGER)).get("/en/manage/cohorts/cohort-1/").content.decode()
    assert enrollment.state == "invited" and "invited, not here yet: 1" in board
    client = school.client(person)  # signs in
    enrollment.refresh_from_db()
    assert enrollment.state == "active" and enrollment.events.get().by == person
    assert client.get(LESSON).status_code == 200
    assert take_up_places(person=person, by=person) == 0


def test_the_history_is_never_changed_and_only_an_erasure_empties_a_reason(school: School) -> None:
    _, enrollment, _ = school.trainee()
    give_leave(enrollment=enrollment, reason="leave", by=school.person("SHCP", Role.MANAGER))
    event = EnrollmentEvent.objects.get()
    for change in ({"reason": "other"}, {"after": "withdrawn"}, {"reason": "", "after": "withdrawn"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            EnrollmentEvent.objects.filter(pk=event.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()
    assert EnrollmentEvent.objects.update(reason="") == 1


def test_the_database_ties_the_dates_to_the_states(school: School) -> None:
    _, enrollment, _ = school.trainee()
    for state in ("lapsed", "transferred", "withdrawn", "completed"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enrollment.objects.filter(pk=enrollment.pk).update(state=state)


def test_who_may_not_see_or_record(school: School) -> None:
    _, enrollment, _ = school.trainee("SHCP", surname_1="Güemes")
    strangers = [school.person("DHS", Role.MANAGER), office_manager(school)[0]]
    for stranger in strangers:
        client = school.client(stranger)
        assert client.get(page_of(enrollment)).status_code == 404
        assert act(client, enrollment, "withdraw", reason="r").status_code == 404
        assert "Güemes" not in client.get("/en/manage/cohorts/cohort-1/officers/").content.decode()
    for role in (Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ESC, Role.ADMINISTRATOR):
        assert school.client(school.person("SHCP", role)).get(page_of(enrollment)).status_code == 403
    assert Client().get(page_of(enrollment)).status_code == 302
    enrollment.refresh_from_db()
    assert enrollment.state == "active"


def test_the_list_of_officers_costs_the_same_for_few_and_for_many(
    school: School, django_assert_max_num_queries: Any
) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    for count in (3, 40):
        enroll(people=[school.person() for _ in range(count)], cohort=school.cohort, by=None)
        with django_assert_max_num_queries(12):
            page = manager.get("/en/manage/cohorts/cohort-1/officers/").content.decode()
    assert "43 of 43" in page
