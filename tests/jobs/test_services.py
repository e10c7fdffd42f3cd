"""Asking for jobs, running them here and now, bringing them back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone, translation

from jobs.exceptions import UnknownKind
from jobs.messages import sentence
from jobs.models import Job
from jobs.services import MAX_STARTS, cancel, enqueue, release, run, sweep
from people import clock
from people.models import User

from .conftest import Ask
from .workshop.job_kinds import traces

pytestmark = pytest.mark.django_db


def make_stale(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(
        state="running", starts=1, heartbeat_at=timezone.now() - dt.timedelta(minutes=5)
    )


def test_a_job_knows_who_asked_and_for_which_side(ask: Ask, asker: User) -> None:
    job = ask(by=asker)
    assert (job.state, job.requested_by, job.participant) == (Job.State.QUEUED, asker, asker.participant)


def test_an_unknown_kind_is_refused_at_once() -> None:
    with pytest.raises(UnknownKind, match="no job of the kind “bake bread”"):
        enqueue(kind="bake bread", by=None)


def test_of_two_requests_with_one_key_one_waits(ask: Ask) -> None:
    first = ask(key="monthly")
    assert ask(key="monthly") == first
    assert ask(key="weekly") != first and ask(key="") != ask(key="")


def test_a_request_made_while_the_job_runs_waits_behind_it(ask: Ask) -> None:
    running = ask(key="monthly")
    Job.objects.filter(pk=running.pk).update(state="running")
    waiting = ask(key="monthly")
    assert waiting != running and ask(key="monthly") == waiting


def test_a_request_that_is_rolled_back_leaves_no_job(ask: Ask) -> None:
    def change_and_fail() -> None:
        with transaction.atomic():
            ask()
            raise ValueError

    with pytest.raises(ValueError):
        change_and_fail()
    assert not Job.objects.exists()


def test_times_are_real_ones_on_a_simulated_day(ask: Ask) -> None:
    with clock.simulated(dt.datetime(2009, 6, 15, tzinfo=dt.UTC)):
        job = ask()
        run(job_id=job.pk)
    job.refresh_from_db()
    assert job.finished_at and job.created_at > timezone.now() - dt.timedelta(minutes=1)


def test_a_job_runs_once_however_often_it_is_delivered(ask: Ask) -> None:
    job = ask()
    assert [run(job_id=job.pk) for _ in range(3)] == [True, False, False]
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.percent, job.stage) == (Job.State.DONE, 3, 3, 100, "counting")


def test_a_lost_run_goes_on_at_its_checkpoint(ask: Ask) -> None:
    job = ask(pieces=5)
    make_stale(job)
    Job.objects.filter(pk=job.pk).update(checkpoint={"next": 3}, done=3)
    assert run(job_id=job.pk)
    assert traces(job)[1:] == ["piece 3", "piece 4"]
    job.refresh_from_db()
    assert (job.done, job.total, job.starts) == (5, 5, 2)


def test_a_running_job_is_left_alone_while_its_heart_beats(ask: Ask) -> None:
    job = ask()
    Job.objects.filter(pk=job.pk).update(state="running", starts=1)
    assert not run(job_id=job.pk) and sweep() == 0


def test_a_refusal_keeps_the_errors_before_it_and_speaks_the_readers_language(ask: Ask, asker: User) -> None:
    job = ask("refuse", by=asker)
    run(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert [error["code"] for error in job.errors] == ["bad_row", "out_of_paper"]
    assert [sentence(error) for error in job.errors] == ["Row 3 is wrong.", "There is no paper for 1500 sheets."]


def test_a_fault_in_the_program_is_not_shown_to_anybody(ask: Ask) -> None:
    job = ask("break")
    run(job_id=job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED and "secret" not in str(job.errors)
    with translation.override("en"):
        assert f"job {job.pk}" in sentence(job.errors[0])


def test_a_job_that_lost_its_database_is_tried_again(ask: Ask) -> None:
    job = ask("lose the database")
    run(job_id=job.pk)
    assert sweep() == 1
    run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.starts) == (Job.State.DONE, 2)


def test_the_sweep_gives_up_what_was_begun_too_often(ask: Ask) -> None:
    job = ask()
    make_stale(job)
    Job.objects.filter(pk=job.pk).update(starts=MAX_STARTS)
    sweep()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED and job.finished_at
    assert f"{MAX_STARTS} times" in sentence(job.errors[0])
    assert not run(job_id=job.pk)


def test_the_sweep_rings_for_what_waits_too_long_once_a_minute(ask: Ask) -> None:
    job = ask()
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - dt.timedelta(minutes=2))
    assert (sweep(), sweep()) == (1, 0)


def test_stopping_and_starting_in_order_poisons_no_job(ask: Ask) -> None:
    job = ask()
    for _ in range(MAX_STARTS + 1):
        Job.objects.filter(pk=job.pk).update(state="running", starts=1, heartbeat_at=timezone.now())
        assert release(is_orderly=True) == 1
    assert run(job_id=job.pk)


def test_only_an_unfinished_job_can_be_canceled(ask: Ask, asker: User) -> None:
    job = ask(by=asker)
    assert cancel(job=job, by=asker) and not cancel(job=job, by=asker)
    assert not run(job_id=job.pk)


@pytest.mark.parametrize(("done", "total", "percent"), [(0, 0, 0), (1, 3, 33), (3, 3, 99), (9, 3, 99)])
def test_progress_is_never_whole_before_the_end(done: int, total: int, percent: int) -> None:
    assert Job(done=done, total=total, state="running").percent == percent
