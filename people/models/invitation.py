"""An invitation: the link by which a person whose account exists already gets in for the first time."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import clock
from .letter import Letter


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither accepted nor ended; perhaps expired."""
        return self.filter(accepted_at__isnull=True, ended_at__isnull=True)

    def valid(self, now: dt.datetime) -> Self:
        """Those whose link lets somebody in."""
        return self.open().filter(expires_at__gt=now, person__is_active=True)


class Invitation(models.Model):
    """One link for one person. Of the link only the SHA-256 is kept; inviting again ends the one before."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("person")
    )
    token_sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    letter = models.ForeignKey(
        Letter, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("e-mail")
    )
    created_at = models.DateTimeField(_("invited"), default=clock.now)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(accepted_at__isnull=True, ended_at__isnull=True),
                name="one_open_invitation_per_person",
                violation_error_message=_("This person has an open invitation already."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(ended_at__isnull=True), name="invitation_ends_once"
            ),
        ]

    @property
    def state(self) -> str:
        """accepted, ended, expired or open: as a code for templates."""
        if self.accepted_at:
            return "accepted"
        if self.ended_at:
            return "ended"
        return "expired" if self.expires_at <= clock.now() else "open"

    def __str__(self) -> str:
        return f"{self.person} · {self.created_at:%Y-%m-%d}"
