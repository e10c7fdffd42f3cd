"""Cohorts: a manager sees the own side, on few queries; completion is decided once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from certificates.models import Credential
from courses.models import CoursePage
from curricula.models import Cohort, Curriculum, CurriculumEdition, Enrollment
from curricula.services.completion import complete_enrollment_of
from curricula.services.editions import propose_edition
from curricula.services.enrollments import enroll, withdraw
from people import clock
from people.roles import Role
from tests.courses.test_taking_a_quiz import answer_page, ready
from tests.school import School

BOARD = "/en/manage/cohorts/cohort-1/"


def test_the_board_costs_the_same_for_five_and_for_fifty(school: School, django_assert_max_num_queries: object) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    for count in (5, 50):
        enroll(people=[school.person() for _ in range(count)], cohort=school.cohort, by=None)
        with django_assert_max_num_queries(20):  # type: ignore[operator]
            page = manager.get(BOARD).content.decode()
    assert "55" in page


def test_a_manager_sees_the_officers_of_the_own_side_only(school: School) -> None:
    mexican, _, _ = school.trainee("SHCP", surname_1="Güemes")
    american, _, _ = school.trainee("DHS", surname_1="Whitfield")
    with clock.simulated(clock.now() + dt.timedelta(days=20)):
        page = school.client(school.person("SHCP", Role.MANAGER)).get(BOARD).content.decode()
        assert mexican.full_name in page and american.full_name not in page
        page = school.client(school.person("DHS", Role.MANAGER)).get(BOARD).content.decode()
        assert american.full_name in page and mexican.full_name not in page


def test_a_cohort_of_the_other_side_is_not_found(school: School) -> None:
    school.cohort.participant = school.participants["SHCP"]
    school.cohort.save()
    other = school.client(school.person("DHS", Role.MANAGER))
    for tail in ("", "roster/"):
        assert other.get(BOARD + tail).status_code == 404
    assert "cohort-1" not in other.get("/en/manage/cohorts/").content.decode()
    for role in (Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ESC):
        assert school.client(school.person("SHCP", role)).get(BOARD).status_code == 403
    assert Client().get(BOARD).headers["Location"].startswith("/en/account/login/")


def test_completing_the_last_course_completes_the_curriculum_and_issues_one_credential(school: School) -> None:
    client, attempt = ready(school)
    for page in range(1, 6):
        answer_page(client, attempt, page)
    client.post(f"/en/attempts/{attempt.pk}/review/")
    enrollment = Enrollment.objects.get(person=attempt.record.person)
    assert enrollment.state == "completed" and enrollment.completed_at
    assert Credential.objects.get().person == attempt.record.person
    assert complete_enrollment_of(record_id=attempt.record_id, at=clock.now(), by=None) is False
    assert Credential.objects.count() == 1


def test_a_withdrawn_officer_keeps_the_record_and_loses_the_place(school: School) -> None:
    user, enrollment, record = school.trainee()
    client = school.client(user)
    client.get("/en/courses/co-101/lesson-1/")
    assert withdraw(enrollment=enrollment, reason="transfer", by=None)
    assert not withdraw(enrollment=enrollment, reason="transfer", by=None)
    assert client.get("/en/courses/co-101/lesson-1/").status_code == 302
    assert record.lessons.count() == 1


def test_enrolling_twice_changes_nothing_and_the_database_agrees(school: School) -> None:
    user, enrollment, _ = school.trainee()
    assert enroll(people=[user], cohort=school.cohort, by=None) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrollment.objects.create(
            person=user,
            cohort=school.cohort,
            participant=user.participant,
            agency=user.agency,
            office=user.office,
            language="es",
        )
    assert enrollment.courses.count() == 1


def test_an_empty_cohort_teaches_what_to_do(school: School) -> None:
    page = school.client(school.person("SHCP", Role.MANAGER)).get(BOARD).content.decode()
    assert "Nobody is enrolled yet" in page


def test_the_administration_shows_a_cohort_to_its_own_side_only(school: School) -> None:
    call_command("sync_roles", verbosity=0)
    school.cohort.participant = school.participants["SHCP"]
    school.cohort.save()
    own = school.client(school.person("SHCP", Role.MANAGER))
    other = school.client(school.person("DHS", Role.MANAGER))
    index = "/en/admin/snippets/curricula/cohort/"
    assert "cohort-1" in own.get(index).content.decode()
    assert "cohort-1" not in other.get(index).content.decode()
    for tail in ("edit", "history", "usage"):
        assert own.get(f"{index}{tail}/{school.cohort.pk}/").status_code == 200
        assert other.get(f"{index}{tail}/{school.cohort.pk}/").status_code == 404


def test_the_edition_never_changes_under_a_cohort_and_a_manager_makes_cohorts_of_the_own_side(school: School) -> None:
    call_command("sync_roles", verbosity=0)
    manager = school.client(school.person("SHCP", Role.MANAGER))
    school.trainee()
    other = propose_edition(curriculum=changed(school), by=None)
    form = {
        "code": "cohort-1", "name_en": "One", "name_es": "Uno", "edition": other.pk, "participant": "",
        "opens_on": "2026-01-01", "closes_on": "2026-12-01", "target_persons": 0, "seats": 0,
    }  # fmt: skip
    edit = f"/en/admin/snippets/curricula/cohort/edit/{school.cohort.pk}/"
    assert manager.post(edit, form).status_code == 200, "a candidate is no choice"
    CurriculumEdition.objects.filter(pk=other.pk).update(state="superseded")
    school.cohort.edition_id = other.pk
    with pytest.raises(ValidationError, match="Officers follow the edition already"):
        school.cohort.full_clean()
    add = "/en/admin/snippets/curricula/cohort/add/"
    mine = form | {"code": "mine", "edition": school.edition.pk, "participant": school.participants["SHCP"].pk}
    theirs = mine | {"code": "theirs", "participant": school.participants["DHS"].pk}
    assert manager.post(add, mine).status_code == 302
    assert manager.post(add, theirs).status_code == 200
    assert set(Cohort.objects.values_list("code", flat=True)) == {"cohort-1", "mine"}


def changed(school: School) -> Curriculum:
    draft = CoursePage.objects.get().get_latest_revision_as_object()
    draft.title_en, draft.title_es = "Changed", "Cambiado"
    draft.save_revision()
    return school.curriculum
