"""The pages of jobs: one's own, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jobs.models import Job
from jobs.services import run
from people.models import AuditEntry, User
from people.roles import Role
from people.services.roles import end_role, grant_role
from tests.school import with_second_factor

from .conftest import Ask

SignIn = Callable[[User], Client]


@pytest.fixture
def printed(ask: Ask, asker: User, settings, tmp_path: Path) -> Job:
    settings.PUENTE_PRIVATE_DIR = tmp_path
    grant_role(user=asker, role=Role.MANAGER, participant=asker.participant, by=None)
    with_second_factor(asker)
    job = ask("print", by=asker)
    run(job_id=job.pk)
    return job


def test_a_stranger_and_a_colleague_find_nothing(
    ask: Ask, asker: User, stranger: User, as_user: SignIn, client: Client
) -> None:
    job = ask(by=asker)
    pages = [f"/en/jobs/{job.pk}/", f"/en/jobs/{job.pk}/progress/", f"/en/jobs/{job.pk}/result/"]
    assert {client.get(page).status_code for page in pages} == {302}
    assert {as_user(stranger).get(page).status_code for page in pages} == {404}
    assert client.post(f"/en/jobs/{job.pk}/cancel/").status_code == 404
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED


def test_the_page_asks_again_until_the_job_is_over(ask: Ask, asker: User, as_user: SignIn) -> None:
    job, client = ask(by=asker), as_user(asker)
    page = client.get(f"/en/jobs/{job.pk}/").content.decode()
    assert "Waiting for a worker" in page and 'http-equiv="refresh"' in page and f"/en/jobs/{job.pk}/progress/" in page
    part = client.get(f"/en/jobs/{job.pk}/progress/")
    assert "Job-Finished" not in part and "<html" not in part.content.decode()
    run(job_id=job.pk)
    page = client.get(f"/en/jobs/{job.pk}/").content.decode()
    assert "Done." in page and "3 of 3" in page and "refresh" not in page and "data-progress" not in page
    assert client.get(f"/en/jobs/{job.pk}/progress/")["Job-Finished"] == "yes"


def test_errors_stand_in_a_table_with_their_rows(ask: Ask, asker: User, as_user: SignIn) -> None:
    job = ask("refuse", by=asker)
    run(job_id=job.pk)
    page = as_user(asker).get(f"/en/jobs/{job.pk}/").content.decode()
    assert "Row 3 is wrong." in page and "<code" not in page and "There is no paper for 1500 sheets." in page


def test_the_result_is_for_whoever_asked(printed: Job, asker: User, stranger: User, as_user: SignIn) -> None:
    page = f"/en/jobs/{printed.pk}/result/"
    answer = as_user(asker).get(page)
    assert b"".join(answer) == "Núñez\n".encode()
    assert answer["Content-Disposition"] == 'attachment; filename="names.csv"'
    operator = with_second_factor(User.objects.create_superuser("operator@one.example", participant=asker.participant))
    assert as_user(operator).get(page).status_code == 404


def test_the_result_is_closed_when_the_right_is_lost(printed: Job, asker: User, as_user: SignIn) -> None:
    end_role(grant=asker.grants.get(), by=None)
    assert as_user(asker).get(f"/en/jobs/{printed.pk}/result/").status_code == 403


def test_the_result_is_closed_when_the_person_changed_sides(
    printed: Job, asker: User, stranger: User, as_user: SignIn
) -> None:
    User.objects.filter(pk=asker.pk).update(participant=stranger.participant)
    assert as_user(User.objects.get(pk=asker.pk)).get(f"/en/jobs/{printed.pk}/result/").status_code == 404


def test_a_result_whose_file_is_gone_says_so(printed: Job, asker: User, as_user: SignIn, tmp_path: Path) -> None:
    next(tmp_path.rglob("names.csv")).unlink()
    page = as_user(asker).get(f"/en/jobs/{printed.pk}/result/", follow=True)
    assert "no longer there" in page.content.decode()


def test_canceling_is_kept_in_the_record(ask: Ask, asker: User, as_user: SignIn) -> None:
    job = ask(by=asker)
    page = as_user(asker).post(f"/en/jobs/{job.pk}/cancel/", follow=True).content.decode()
    assert "canceled" in page
    entry = AuditEntry.objects.get(action="jobs.job.canceled")
    assert entry.actor == asker and entry.object_id == str(job.pk)


def test_the_list_shows_own_jobs_in_constant_queries(
    ask: Ask, asker: User, stranger: User, as_user: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_user(asker)
    assert "not asked for anything" in client.get("/en/jobs/").content.decode()
    for _ in range(30):
        ask(by=asker)
    ask("poison", by=stranger)
    with django_assert_max_num_queries(8):
        page = client.get("/en/jobs/").content.decode()
    assert page.count("Count") == 30 and "Poison" not in page
