"""The outbox: every letter that the system writes to somebody, until it is sent and after."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import clock
from .user import User


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, now: dt.datetime) -> Self:
        """Queued, and their pause since the last try is over."""
        return self.filter(state=Letter.State.QUEUED, next_try_at__lte=now)

    def useless(self, now: dt.datetime) -> Self:
        """Those whose link or code does not work any more."""
        return self.filter(useful_until__lte=now)


class Letter(models.Model):
    """One letter to one address. What it says is kept as the values of its kind; links and codes are kept apart from
    them, in `secrets`, and are wiped when the letter is sent or can be of use no more."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        WITHHELD = "withheld", _("not sent")

    class Reason(models.TextChoices):
        """Why a letter was not sent, or not yet."""

        UNREACHABLE = "unreachable", _("The mail server could not be reached.")
        REFUSED = "refused", _("The mail server does not accept this address.")
        NOT_ACCEPTED = "not_accepted", _("The mail server did not accept the e-mail.")
        UNWRITTEN = "unwritten", _("The e-mail could not be written. The operator finds more in the worker’s log.")
        TOO_LATE = "too_late", _("Its link or code no longer works, so it is of no use any more.")
        REPLACED = "replaced", _("A newer e-mail has taken its place.")
        DEMONSTRATION = "demonstration", _("People of the demonstration get no real mail.")

    kind = models.CharField(_("kind"), max_length=40)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("recipient"),
    )
    address = models.EmailField(_("address at that time"))
    reply_to = models.EmailField(_("reply to"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices)
    subject = models.CharField(_("subject"), max_length=200)
    context = models.JSONField(_("values"), default=dict)
    secrets = models.JSONField(_("links and codes"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("written"), default=clock.now)
    next_try_at = models.DateTimeField(_("next try"), default=clock.now)
    useful_until = models.DateTimeField(_("useful until"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["useful_until"], condition=Q(state="queued"), name="letters_that_wait"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="sent_letter_has_time",
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(secrets={}), name="sent_letter_keeps_no_secret"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.address}"
