"""Sessions: planned with qualified instructors, seats in order, nobody sees the other side, letters and calendars."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from courses.services.qualifications import qualify_instructor
from curricula.models import Enrollment, Reminder, ReminderHours, Session, SessionInstructor, SessionPlace
from curricula.services.enrollments import withdraw
from curricula.services.places import give_back, sign_up
from curricula.services.session_reminders import SESSION_REMINDERS, write_session_reminders
from curricula.services.sessions import Plan, cancel_session, change_session, plan_session
from curricula.session_refusals import MoreAreSeated, NotQualified, SignUpClosed
from curricula.tasks import look_for_sessions
from jobs.models import Job
from people import clock
from people.letters import letter_kind_of, render_letter
from people.models import AuditEntry, Letter, Office, Participant, User
from people.roles import Role
from people.services.posting import send_due_letters
from tests.processes import Worker
from tests.school import School, build

ZONE = "America/Matamoros"
LEAD = SessionInstructor.Part.LEAD


def a_plan(**fields: Any) -> Plan:
    """In a week, for four hours."""
    starts = (clock.now() + dt.timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
    values = {"starts_at": starts, "ends_at": starts + dt.timedelta(hours=4), "time_zone": ZONE, "languages": "es",
              "place": "Aduana de Nuevo Laredo", "room": "Aula 2", "capacity": 2}  # fmt: skip
    return Plan(**values | fields)


def a_session(school: School, shares: Any = None, **fields: Any) -> Session:
    course = school.edition.frozen_courses.get()
    return plan_session(
        cohort=school.cohort, course=course, plan=a_plan(**fields), shares=shares or {}, instructors={}, by=None
    )


def officers(school: School, count: int, side: str = "SHCP") -> list[Enrollment]:
    return [school.trainee(side)[1] for _ in range(count)]


def states(session: Session) -> list[str]:
    return list(session.places.order_by("enrollment").values_list("state", flat=True))


def form_of(**fields: Any) -> dict[str, Any]:
    """What a manager types, two days from now."""
    day = (clock.now() + dt.timedelta(days=2)).date()
    return {"day": day.isoformat(), "begins": "09:00", "ends": "13:00", "time_zone": ZONE, "place": "Academia",
            "room": "", "languages": "es", "capacity": "20", **fields}  # fmt: skip


# Planning ------------------------------------------------------------------------------------------------------------


def test_a_manager_plans_a_session_in_the_time_of_its_place(school: School) -> None:
    manager, teacher = school.person("SHCP", Role.MANAGER), school.person("SHCP", Role.INSTRUCTOR)
    day = (clock.now() + dt.timedelta(days=2)).date()
    qualify_instructor(person=teacher, course_code="CO-101", language="es", by=manager)
    office, _ = Office.objects.get_or_create(agency=manager.agency, code="port")
    school.trainee("SHCP")
    course = school.edition.frozen_courses.get()
    client = school.client(manager)
    answer = client.post(
        "/es/manage/cohorts/cohort-1/sessions/plan/",
        form_of(course=course.pk, lead=teacher.pk, group_1=f"{office.agency_id}-{office.pk}", seats_1="5"),
    )
    session = Session.objects.get()
    assert answer.status_code == 302 and answer["Location"].endswith(f"/manage/sessions/{session.pk}/")
    begins = session.starts_at.astimezone(session.zone)
    assert (begins.date(), begins.hour) == (day, 9)
    assert session.instructors.get().person == teacher and session.shares.get().seats == 5
    page = client.get(answer["Location"]).content.decode()
    assert "09:00–13:00" in page and teacher.full_name in page
    assert AuditEntry.objects.filter(action="curricula.session.planned", actor=manager).exists()


def test_who_is_not_qualified_for_course_language_and_day_is_refused_in_words(school: School) -> None:
    manager, teacher = school.person("SHCP", Role.MANAGER), school.person("SHCP", Role.INSTRUCTOR)
    course = school.edition.frozen_courses.get()
    address = "/en/manage/cohorts/cohort-1/sessions/plan/"
    client = school.client(manager)
    asked = form_of(course=course.pk, lead=teacher.pk)
    page = client.post(address, asked).content.decode()
    assert f"{teacher.full_name} is not qualified on" in page and not Session.objects.exists()
    qualify_instructor(person=teacher, course_code="CO-101", language="en", by=manager)
    assert "to teach CO-101 in Spanish" in client.post(address, asked).content.decode()
    tomorrow = clock.today() + dt.timedelta(days=1)
    qualify_instructor(person=teacher, course_code="CO-101", language="es", until_on=tomorrow, by=manager)
    assert "is not qualified on" in client.post(address, asked).content.decode()  # not on that day any more
    assert client.post(address, asked | {"languages": "en"}).status_code == 302


def test_of_a_session_in_both_languages_each_needs_an_instructor(school: School) -> None:
    manager = school.person("SHCP", Role.MANAGER)
    one, two = school.person("SHCP", Role.INSTRUCTOR), school.person("SHCP", Role.INSTRUCTOR)
    qualify_instructor(person=one, course_code="CO-101", language="es", by=manager)
    qualify_instructor(person=two, course_code="CO-101", language="en", by=manager)
    course = school.edition.frozen_courses.get()
    what: dict[str, Any] = {"cohort": school.cohort, "course": course, "plan": a_plan(languages="both"), "shares": {}}
    with pytest.raises(NotQualified):
        plan_session(**what, instructors={one: LEAD}, by=manager)
    plan_session(**what, instructors={one: LEAD, two: SessionInstructor.Part.ASSISTANT}, by=manager)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ends": "08:00"}, "The session ends before it begins"),
        ({"day": "2020-01-01"}, "would begin in the past"),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"seats_1": "4"}, "Choose an agency or office and say how many seats"),
        ({"time_zone": ""}, "This field is required"),
        ({"day": "2027-03-14", "begins": "02:30", "time_zone": "America/Chicago"}, "Clocks are put forward"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(school: School, fields: dict[str, Any], said: str) -> None:
    client = school.client(school.person("SHCP", Role.MANAGER))
    course = school.edition.frozen_courses.get()
    page = client.post("/en/manage/cohorts/cohort-1/sessions/plan/", form_of(course=course.pk, **fields))
    assert said in page.content.decode() and not Session.objects.exists()


# Seats ---------------------------------------------------------------------------------------------------------------


def test_whoever_comes_after_the_last_seat_waits_and_moves_up_in_order(school: School) -> None:
    session = a_session(school)
    first, second, third, fourth = officers(school, 4)
    done = sign_up(session=session, enrollments=[first, second, third, fourth], by=None)
    assert (done.seated, done.waiting) == (2, 2)
    assert states(session) == ["signed_up", "signed_up", "waiting", "waiting"]
    give_back(place=session.places.get(enrollment=second), by=second.person)
    assert states(session) == ["signed_up", "declined", "signed_up", "waiting"]
    letter = Letter.objects.get(kind="session_promotion")
    assert letter.recipient == third.person and letter.language == "es"
    again = sign_up(session=session, enrollments=[second], by=second.person)
    assert again.waiting == 1  # behind the fourth
    change_session(session=session, plan=a_plan(capacity=3), shares={}, instructors={}, by=None)
    assert states(session) == ["signed_up", "waiting", "signed_up", "signed_up"]
    with pytest.raises(MoreAreSeated):
        change_session(session=session, plan=a_plan(capacity=2), shares={}, instructors={}, by=None)


def test_kept_seats_are_for_those_they_are_kept_for(school: School) -> None:
    (mine,) = officers(school, 1)
    session = a_session(school, {(mine.agency_id, None): 1}, capacity=2)
    others = officers(school, 2, "DHS")
    done = sign_up(session=session, enrollments=others, by=None)
    assert (done.seated, done.waiting) == (1, 1)  # the free seat that is left is kept
    assert sign_up(session=session, enrollments=[mine], by=None).seated == 1
    change_session(session=session, plan=a_plan(capacity=3), shares={}, instructors={}, by=None)
    assert not session.places.waiting().exists()


def test_who_leaves_the_cohort_leaves_its_sessions_and_the_next_moves_up(school: School) -> None:
    session = a_session(school, capacity=1)
    first, second = officers(school, 2)
    sign_up(session=session, enrollments=[first, second], by=None)
    withdraw(enrollment=first, reason="transfer", by=None)
    assert states(session) == ["canceled", "signed_up"]


def test_an_officer_signs_up_declines_and_sees_it_in_my_learning(school: School) -> None:
    session = a_session(school)
    user, _, _ = school.trainee()
    client = school.client(user)
    address = f"/es/my-learning/sessions/{session.pk}/"
    assert "Registrarme" in client.get(address).content.decode()
    page = client.post(f"{address}sign-up/", follow=True).content.decode()
    assert "Tiene lugar" in page and session.places.get().state == "signed_up"
    assert address in client.get("/es/my-learning/").content.decode()
    client.post(f"{address}sign-up/")  # pressed twice
    assert session.places.count() == 1 and Letter.objects.filter(kind="session_invitation").count() == 1
    client.post(f"{address}decline/")
    assert session.places.get().state == "declined"
    assert address not in client.get("/es/my-learning/").content.decode()


def test_nobody_signs_up_once_it_has_begun(school: School) -> None:
    session = a_session(school)
    (mine,) = officers(school, 1)
    with clock.simulated(session.starts_at + dt.timedelta(minutes=5)), pytest.raises(SignUpClosed):
        sign_up(session=session, enrollments=[mine], by=mine.person)


def test_a_manager_signs_up_by_numbers_or_by_office_only_the_own_side(school: School) -> None:
    session = a_session(school, capacity=10)
    mine, theirs = officers(school, 2), officers(school, 1, "DHS")
    client = school.client(school.person("SHCP", Role.MANAGER))
    address = f"/en/manage/sessions/{session.pk}/sign-up/"
    number = theirs[0].person.officer_number
    assert "Nobody of yours" in client.post(address, {"numbers": number}).content.decode()
    client.post(address, {"numbers": mine[0].person.officer_number})
    client.post(address, {"office": "all"})
    assert set(session.places.values_list("enrollment", flat=True)) == {each.pk for each in mine}


# Who sees what -------------------------------------------------------------------------------------------------------


def test_names_stay_on_their_side_for_managers_and_instructors_alike(school: School) -> None:
    session = a_session(school, capacity=10)
    (mine,), (theirs,) = officers(school, 1), officers(school, 1, "DHS")
    sign_up(session=session, enrollments=[mine, theirs], by=None)
    teacher = school.person("SHCP", Role.INSTRUCTOR)
    session.instructors.create(person=teacher, part=LEAD)
    for person in (school.person("SHCP", Role.MANAGER), teacher):
        client = school.client(person)
        for page in ("", "roll/", "marks/", "list/"):
            text = client.get(f"/en/manage/sessions/{session.pk}/{page}").content.decode()
            assert theirs.person.surname_1 not in text
        assert mine.person.surname_1 in client.get(f"/en/manage/sessions/{session.pk}/roll/").content.decode()
        place = session.places.get(enrollment=theirs)
        answer = client.post(f"/en/manage/sessions/{session.pk}/roll/{place.pk}/", {f"state-{place.pk}": "absent"})
        assert answer.status_code == 404
        assert client.post(f"/en/manage/sessions/{session.pk}/places/{place.pk}/cancel/").status_code in {403, 404}


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ESC, Role.ADMINISTRATOR])
def test_who_neither_manages_nor_teaches_it_finds_no_session(school: School, role: Role) -> None:
    session = a_session(school)
    client = school.client(school.person("SHCP", role))
    pages = ["", "roll/", "code/", "code.svg", "list/", "marks/", "sheet.pdf"]
    assert {client.get(f"/en/manage/sessions/{session.pk}/{page}").status_code for page in pages} == {404}
    for page in ("change/", "cancel/", "sign-up/"):
        assert client.get(f"/en/manage/sessions/{session.pk}/{page}").status_code == 403


def test_an_officer_of_another_cohort_finds_no_session(school: School) -> None:
    session = a_session(school)
    client = school.client(school.person("SHCP", Role.TRAINEE))
    assert client.get(f"/en/my-learning/sessions/{session.pk}/").status_code == 404
    assert client.post(f"/en/my-learning/sessions/{session.pk}/sign-up/").status_code == 404


def test_a_manager_does_not_reach_the_other_sides_cohort(school: School) -> None:
    session = a_session(school)
    school.cohort.participant = school.participants["DHS"]
    school.cohort.save()
    client = school.client(school.person("SHCP", Role.MANAGER))
    assert client.get(f"/en/manage/sessions/{session.pk}/").status_code == 404
    assert client.get(f"/en/manage/sessions/{session.pk}/change/").status_code == 404


def test_pages_ask_no_more_for_many(school: School) -> None:
    manager, (user, mine, _) = school.person("SHCP", Role.MANAGER), school.trainee()
    clients = {"manager": school.client(manager), "officer": school.client(user)}
    session = a_session(school, capacity=50)
    sign_up(session=session, enrollments=[mine], by=None)
    places = [
        ("manager", "manage/sessions/"), ("manager", "manage/cohorts/cohort-1/sessions/"),
        ("manager", f"manage/sessions/{session.pk}/"), ("manager", f"manage/sessions/{session.pk}/roll/"),
        ("manager", f"manage/sessions/{session.pk}/sign-up/"), ("officer", "my-learning/sessions/"),
        ("officer", "my-learning/"),
    ]  # fmt: skip

    def asked() -> list[int]:
        counts = []
        for who, place in places:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert clients[who].get(f"/en/{place}").status_code == 200
            counts.append(len(queries))
        return counts

    asked()
    few = asked()
    for _ in range(4):
        more = a_session(school, capacity=50)
        sign_up(session=more, enrollments=[mine, *officers(school, 3)], by=None)
    sign_up(session=session, enrollments=officers(school, 6), by=None)
    assert asked() == few
    assert max(few) <= 20


# Letters and calendars -----------------------------------------------------------------------------------------------


def event_in(data: bytes | str) -> Any:
    """The one event of a calendar, read by a library that is not ours."""
    calendar: Any = Calendar.from_ical(data)
    assert not calendar.errors
    (event,) = calendar.events
    assert not event.errors
    return calendar, event


def test_letters_carry_the_event_and_a_change_or_cancellation_replaces_it(
    school: School, mailoutbox: list[Any]
) -> None:
    session = a_session(school)
    user, mine, _ = school.trainee()
    sign_up(session=session, enrollments=[mine], by=None)
    change_session(session=session, plan=a_plan(room="Aula 9; ñandú, «ü»"), shares={}, instructors={}, by=None)
    session.refresh_from_db()
    cancel_session(session=session, reason=Session.Reason.ROOM, by=None)
    assert len(list(send_due_letters())) == 3
    seen = []
    for message in sorted(mailoutbox, key=lambda each: each.message()["Message-ID"]):
        (part,) = [p for p in message.message().walk() if p.get_content_type() == "text/calendar"]
        calendar, event = event_in(part.get_payload(decode=True))
        assert part.get_param("method") == calendar["METHOD"]
        assert event["ATTENDEE"] == f"mailto:{user.email}"
        seen.append((str(calendar["METHOD"]), event["SEQUENCE"], str(event["UID"]), str(event.get("STATUS"))))
    assert [each[:2] for each in seen] == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]
    assert len({each[2] for each in seen}) == 1 and seen[-1][3] == "CANCELLED"
    text = mailoutbox[-1].body
    assert "no se realizará" in text and "el aula no se puede usar" in text


def test_hours_in_a_letter_are_those_of_the_place_in_the_officers_language(school: School) -> None:
    starts = dt.datetime(2027, 1, 14, 15, tzinfo=dt.UTC)
    session = a_session(school, starts_at=starts, ends_at=starts + dt.timedelta(hours=4))
    _, mine, _ = school.trainee(language="es")
    sign_up(session=session, enrollments=[mine], by=None)
    letter = Letter.objects.get()
    said = render_letter(letter_kind_of(letter.kind), letter.context, language=letter.language)
    assert "jueves 14 de enero de 2027" in said.text and "09:00–13:00" in said.text
    english = render_letter(letter_kind_of(letter.kind), letter.context, language="en")
    assert "Thursday, January 14, 2027" in english.text


def test_the_day_before_each_is_reminded_once(school: School) -> None:
    session = a_session(school)
    seated = officers(school, 3)
    sign_up(session=session, enrollments=seated, by=None)  # two seats, one waits
    assert write_session_reminders() == 0
    with clock.simulated(session.starts_at - dt.timedelta(hours=23)):
        assert (write_session_reminders(), write_session_reminders()) == (2, 0)
    assert Letter.objects.filter(kind="session_reminder").count() == 2
    assert Reminder.objects.filter(kind="session").count() == 2, "it counts among what an officer gets in a week"


def test_the_reminder_waits_for_the_end_of_quiet_hours_and_never_too_long(school: School) -> None:
    starts = dt.datetime(2027, 1, 14, 15, tzinfo=dt.UTC)  # nine in the morning in Nuevo Laredo
    session = a_session(school, starts_at=starts, ends_at=starts + dt.timedelta(hours=4))
    (mine,) = officers(school, 1)
    sign_up(session=session, enrollments=[mine], by=None)
    Participant.objects.update(time_zone="America/Monterrey")
    ReminderHours.objects.create(
        participant=mine.participant, quiet_from=dt.time(20), quiet_until=dt.time(8), most_per_week=3, escalate_after=2
    )
    with clock.simulated(starts - dt.timedelta(hours=10)):  # eleven at night
        assert write_session_reminders() == 1
    letter = Letter.objects.get(kind="session_reminder")
    assert letter.next_try_at == starts - dt.timedelta(hours=2), "at eight it would be an hour before"


@pytest.mark.worker
def test_the_worker_reminds_when_somebody_is_to_be_reminded(worker: Worker) -> None:
    school = build()
    session = a_session(school)
    sign_up(session=session, enrollments=officers(school, 2), by=None)
    look_for_sessions()
    assert not Job.objects.filter(kind=SESSION_REMINDERS).exists()
    starts = clock.now() + dt.timedelta(hours=20)
    Session.objects.filter(pk=session.pk).update(starts_at=starts, ends_at=starts + dt.timedelta(hours=4))
    look_for_sessions()
    job = worker.finish(Job.objects.get(kind=SESSION_REMINDERS))
    assert job.state == Job.State.DONE and job.result == {"letters": 2}
    assert Letter.objects.filter(kind="session_reminder").count() == 2


def test_a_feed_needs_no_sign_in_names_nobody_and_ends_when_its_owner_wants(school: School, client: Any) -> None:
    session = a_session(school, online_address="https://meet.example/abc")
    user, mine, _ = school.trainee()
    sign_up(session=session, enrollments=[mine], by=None)
    own = school.client(user)
    own.post("/es/my-learning/calendar/")
    address = own.get("/es/my-learning/calendar/").content.decode().split("/calendar/")[-1].split(".ics")[0]
    answer = client.get(f"/calendar/{address}.ics")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    calendar, event = event_in(answer.content)
    assert calendar["METHOD"] == "PUBLISH" and event.start == session.starts_at and event.end == session.ends_at
    assert user.surname_1.encode() not in answer.content and user.email.encode() not in answer.content
    assert "ATTENDEE" not in event
    cancel_session(session=session, reason=Session.Reason.WEATHER, by=None)
    _, gone = event_in(client.get(f"/calendar/{address}.ics").content)
    assert (gone["UID"], gone["STATUS"], gone["SEQUENCE"]) == (event["UID"], "CANCELLED", 1)
    own.post("/es/my-learning/calendar/")  # a new address
    assert client.get(f"/calendar/{address}.ics").status_code == 404
    fresh = own.get("/es/my-learning/calendar/").content.decode().split("/calendar/")[-1].split(".ics")[0]
    assert client.get(f"/calendar/{fresh}.ics").status_code == 200
    assert client.get(f"/calendar/{fresh[:-1]}x.ics").status_code == 404
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(f"/calendar/{fresh}.ics").status_code == 404


def test_places_are_told_to_their_owner_and_erased_people_leave_no_seat_taken(school: School) -> None:
    from people.held_data import sections
    from people.services.erasure import erase_person

    session = a_session(school, capacity=1)
    first, second = officers(school, 2)
    sign_up(session=session, enrollments=[first, second], by=None)
    told = {section.key: section.read(first.person) for section in sections()}
    assert [row["state"] for row in told["session_places"]] == ["signed_up"]
    erase_person(person=first.person, by=None, reason="requested")  # type: ignore[arg-type]
    assert session.places.get(enrollment=second).state == SessionPlace.State.SIGNED_UP
