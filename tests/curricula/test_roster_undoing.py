"""An import taken back: people and enrollments as they were; or the reasons why not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Model
from django.test import Client

from courses.models import CourseRecord
from courses.services.lessons import open_lesson
from curricula.models import EnrolledCourse, Enrollment, RosterImport
from curricula.roster_files import memory_of
from jobs.models import Job
from jobs.services import run
from people.models import AuditEntry, Office, RoleGrant, User
from people.roles import Role
from people.services.invitations import invite
from tests.school import School

from .test_rosters import ANA, HEADING, LUIS, applied, upload

EVA = "A-3,Eva,Paz,,eva.paz@aduanas.example,AGA,Matamoros,Vista,en"


def rows_of(*models: type[Model]) -> list[list[dict[str, Any]]]:
    return [list(model._base_manager.order_by("pk").values()) for model in models]


def everything() -> list[list[dict[str, Any]]]:
    return rows_of(User, Office, RoleGrant, Enrollment, EnrolledCourse, CourseRecord)


def undone(client: Client, applied_: RosterImport) -> Job:
    client.post(f"/en/manage/rosters/{applied_.pk}/")
    job = Job.objects.latest("pk")
    run(job_id=job.pk)
    job.refresh_from_db()
    return job


@pytest.fixture
def manager(school: School) -> Client:
    return school.client(school.person("SHCP", Role.MANAGER, language="en"))


@pytest.fixture
def second(school: School, manager: Client) -> tuple[list[list[dict[str, Any]]], RosterImport]:
    """How it was before a roster that adds one, changes one and withdraws one."""
    applied(manager, upload(manager, f"{HEADING}\n{ANA}\n{LUIS}".encode()))
    before = everything()
    changed = ANA.replace("Nuevo Laredo", "Tijuana").replace("Peña", "Peñaloza")
    applied(manager, upload(manager, f"{HEADING}\n{changed}\n{EVA}".encode()), withdraws="yes", reason="Moved away")
    assert len(set(Enrollment.objects.values_list("state", flat=True))) == 2
    return before, RosterImport.objects.latest("pk")


def test_undoing_restores_everything_as_it_was(manager: Client, second: Any) -> None:
    before, applied_ = second
    assert (applied_.people_added, applied_.people_changed, applied_.enrolled, applied_.withdrawn) == (1, 1, 1, 1)
    page = manager.get(f"/en/manage/rosters/{applied_.pk}/").content.decode()
    assert "Undo this import</button>" in page
    assert undone(manager, applied_).state == "done"
    assert everything() == before
    assert "undone" in manager.get("/en/manage/cohorts/cohort-1/roster/").content.decode()
    entry = AuditEntry.objects.get(action="curricula.roster.undone")
    assert entry.data["removed"] == 1 and entry.data["changed"] == 1
    assert AuditEntry.objects.filter(action="curricula.roster.person_removed").count() == 1
    again = undone(manager, applied_)
    assert again.state == "done" and everything() == before, "twice is once"


def test_what_an_undoing_needs_is_forgotten_with_it(
    manager: Client, second: Any, django_capture_on_commit_callbacks: Any
) -> None:
    _before, applied_ = second
    kept = memory_of(applied_.pk, applied_.applied_at)
    assert "Peña" in json.dumps(json.loads(kept.read_text()), ensure_ascii=False)
    with django_capture_on_commit_callbacks(execute=True):
        undone(manager, applied_)
    assert not kept.exists()


def learn(school: School) -> None:
    eva = Enrollment.objects.get(person__email="eva.paz@aduanas.example")
    open_lesson(record=eva.courses.get().record, lesson_code="CO-101-L1", language="en", by=eva.person)


def invite_eva(school: School) -> None:
    invite(person=User.objects.get(email="eva.paz@aduanas.example"), by=school.person("SHCP", Role.MANAGER))


def change_ana(school: School) -> None:
    User.objects.filter(email="ana.ruiz@aduanas.example").update(position="Jefa")


def lose_the_file(school: School) -> None:
    for path in (Path(settings.PUENTE_PRIVATE_DIR) / "rosters-before").glob("*/*"):
        path.unlink()


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (learn, "1 officer whom it enrolled has begun to learn"),
        (invite_eva, "1 person whom it added was invited"),
        (change_ana, "1 person was changed again since"),
        (lose_the_file, "is not kept any more"),
    ],
)
def test_what_would_be_lost_is_said_and_nothing_is_undone(
    school: School, manager: Client, second: Any, event: Any, sentence: str
) -> None:
    _before, applied_ = second
    event(school)
    now = everything()
    page = manager.get(f"/en/manage/rosters/{applied_.pk}/").content.decode()
    assert sentence in page and "Undo this import</button>" not in page
    job = undone(manager, applied_)
    assert job.state == "failed" and sentence in job.errors[0]["sentence"]
    assert everything() == now


def test_an_office_that_others_use_by_now_stays(school: School, manager: Client, second: Any) -> None:
    _before, applied_ = second
    tijuana = Office.objects.get(name_es="Tijuana")
    other, *_ = school.trainee("SHCP")
    User.objects.filter(pk=other.pk).update(office=tijuana)
    assert undone(manager, applied_).state == "done"
    assert Office.objects.filter(pk=tijuana.pk).exists() and not Office.objects.filter(name_es="Matamoros").exists()


def test_an_import_is_there_for_its_own_side_only(school: School, second: Any) -> None:
    _before, applied_ = second
    for side, role, status in (
        ("DHS", Role.MANAGER, 404), ("SHCP", Role.ESC, 403), ("SHCP", Role.TRAINEE, 403), ("SHCP", Role.MANAGER, 200),
    ):  # fmt: skip
        client = school.client(school.person(side, role))
        assert client.get(f"/en/manage/rosters/{applied_.pk}/").status_code == status
        if status != 200:
            assert client.post(f"/en/manage/rosters/{applied_.pk}/").status_code == status
    assert not Job.objects.filter(kind="undo_roster").exists()


def test_a_roster_by_command_is_undone_by_the_side_of_its_cohort(school: School, tmp_path: Path) -> None:
    from io import StringIO

    from django.core.management import call_command

    school.cohort.participant = school.participants["SHCP"]
    school.cohort.save()
    path = tmp_path / "roster.csv"
    path.write_text(f"{HEADING}\n{ANA}\n", encoding="utf-8")
    before = everything()
    call_command("import_roster", "cohort-1", str(path), apply=True, stdout=StringIO())
    manager = school.person("SHCP", Role.MANAGER)
    assert undone(school.client(manager), RosterImport.objects.get()).state == "done"
    left = [row for row in User.objects.values() if row["id"] != manager.pk]
    assert left == before[0]


def test_undoing_costs_the_same_number_of_queries_for_ten_and_for_three_hundred(
    school: School, django_assert_max_num_queries: Any
) -> None:
    from curricula.services.roster_undoing import undo_roster
    from curricula.services.rosters import apply_roster

    manager = school.person("SHCP", Role.MANAGER)
    for count in (10, 300):
        rows = [f"B-{count}-{n},Eva,Paz,,eva{count}.{n}@aduanas.example,AGA,Puerto,,es" for n in range(count)]
        data = "\n".join((HEADING, *rows)).encode()
        found = apply_roster(cohort=school.cohort, data=data, file_name="a.csv", by=manager)
        with django_assert_max_num_queries(110):
            undo_roster(applied=found, by=manager)
    assert not Enrollment.objects.filter(cohort=school.cohort).exists()
