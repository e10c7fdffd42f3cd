"""A school, the letters that reached somebody, and limits that begin anew with each test."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from jobs.models import Job
from jobs.services import run
from tests.school import School, build


@pytest.fixture
def school(db: None) -> School:
    return build()


@pytest.fixture(autouse=True)
def _limits_begin_anew(own_cache: None) -> None:
    """Attempts are counted in the cache, which outlives a test."""


def post(kind: str = "send_letters") -> Job | None:
    """What a worker does when the bell rings: run the jobs that wait."""
    job = None
    for job in Job.objects.filter(kind=kind, state=Job.State.QUEUED).order_by("pk"):
        run(job_id=job.pk)
        job.refresh_from_db()
    return job


def mailbox() -> list[EmailMultiAlternatives]:
    """What was sent since the test began."""
    box: list[Any] = mail.outbox
    return box


def html_of(message: EmailMultiAlternatives) -> str:
    return str(message.alternatives[0].content)


def link_in(message: EmailMultiAlternatives) -> str:
    """The path of the only link of a letter."""
    links = set(re.findall(r"https?://[^/\s]+(/\S+)", str(message.body)))
    assert len(links) == 1, links
    return links.pop()
