"""A job: who asked, what, how far, what went wrong in which row, and where the result lies."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Participant


class JobQuerySet(models.QuerySet["Job"]):
    def unfinished(self) -> Self:
        """Waiting or running."""
        return self.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])

    def stale(self, now: dt.datetime) -> Self:
        """Running, but without a sign of life for `PUENTE_JOB_STALE_SECONDS`: the worker is lost."""
        limit = now - dt.timedelta(seconds=settings.PUENTE_JOB_STALE_SECONDS)
        return self.filter(state=Job.State.RUNNING, heartbeat_at__lt=limit)


class Job(models.Model):
    """One piece of work. It survives its worker: whoever finds its heartbeat stale rings for it again.

    `starts` tells the present run from those whose worker was lost; only the present one may write.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELED = "canceled", _("canceled")

    kind = models.CharField(_("kind"), max_length=40)
    params = models.JSONField(_("parameters"), default=dict)
    key = models.CharField(_("key"), max_length=120, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("requested by"),
    )
    participant = models.ForeignKey(
        Participant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Participant"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("total"), default=0)
    stage = models.CharField(_("stage"), max_length=40, blank=True)
    checkpoint = models.JSONField(_("checkpoint"), default=dict)
    errors = models.JSONField(_("errors"), default=list)
    result = models.JSONField(_("result"), default=dict)
    result_file = models.CharField(_("result file"), max_length=200, blank=True)
    starts = models.PositiveSmallIntegerField(_("starts"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    heartbeat_at = models.DateTimeField(_("last sign of life"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "heartbeat_at"], name="job_state_heartbeat")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(state="queued") & ~Q(key=""), name="one_waiting_job_per_key"
            )
        ]

    @property
    def percent(self) -> int:
        """Progress from 0 to 100; 100 only when it is done."""
        if self.state == Job.State.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0

    @property
    def is_finished(self) -> bool:
        return self.state in {Job.State.DONE, Job.State.FAILED, Job.State.CANCELED}

    def __str__(self) -> str:
        return f"{self.kind} · {self.pk}"
