"""Attendance: by roll, by code, from the sheet; corrections keep what was; nothing is shown as stored before it is."""

from __future__ import annotations

import csv
import datetime as dt
import io
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from curricula.attendance_list import Mark, read_list
from curricula.models import AttendanceMark, Enrollment, Session, SessionPlace
from curricula.seating import Room
from curricula.services.attendance import record_attendance
from curricula.services.places import give_back, sign_up
from curricula.session_code import LIVES_SECONDS, code_for
from curricula.session_refusals import AttendanceRecorded, TooEarly
from curricula.session_selectors import attendance_of, attendance_rows, sessions_of_cohort
from people import clock
from people.exceptions import DomainError
from people.models import AuditEntry
from people.roles import Role
from tests.school import School, build

from .test_sessions import LEAD, a_session, officers

ROLL = AttendanceMark.How.ROLL


@pytest.fixture
def begun(school: School) -> tuple[Session, list[SessionPlace], Any]:
    """A session that began half an hour ago, three officers with a seat, and a browser of its instructor."""
    now = clock.now()
    session = a_session(school, capacity=5, starts_at=now + dt.timedelta(hours=1), ends_at=now + dt.timedelta(hours=5))
    sign_up(session=session, enrollments=officers(school, 3), by=None)
    starts = now - dt.timedelta(minutes=30)
    Session.objects.update(starts_at=starts, ends_at=starts + dt.timedelta(hours=4))
    session.refresh_from_db()
    teacher = school.person("SHCP", Role.INSTRUCTOR)
    session.instructors.create(person=teacher, part=LEAD)
    return session, list(session.places.order_by("pk")), school.client(teacher)


def now_is(place: SessionPlace) -> tuple[str, int | None]:
    place.refresh_from_db()
    return place.attendance, place.minutes


# By roll -------------------------------------------------------------------------------------------------------------


def test_each_mark_is_stored_by_itself_and_the_answer_is_what_is_stored(begun: Any) -> None:
    session, (one, two, three), client = begun
    address = f"/en/manage/sessions/{session.pk}/roll/"

    def press(place: SessionPlace, state: str, minutes: str = "") -> Any:
        return client.post(f"{address}{place.pk}/", {f"state-{place.pk}": state, f"minutes-{place.pk}": minutes})

    assert press(one, "present").json()["state"] == "present" and now_is(one) == ("present", 240)
    answer = press(two, "partial", "95").json()
    assert (answer["state"], answer["minutes"]) == ("partial", 95) and answer["stored"].startswith("Stored at ")
    assert "1 present, 1 partly" in answer["counts"]
    for wrong in ("", "0", "241", "ten", "²"):
        refused = press(three, "partial", wrong)
        assert refused.status_code == 400 and "from 1 to 240" in refused.json()["error"]
    assert now_is(three) == ("", None)
    press(two, "excused")  # a correction
    press(two, "excused")  # pressed twice
    marks = list(two.marks.values_list("attendance", "minutes", "how"))
    assert marks == [("partial", 95, "roll"), ("excused", 0, "roll")]
    entry = AuditEntry.objects.filter(action="curricula.attendance.recorded").latest("sequence")
    assert (entry.before["attendance"], entry.after["attendance"]) == ("partial", "excused")
    page = client.get(f"/en/manage/sessions/{session.pk}/marks/").content.decode()
    assert "95" in page and "excused" in page


def test_without_script_the_whole_form_stores_what_was_changed_or_nothing(begun: Any) -> None:
    session, (one, two, three), client = begun
    address = f"/es/manage/sessions/{session.pk}/roll/"
    form = {f"was-{place.pk}": ":" for place in (one, two, three)}
    form |= {f"state-{one.pk}": "present", f"state-{two.pk}": "partial", f"minutes-{two.pk}": "999"}
    assert client.post(address, form).status_code == 400
    assert not AttendanceMark.objects.exists()
    record_attendance(
        session=session, marks={three.pk: Mark("excused", 0)}, how=ROLL, by=None
    )  # somebody else, meanwhile
    assert client.post(address, form | {f"minutes-{two.pk}": "60"}).status_code == 302
    assert [now_is(place)[0] for place in (one, two, three)] == ["present", "partial", "excused"]


