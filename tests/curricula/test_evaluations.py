"""The evaluation of a course: counted and never kept by person; the manager sees no small count, and none too early."""

from __future__ import annotations

import datetime as dt

import pytest

from courses.models import CourseRecord
from curricula.models import EvaluationGiven, EvaluationTally
from people import clock
from people.held_data import sections
from people.models import AuditEntry, User
from people.roles import Role
from tests.school import School, build


@pytest.fixture
def school(db: None) -> School:
    return build()


def finished(school: School, side: str = "SHCP") -> tuple[User, CourseRecord]:
    """An officer who has completed the course."""
    user, _, record = school.trainee(side)
    record.objects_done, record.completed_at = record.objects_total, clock.now()
    record.save()
    return user, record


ANSWERS = {"clear": "5", "useful": "4", "language": "2"}


def test_an_answer_is_counted_and_nothing_ties_it_to_its_officer(school: School) -> None:
    user, record = finished(school)
    client = school.client(user)
    address = f"/en/my-learning/evaluate/{record.pk}/"
    assert address in client.get("/en/my-learning/").content.decode()
    entries = AuditEntry.objects.count()
    client.post(address, {**ANSWERS, "fair": "9", "unknown": "5"})
    assert sorted(EvaluationTally.objects.values_list("question", "value", "count")) == [
        ("clear", 5, 1), ("language", 2, 1), ("useful", 4, 1),
    ]  # fmt: skip
    assert AuditEntry.objects.count() == entries
    fields = {field.name for field in EvaluationTally._meta.get_fields()}
    assert fields == {"id", "cohort", "participant", "course_code", "question", "value", "count"}
    assert {field.name for field in EvaluationGiven._meta.get_fields()} == {"id", "record"}
    held = next(section for section in sections() if section.key == "evaluations").read(user)
    assert held == [{"cohort": "cohort-1", "course": "CO-101"}]
    assert "evaluated this course" in client.post(address, ANSWERS, follow=True).content.decode()
    assert EvaluationTally.objects.get(question="clear").count == 1
    assert address not in client.get("/en/my-learning/").content.decode()


def test_it_is_the_officers_own_and_only_of_a_completed_course(school: School) -> None:
    user, record = finished(school)
    assert school.client(school.trainee()[0]).get(f"/en/my-learning/evaluate/{record.pk}/").status_code == 404
    unfinished, _, open_record = school.trainee()
    assert school.client(unfinished).post(f"/en/my-learning/evaluate/{open_record.pk}/", ANSWERS).status_code == 404
    client = school.client(user)
    assert "at least one" in client.post(f"/en/my-learning/evaluate/{record.pk}/", {}).content.decode()
    with clock.simulated(clock.now() + dt.timedelta(days=61)):
        page = client.post(f"/en/my-learning/evaluate/{record.pk}/", ANSWERS).content.decode()
    assert "until its cohort closes" in page
    assert not EvaluationGiven.objects.exists() and not EvaluationTally.objects.exists()


def test_the_manager_sees_own_counts_after_the_close_and_no_small_one(school: School) -> None:
    for number in range(6):
        user, record = finished(school)
        given = {"clear": "5", "useful": "4" if number else "1"}
        school.client(user).post(f"/en/my-learning/evaluate/{record.pk}/", given)
    for _ in range(3):
        user, record = finished(school, "DHS")
        school.client(user).post(f"/en/my-learning/evaluate/{record.pk}/", {"clear": "1"})
    manager = school.client(school.person("SHCP", Role.MANAGER))
    address = "/en/manage/cohorts/cohort-1/evaluations/"
    before = manager.get(address).content.decode()
    assert "6 of 6" in before and "Answers are shown after" in before
    with clock.simulated(clock.now() + dt.timedelta(days=61)):
        page = manager.get(address).content.decode()
        other = school.client(school.person("DHS", Role.MANAGER)).get(address).content.decode()
    cells = [cell.split("</td>")[0] for cell in page.split('<td class="n">')[1:]]
    assert "100%" in cells[1], "six of six agree that it was clear"
    assert "withheld" in cells[2], "one disagreed that it is useful"
    assert "withheld" in cells[3], "nobody answered"
    assert "%" not in other.split("<tbody>")[1].split("</tbody>")[0], "three are too few"
    assert school.client(school.person("SHCP", Role.INSTRUCTOR)).get(address).status_code == 403
