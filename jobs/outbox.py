"""Rings for the letters in the outbox: at once when one is written, and again when the pause after a try is over."""

from __future__ import annotations

from django.db import connection, transaction

from people import clock
from people.models import Letter

from .models import Job
from .services import enqueue

KIND = "send_letters"


def ask_for_sending() -> None:
    """Ask for the job, once per transaction, after its commit: a job that started earlier would not see the letters."""
    if not any(hook[1] is _enqueue for hook in connection.run_on_commit):
        transaction.on_commit(_enqueue, robust=True)


def ring_for_due_letters() -> bool:
    """Ask for the job when letters are due and none is asked for or running. Whether it was asked for."""
    if not Letter.objects.due(clock.now()).exists() or Job.objects.unfinished().filter(kind=KIND).exists():
        return False
    _enqueue()
    return True


def _enqueue() -> None:
    enqueue(kind=KIND, by=None, key=KIND)