def test_attendance_is_not_recorded_long_before_and_its_place_is_not_given_back_after(school: School) -> None:
    session = a_session(school)
    (mine,) = officers(school, 1)
    sign_up(session=session, enrollments=[mine], by=None)
    place = session.places.get()
    mark = {place.pk: Mark("present", session.minutes)}
    with pytest.raises(TooEarly):
        record_attendance(session=session, marks=mark, how=ROLL, by=None)
    with clock.simulated(session.starts_at - dt.timedelta(minutes=20)):
        record_attendance(session=session, marks=mark, how=ROLL, by=None)
        with pytest.raises(AttendanceRecorded):
            give_back(place=place, by=None)


def test_closing_the_roll_leaves_nobody_without_a_mark_of_the_own_side_alone(school: School, begun: Any) -> None:
    session, (one, _, _), client = begun
    theirs = officers(school, 1, "DHS")
    sign_up(session=session, enrollments=theirs, by=None)
    record_attendance(session=session, marks={one.pk: Mark("present", 240)}, how=ROLL, by=None)
    client.post(f"/en/manage/sessions/{session.pk}/close/")
    session.refresh_from_db()
    assert session.state == "planned"  # the other side's roll is open
    assert list(session.places.order_by("pk").values_list("attendance", flat=True)) == [
        "present",
        "absent",
        "absent",
        "",
    ]
    school.client(school.person("DHS", Role.MANAGER)).post(f"/en/manage/sessions/{session.pk}/close/")
    session.refresh_from_db()
    assert session.state == "held"
    assert client.post(f"/en/manage/sessions/{session.pk}/close/", follow=True).status_code == 200


