"""Something is done to many officers of a cohort: a preview first, then a job that neither skips nor doubles."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certificates.models import Credential
from curricula.models import Cohort, Enrollment, EnrollmentEvent
from jobs.models import Job
from jobs.reporter import Reporter
from jobs.services import run
from people import clock
from people.models import AuditEntry, Letter, User
from people.roles import Role
from tests.school import School, build

LIST = "/en/manage/cohorts/cohort-1/officers/"
BULK = f"{LIST}bulk/"


@pytest.fixture
def school(db: None) -> School:
    return build()


@pytest.fixture
def boss(school: School) -> User:
    return school.person("SHCP", Role.MANAGER, language="en")


@pytest.fixture
def manager(school: School, boss: User) -> Client:
    return school.client(boss)


def later_day(school: School) -> str:
    return (school.cohort.closes_on + dt.timedelta(days=20)).isoformat()


def post(client: Client, action: str, ids: list[int] | str, step: str = "", **more: Any) -> str:
    which = {"which": "found"} if ids == "found" else {"which": "ticked", "ids": [str(pk) for pk in ids]}
    answer = client.post(BULK, {"action": action, "step": step, **which, **more}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def done() -> Job:
    """The last bulk job, run by the worker's own service."""
    job = Job.objects.filter(kind="bulk_action").latest("pk")
    run(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.errors
    return job


def enrolled(school: School, count: int, side: str = "SHCP", **fields: Any) -> list[Enrollment]:
    return [school.trainee(side, **fields)[1] for _ in range(count)]


def test_more_time_is_looked_at_before_and_given_to_whom_it_can_be_given(school: School, manager: Client) -> None:
    able, gone = enrolled(school, 3), enrolled(school, 1)[0]
    Enrollment.objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_at=clock.now())
    ids = [one.pk for one in [*able, gone]]
    assert "Own due date" in post(manager, "extend", ids)
    given = {"due_on": later_day(school), "reason": "port closed"}
    html = post(manager, "extend", ids, "preview", **given)
    figures = re.findall(r'figure__n">(\d+)<', html)
    assert figures == ["3", "1"] and "withdrawn" in html and not Job.objects.filter(kind="bulk_action").exists()
    assert not Enrollment.objects.exclude(due_on=None).exists(), "a preview writes nothing"
    post(manager, "extend", ids, "apply", **given)
    job = done()
    assert (job.result["acted"], job.result["refused"]) == (3, 1)
    assert [error["value"] for error in job.errors] == [gone.person.officer_number]
    assert set(Enrollment.objects.filter(due_on=later_day(school)).values_list("pk", flat=True)) == set(ids[:3])
    assert AuditEntry.objects.filter(action="curricula.enrollment.extended").count() == 3
    assert AuditEntry.objects.filter(action="curricula.cohort.bulk_action").count() == 1


def test_what_is_wrong_in_the_form_is_said_and_nothing_is_asked_for(school: School, manager: Client) -> None:
    ids = [enrolled(school, 1)[0].pk]
    html = post(manager, "extend", ids, "apply", due_on="2020-01-01", reason="")
    assert "lies in the past" in html and "This field is required" in html
    assert "Tick at least one officer" in post(manager, "extend", [])
    assert "Choose what is to be done" in post(manager, "dismiss", ids)
    assert not Job.objects.filter(kind="bulk_action").exists()


def test_all_that_the_list_finds_move_to_another_cohort(school: School, manager: Client) -> None:
    today = clock.today()
    second = Cohort.objects.create(
        code="second", name_en="Second", name_es="Segundo", edition=school.edition, opens_on=today,
        closes_on=today + dt.timedelta(days=90), seats=2,
    )  # fmt: skip
    moving = enrolled(school, 3, surname_1="Güemes")
    staying = enrolled(school, 1, surname_1="Olmos")[0]
    html = post(manager, "move", "found", q="güemes", state="active")
    keys = re.search(r'name="ids" value="([\d,]+)"', html)
    assert keys and {int(key) for key in keys[1].split(",")} == {one.pk for one in moving}
    post(manager, "move", [int(key) for key in keys[1].split(",")], "apply", cohort_to=second.pk, reason="wave two")
    job = done()
    assert (job.result["acted"], job.result["refused"]) == (2, 1), "the third finds no seat"
    assert "seats" in job.errors[0]["sentence"]
    assert Enrollment.objects.filter(cohort=second, state="active").count() == 2
    staying.refresh_from_db()
    assert staying.state == "active"


