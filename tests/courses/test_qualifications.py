"""Who may hold a session or score: said by the own side's managers and administrators, for a course and a language."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from courses.exceptions import NobodyQualifiesThemself, QualificationInThePast, QualifiedAlready
from courses.models import InstructorQualification
from courses.qualified import is_qualified, languages_of, qualified_on
from courses.services.qualifications import end_qualification, qualify_instructor
from people import clock
from people.held_data import sections
from people.models import AuditEntry, User
from people.roles import Role
from people.services.erasure import erase_person
from tests.school import School, build

LIST = "/en/admin/snippets/courses/instructorqualification/"


def form(person: User, **more: Any) -> dict[str, Any]:
    return {
        "email": person.email, "course_code": "CO-101", "language": "es", "from_on": clock.today().isoformat(),
        "until_on": "", "note": "Course for instructors", **more,
    }  # fmt: skip


def holds(person: User, language: str = "es", days: int = 0) -> bool:
    return is_qualified(person=person, course="CO-101", language=language, on=clock.today() + dt.timedelta(days=days))


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMINISTRATOR])
def test_the_own_side_qualifies_an_instructor_and_dates_the_end(school: School, role: Role) -> None:
    instructor = school.person(role=Role.INSTRUCTOR)
    client = school.client(school.person(role=role))
    assert client.post(f"{LIST}add/", form(instructor)).status_code == 302
    assert holds(instructor) and not holds(instructor, "en") and not holds(instructor, days=-1)
    given = InstructorQualification.objects.get()
    assert given.granted_by and AuditEntry.objects.filter(action="courses.qualification.granted").count() == 1
    listed = client.get(LIST).content.decode()
    assert instructor.full_name in listed and "CO-101" in listed
    until = clock.today() + dt.timedelta(days=30)
    changed = form(instructor, until_on=until.isoformat(), language="en", note="other")
    assert client.post(f"{LIST}edit/{given.pk}/", changed).status_code == 302
    given.refresh_from_db()
    assert (given.until_on, given.language, given.note) == (until, "es", "Course for instructors")
    assert holds(instructor, days=30) and not holds(instructor, days=31)
    assert AuditEntry.objects.filter(action="courses.qualification.dated").count() == 1


def test_the_other_side_neither_sees_nor_qualifies_them(school: School) -> None:
    instructor = school.person("SHCP", Role.INSTRUCTOR)
    given = qualify_instructor(person=instructor, course_code="CO-101", language="es", by=None)
    for role in (Role.MANAGER, Role.ADMINISTRATOR):
        client = school.client(school.person("DHS", role))
        assert instructor.surname_1 not in client.get(LIST).content.decode()
        assert client.get(f"{LIST}edit/{given.pk}/").status_code == 404
        refused = client.post(f"{LIST}add/", form(instructor, language="en")).content.decode()
        assert "no instructor with this address among your own" in refused
    assert InstructorQualification.objects.count() == 1


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ESC])
def test_nobody_else_gives_them(school: School, role: Role) -> None:
    client = school.client(school.person(role=role))
    assert client.post(f"{LIST}add/", form(school.person(role=Role.INSTRUCTOR))).status_code in {302, 403}
    assert not InstructorQualification.objects.exists()


def test_only_instructors_are_qualified_and_nobody_says_it_of_themselves(school: School) -> None:
    manager = school.person(role=Role.MANAGER)
    client = school.client(manager)
    assert "no instructor" in client.post(f"{LIST}add/", form(manager)).content.decode()
    with pytest.raises(NobodyQualifiesThemself):
        qualify_instructor(person=manager, course_code="CO-101", language="es", by=manager)
    said = client.post(f"{LIST}add/", form(school.person(role=Role.INSTRUCTOR), course_code="XX-1")).content.decode()
    assert "XX-1" in said and not InstructorQualification.objects.exists()


def test_days_never_overlap_and_never_lie_in_the_past(school: School) -> None:
    instructor, manager = school.person(role=Role.INSTRUCTOR), school.person(role=Role.MANAGER)
    today = clock.today()
    given: dict[str, Any] = {"person": instructor, "course_code": "CO-101", "language": "es", "by": manager}
    first = qualify_instructor(**given, until_on=today + dt.timedelta(days=9))
    with pytest.raises(QualifiedAlready):
        qualify_instructor(**given, from_on=today + dt.timedelta(days=9))
    qualify_instructor(**given, from_on=today + dt.timedelta(days=10))
    with pytest.raises(QualifiedAlready):
        end_qualification(qualification=first, until_on=None, by=manager)
    for past in ({"from_on": today - dt.timedelta(days=1)},):
        with pytest.raises(QualificationInThePast):
            qualify_instructor(**given | {"language": "en"}, **past)
    with pytest.raises(QualificationInThePast):
        end_qualification(qualification=first, until_on=today - dt.timedelta(days=2), by=manager)
    end_qualification(qualification=first, until_on=today - dt.timedelta(days=1), by=manager)
    assert not holds(instructor) and holds(instructor, days=10)
    with pytest.raises(IntegrityError), transaction.atomic():
        InstructorQualification.objects.create(person=instructor, course_code="CO-101", language="es")


def test_who_is_qualified_is_one_question(school: School) -> None:
    here, there = school.person("SHCP", Role.INSTRUCTOR), school.person("DHS", Role.INSTRUCTOR)
    for person, language in ((here, "es"), (here, "en"), (there, "en")):
        qualify_instructor(person=person, course_code="CO-101", language=language, by=None)
    today = clock.today()
    assert set(qualified_on(course="CO-101", language="en", on=today)) == {here, there}
    assert languages_of(person=here, course="CO-101", on=today) == {"en", "es"}
    assert not languages_of(person=here, course="CO-102", on=today)
    User.objects.filter(pk=there.pk).update(is_active=False)
    assert set(qualified_on(course="CO-101", language="en", on=today)) == {here}


def test_the_instructor_is_told_and_an_erasure_takes_the_note(school: School) -> None:
    instructor = school.person(role=Role.INSTRUCTOR)
    qualify_instructor(person=instructor, course_code="CO-101", language="es", by=None, note="With Javier")
    rows = next(each for each in sections() if each.key == "qualifications").read(instructor)
    assert rows[0]["course"] == "CO-101" and rows[0]["note"] == "With Javier"
    erase_person(person=instructor, reason="requested", by=None)
    kept = InstructorQualification.objects.get()
    assert kept.note == "" and "Núñez" not in str(kept)


@pytest.mark.django_db(transaction=True)
def test_two_who_qualify_at_once_make_one(postgresql: None) -> None:
    school = build()
    instructor = school.person(role=Role.INSTRUCTOR)

    def give(day: int) -> str:
        try:
            until = clock.today() + dt.timedelta(days=day)
            qualify_instructor(person=instructor, course_code="CO-101", language="es", by=None, until_on=until)
        except QualifiedAlready:
            return "refused"
        finally:
            connection.close()
        return "given"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(give, [5, 6])) == ["given", "refused"]
    assert InstructorQualification.objects.count() == 1
