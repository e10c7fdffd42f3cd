"""Jobs in a real worker process: killed, rung for twice, poisoned, canceled."""

from __future__ import annotations

import os
import signal

import psutil
import pytest

from jobs.models import Job
from jobs.services import MAX_STARTS, ring

from ..processes import Worker, wait_until
from .conftest import Ask
from .workshop.job_kinds import traces

pytestmark = pytest.mark.worker


def pieces(job: Job) -> list[str]:
    return [line for line in traces(job) if line.startswith("piece")]


def runs(job: Job) -> list[str]:
    return [line for line in traces(job) if line.startswith("started")]


def test_a_job_runs_in_another_process_and_says_what_it_did(worker: Worker, ask: Ask) -> None:
    job = worker.finish(ask(pieces=3))
    assert (job.state, job.done, job.total, job.starts, job.result) == (Job.State.DONE, 3, 3, 1, {"counted": 3})
    assert job.started_at and job.finished_at and job.created_at <= job.started_at <= job.finished_at
    assert runs(job) != [f"started {os.getpid()}"]


def test_after_kill_9_of_the_whole_worker_the_job_goes_on_where_it_was(worker: Worker, ask: Ask) -> None:
    job = ask(pieces=12, pause=0.2)
    wait_until(lambda: len(pieces(job)) >= 4, what="some pieces")
    worker.kill()
    worker.start()
    worker.finish(job)
    assert (job.state, job.done, job.starts) == (Job.State.DONE, 12, 2)
    assert len(runs(job)) == 2
    assert set(pieces(job)) == {f"piece {n}" for n in range(12)} and len(pieces(job)) <= 13


def test_after_kill_9_of_the_pool_process_the_job_goes_on(worker: Worker, ask: Ask) -> None:
    job = ask(pieces=12, pause=0.2)
    wait_until(lambda: len(pieces(job)) >= 4, what="some pieces")
    os.kill(int(runs(job)[0].split()[1]), signal.SIGKILL)
    worker.finish(job)
    assert (job.state, job.done, job.starts) == (Job.State.DONE, 12, 2)


def test_the_bell_rung_ten_times_runs_a_job_once(worker: Worker, ask: Ask) -> None:
    job = ask(pieces=5, pause=0.1)
    for _ in range(10):
        ring(job.pk)
    worker.finish(job)
    last = worker.finish(ask(pieces=1))
    assert last.state == Job.State.DONE
    assert len(runs(job)) == 1 and len(pieces(job)) == 5 and job.starts == 1


def test_a_job_that_kills_its_worker_is_given_up_and_others_go_on(worker: Worker, ask: Ask) -> None:
    poison, other = ask("poison"), ask(pieces=3)
    assert worker.finish(other).state == Job.State.DONE
    worker.finish(poison)
    assert poison.state == Job.State.FAILED and len(runs(poison)) == MAX_STARTS
    assert poison.errors[-1]["code"] == "given_up"


def test_a_long_silent_step_is_not_taken_for_a_lost_worker(worker: Worker, ask: Ask) -> None:
    job = worker.finish(ask("sleep", seconds=6))
    assert (job.state, job.starts, len(runs(job))) == (Job.State.DONE, 1, 1)


def test_a_canceled_job_stops_and_keeps_what_it_had(worker: Worker, ask: Ask, asker, as_user) -> None:
    job = ask(by=asker, pieces=1000, pause=0.05)
    wait_until(lambda: len(pieces(job)) >= 3, what="some pieces")
    as_user(asker).post(f"/en/jobs/{job.pk}/cancel/")
    job.refresh_from_db()
    assert job.state == Job.State.CANCELED and 0 < job.done < 1000
    worker.finish(ask(pieces=1))
    kept = len(pieces(job))
    worker.finish(ask(pieces=20, pause=0.05))
    assert len(pieces(job)) == kept, "nothing is done after the cancellation was noticed"


def test_a_job_asked_for_while_no_worker_runs_is_done_later(worker: Worker, ask: Ask) -> None:
    worker.stop()
    job = ask(pieces=2)
    worker.start()
    assert worker.finish(job).state == Job.State.DONE


def test_a_worker_asked_to_stop_ends_in_order_and_leaves_nobody_behind(worker: Worker, ask: Ask) -> None:
    worker.finish(ask(pieces=1))
    below = worker.pool()
    assert worker.stop() == 0
    wait_until(lambda: not any(psutil.pid_exists(pid) for pid in below), what="the pool to be gone", seconds=10)