def test_a_message_reaches_each_officer_in_the_own_language_and_can_be_answered(
    school: School, manager: Client, boss: User
) -> None:
    enrolled(school, 1, language="en")
    enrolled(school, 1, language="es")
    words = {"subject_en": "Room", "text_en": "Room 4.\n\nBe early.", "subject_es": "Sala", "text_es": "Sala 4."}
    assert "This field is required" in post(manager, "message", "found", "preview", subject_en="Room", text_en="x")
    Letter.objects.all().delete()
    post(manager, "message", "found", "apply", **words)
    assert done().result["acted"] == 2
    letters = {letter.language: letter for letter in Letter.objects.filter(kind="manager_message")}
    assert {code: letter.subject for code, letter in letters.items()} == {"en": "Room", "es": "Sala"}
    assert letters["en"].reply_to == boss.email


def test_missing_certificates_are_issued_by_whoever_may(school: School, manager: Client) -> None:
    complete = enrolled(school, 2)
    Enrollment.objects.filter(pk__in=[one.pk for one in complete]).update(state="completed", completed_at=clock.now())
    not_yet = enrolled(school, 1)[0]
    ids = [one.pk for one in [*complete, not_yet]]
    may_issue = "Issue missing certificates" in manager.get(LIST).content.decode()
    assert may_issue
    html = post(manager, "issue", ids, "preview")
    assert re.findall(r'figure__n">(\d+)<', html) == ["2", "1"]
    for _time in range(2):
        post(manager, "issue", ids, "apply")
        done()
    assert Credential.objects.count() == 2


def test_a_job_that_dies_goes_on_behind_what_was_kept(
    school: School, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker is lost while the second batch is being done: nothing of that batch stays, and nobody is met twice."""
    ids = [one.pk for one in enrolled(school, 45)]
    post(manager, "extend", ids, "apply", due_on=later_day(school), reason="storm")
    job = Job.objects.filter(kind="bulk_action").latest("pk")
    kept, calls = Reporter.checkpoint, []

    class Killed(BaseException):
        pass

    def die(report: Reporter, checkpoint: dict[str, Any]) -> None:
        calls.append(checkpoint)
        if len(calls) == 2:
            raise Killed
        kept(report, checkpoint)

    monkeypatch.setattr(Reporter, "checkpoint", die)
    with pytest.raises(Killed):
        run(job_id=job.pk)
    assert EnrollmentEvent.objects.exclude(due_on=None).count() == 20
    monkeypatch.setattr(Reporter, "checkpoint", kept)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    assert done().result == {"acted": 45, "refused": 0, "address": LIST}
    assert EnrollmentEvent.objects.exclude(due_on=None).count() == 45


def test_nobody_does_anything_to_the_other_sides_officers(school: School, manager: Client) -> None:
    ours, theirs = enrolled(school, 1)[0], enrolled(school, 1, "DHS")[0]
    html = post(manager, "extend", [theirs.pk, ours.pk])
    assert "1 officer is chosen" in html and theirs.person.full_name not in html
    post(manager, "extend", [theirs.pk, ours.pk], "apply", due_on=later_day(school), reason="r")
    job = Job.objects.filter(kind="bulk_action").latest("pk")
    assert job.params["enrollments"] == [ours.pk]
    Job.objects.filter(pk=job.pk).update(params=job.params | {"enrollments": [ours.pk, theirs.pk]})
    done()
    theirs.refresh_from_db()
    assert theirs.due_on is None
    for role in (Role.TRAINEE, Role.INSTRUCTOR):
        assert school.client(school.person("SHCP", role)).post(BULK, {"action": "extend"}).status_code == 403
    assert manager.get(BULK).status_code == 405


def test_a_preview_asks_as_much_for_many_as_for_few(school: School, manager: Client) -> None:
    counts = []
    for more in (3, 60):
        ids = [one.pk for one in [*Enrollment.objects.all(), *enrolled(school, more)]]
        post(manager, "extend", ids, "preview", due_on=later_day(school), reason="r")
        with CaptureQueriesContext(connection) as asked:
            post(manager, "extend", ids, "preview", due_on=later_day(school), reason="r")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16, counts