def test_a_mark_is_never_changed_or_removed_by_anybody(begun: Any) -> None:
    session, (one, _, _), _ = begun
    record_attendance(session=session, marks={one.pk: Mark("absent", 0)}, how=ROLL, by=None)
    for statement in (
        lambda: AttendanceMark.objects.update(minutes=240),
        lambda: AttendanceMark.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement()
    with pytest.raises(TypeError):
        AttendanceMark.objects.get().save()


# By code -------------------------------------------------------------------------------------------------------------


def test_an_officer_scans_the_code_and_is_present(school: School, begun: Any, client: Any) -> None:
    session, (one, two, _), teacher = begun
    Session.objects.update(starts_at=clock.now() - dt.timedelta(minutes=5))
    code = code_for(session.pk)
    own = school.client(one.enrollment.person)
    led = own.get(f"/a/{code}", follow=True)
    assert led.redirect_chain[-1][0] == f"/es/attend/{code}/" and now_is(one) == ("", None)  # looking stores nothing
    said = own.post(f"/es/attend/{code}/").content.decode()
    assert "notice--done" in said and now_is(one)[0] == "present"
    record = own.get("/es/my-learning/record/").content.decode()
    assert "Sesiones con instructor" in record and ">215<" in record
    own.post(f"/es/attend/{code}/")
    assert one.marks.count() == 1 and one.marks.get().how == "code"
    assert client.post(f"/es/attend/{code}/").status_code == 302  # not signed in
    drawing = teacher.get(f"/en/manage/sessions/{session.pk}/code.svg")
    assert drawing["Content-Type"] == "image/svg+xml" and drawing.content.startswith(b"<?xml")
    # an instructor's mark is not overwritten by a scan
    record_attendance(session=session, marks={two.pk: Mark("absent", 0)}, how=ROLL, by=None)
    school.client(two.enrollment.person).post(f"/es/attend/{code}/")
    assert now_is(two)[0] == "absent"


def test_whoever_comes_late_was_there_for_what_was_left(school: School, begun: Any) -> None:
    session, (one, _, _), _ = begun
    school.client(one.enrollment.person).post(f"/en/attend/{code_for(session.pk)}/")
    state, minutes = now_is(one)
    assert state == "partial" and minutes in {209, 210}


def test_a_photographed_code_is_useless_after_its_minutes_and_for_others(school: School, begun: Any) -> None:
    session, (one, _, _), _ = begun
    with clock.simulated(clock.now() - dt.timedelta(seconds=LIVES_SECONDS + 31)):
        old = code_for(session.pk)
    own = school.client(one.enrollment.person)
    answer = own.post(f"/en/attend/{old}/")
    assert answer.status_code == 409 and "not valid any more" in answer.content.decode()
    code = code_for(session.pk)
    assert own.post(f"/en/attend/{code[:-1]}x/").status_code == 409  # not signed here
    assert own.post(f"/en/attend/{code.replace(str(session.pk), str(session.pk + 1), 1)}/").status_code in {404, 409}
    enrolled = school.trainee()[0]
    assert "You have no seat" in school.client(enrolled).post(f"/en/attend/{code}/").content.decode()
    assert school.client(school.person("SHCP", Role.TRAINEE)).post(f"/en/attend/{code}/").status_code == 404
    assert not AttendanceMark.objects.exists()


@pytest.mark.parametrize("minutes", [-45, 5 * 60])
def test_a_code_counts_only_within_the_sessions_time(school: School, begun: Any, minutes: int) -> None:
    session, (one, _, _), _ = begun
    Session.objects.update(
        starts_at=clock.now() - dt.timedelta(minutes=minutes), ends_at=clock.now() + dt.timedelta(minutes=239 - minutes)
    )
    answer = school.client(one.enrollment.person).post(f"/en/attend/{code_for(session.pk)}/")
    assert answer.status_code == 409 and "only during the session" in answer.content.decode()
    assert now_is(one) == ("", None)


# From the sheet ------------------------------------------------------------------------------------------------------


def test_the_sheet_to_sign_names_the_own_officers_with_a_seat(school: School, begun: Any) -> None:
    session, places, client = begun
    theirs = officers(school, 1, "DHS")
    sign_up(session=session, enrollments=theirs, by=None)
    answer = client.get(f"/es/manage/sessions/{session.pk}/sheet.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    for place in places:
        assert place.enrollment.person.officer_number in text
    assert theirs[0].person.officer_number not in text and "Firma" in text and "Signature" in text


def test_a_long_sheet_has_its_heads_on_each_page(school: School, begun: Any) -> None:
    session, _, client = begun
    Session.objects.update(capacity=60)
    sign_up(session=session, enrollments=officers(school, 30), by=None)
    pages = PdfReader(io.BytesIO(client.get(f"/en/manage/sessions/{session.pk}/sheet.pdf").content)).pages
    assert len(pages) > 1 and all("Signature" in page.extract_text() for page in pages)


def test_a_list_is_shown_first_and_stored_whole_or_not_at_all(begun: Any) -> None:
    session, (one, two, three), client = begun
    numbers = [place.enrollment.person.officer_number for place in (one, two, three)]
    address = f"/en/manage/sessions/{session.pk}/list/"
    text = f"officer_number;state;minutes\n{numbers[0]}\n{numbers[1].lower()}; parcial; 90 min\n"
    wrong = client.post(address, {"text": f"{text}{numbers[0]}\nN-9999\n{numbers[2]};slept\n", "apply": "yes"})
    said = wrong.content.decode()
    assert "stands already in line 2" in said and "“N-9999”" in said and "“slept”" in said
    preview = client.post(address, {"text": text, "rest_absent": "on"}).content.decode()
    assert "Nothing has been written yet" in preview and "Store 3 marks" in preview
    assert not AttendanceMark.objects.exists()
    client.post(address, {"text": text, "rest_absent": "on", "apply": "yes"})
    assert [now_is(place) for place in (one, two, three)] == [("present", 240), ("partial", 90), ("absent", 0)]
    assert set(AttendanceMark.objects.values_list("how", flat=True)) == {"sheet"}
    file = io.BytesIO(f"{numbers[2]},justificado\n".encode("cp1252"))
    file.name = "sheet.csv"
    corrected = client.post(address, {"file": file}).content.decode()
    assert "corrects: absent" in corrected


@given(st.text(max_size=300), st.integers(min_value=1, max_value=600))
def test_whatever_is_pasted_no_mark_is_longer_than_the_session(text: str, length: int) -> None:
    read = read_list(text, officers={"n-1": 1, "n-2": 2}, length=length)
    assert read.marks or read.errors
    for _, mark in read.marks.values():
        assert 0 <= mark.minutes <= length
        assert (mark.minutes == 0) == (mark.state in {"absent", "excused"})


@given(
    st.integers(min_value=1, max_value=8),
    st.dictionaries(st.tuples(st.integers(1, 2), st.sampled_from([None, 1, 2])), st.integers(0, 4), max_size=4),
    st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=20),
)
def test_a_room_is_never_overfull_and_keeps_what_it_keeps(
    capacity: int, shares: dict[Any, int], people: list[tuple[int, int]]
) -> None:
    if sum(shares.values()) > capacity:
        return
    room = Room(capacity, shares)
    for agency, office in people:
        room.seat(agency, office)
    assert room.occupied + room.kept <= capacity
    for agency, office in shares:
        if office and room.taken.get((agency, office), 0) < shares[agency, office]:
            assert room.has_seat(agency, office)


# Figures -------------------------------------------------------------------------------------------------------------


def test_figures_of_a_cohort_take_two_queries(school: School, begun: Any, django_assert_num_queries: Any) -> None:
    session, (one, two, _), _ = begun
    marks = {one.pk: Mark("present", 240), two.pk: Mark("partial", 60)}
    record_attendance(session=session, marks=marks, how=ROLL, by=None)
    with django_assert_num_queries(2):
        found = sessions_of_cohort(school.cohort, Enrollment.objects.all())
    assert (found.planned, found.seats, found.attendance.attended, found.attendance.minutes) == (1, 5, 2, 300)
    assert attendance_of(session.places.all()).unrecorded == 1
    with django_assert_num_queries(1):
        rows = list(attendance_rows(Enrollment.objects.filter(cohort=school.cohort)))
    assert [(row["attendance"], row["minutes"]) for row in rows][:2] == [("present", 240), ("partial", 60)]


# Races ---------------------------------------------------------------------------------------------------------------


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_the_last_seats_nobody_sits_twice(postgresql: None) -> None:
    school = build()
    session = a_session(school, capacity=3)
    mine = officers(school, 8)
    start, failed = threading.Barrier(len(mine)), list[BaseException]()

    def run(enrollment: Enrollment) -> None:
        try:
            start.wait()
            sign_up(session=session, enrollments=[enrollment], by=enrollment.person)
        except BaseException as fault:  # noqa: BLE001 (told below)
            failed.append(fault)
        finally:
            connection.close()

    _together([threading.Thread(target=run, args=[each]) for each in mine])
    assert not failed
    assert session.places.seated().count() == 3 and session.places.waiting().count() == 5


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_seats_given_back_while_others_sign_up_are_all_taken_once(postgresql: None) -> None:
    school = build()
    session = a_session(school, capacity=3)
    mine = officers(school, 9)
    sign_up(session=session, enrollments=mine[:6], by=None)
    start, failed = threading.Barrier(6), list[BaseException]()

    def run(enrollment: Enrollment, leaves: bool) -> None:
        try:
            start.wait()
            if leaves:
                give_back(place=session.places.get(enrollment=enrollment), by=enrollment.person)
            else:
                sign_up(session=session, enrollments=[enrollment], by=enrollment.person)
        except DomainError as fault:
            failed.append(fault)
        finally:
            connection.close()

    _together([threading.Thread(target=run, args=[each, n < 3]) for n, each in enumerate([*mine[:3], *mine[6:]])])
    assert not failed
    assert session.places.seated().count() == 3 and session.places.waiting().count() == 3
    order = list(session.places.filter(state="signed_up").order_by("pk").values_list("enrollment", flat=True))
    assert order == [each.pk for each in mine[3:6]]  # those who waited first


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_a_code_scanned_twice_at_once_leaves_one_mark(postgresql: None) -> None:
    from curricula.services.attendance import attend_by_code

    school = build()
    session = a_session(school)
    (mine,) = officers(school, 1)
    sign_up(session=session, enrollments=[mine], by=None)
    starts = clock.now() - dt.timedelta(minutes=5)
    Session.objects.update(starts_at=starts, ends_at=starts + dt.timedelta(hours=2))
    session.refresh_from_db()
    start = threading.Barrier(4)

    def run() -> None:
        start.wait()
        attend_by_code(session=session, enrollment=mine, by=mine.person)
        connection.close()

    _together([threading.Thread(target=run) for _ in range(4)])
    assert AttendanceMark.objects.count() == 1


def _together(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


# On the board and in files --------------------------------------------------------------------------------------------


def test_the_board_and_the_export_tell_how_sessions_were_attended(school: School, begun: Any, tmp_path: Path) -> None:
    session, (one, two, _three), _client = begun
    marks = {one.pk: Mark("present", session.minutes), two.pk: Mark("partial", 60)}
    record_attendance(session=session, marks=marks, how=ROLL, by=None)
    manager = school.client(school.person("SHCP", Role.MANAGER, language="en"))
    board = manager.get("/en/manage/cohorts/cohort-1/").content.decode()
    assert "Of 3 seats in sessions that have begun, 1 officers were there all the time." in board
    assert "not recorded yet" in board
    other = school.client(school.person("DHS", Role.MANAGER, language="en"))
    assert "How were sessions attended?" not in other.get("/en/manage/cohorts/cohort-1/").content.decode()
    path = tmp_path / "attendance.csv"
    call_command("export_cohort", "cohort-1", content=["attendance"], format="csv", output=path, stdout=io.StringIO())
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert [(row["Attendance"], row["Minutes present"]) for row in rows] == [
        ("present", "240"), ("partial", "60"), ("not recorded", ""),
    ]  # fmt: skip
