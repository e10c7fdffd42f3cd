"""The credential: the proof itself. The PDF is only its picture."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from curricula.models import CurriculumEdition, Enrollment
from people import clock
from people.models import Participant

from ..codes import shown_code
from ..payload import Payload, sha256_of

FROZEN = frozenset(
    {
        *("number", "code", "person", "person_id", "edition", "edition_id", "enrollment", "enrollment_id"),
        *("payload", "payload_sha256", "issued_at", "period", "version", "valid_until", "renewable_from"),
    }
)


class Standing(models.TextChoices):
    """What a certificate is worth at a moment. Where several apply, the first of these counts."""

    REVOKED = "revoked", _("revoked")
    SUSPENDED = "suspended", _("suspended")
    SUPERSEDED = "superseded", pgettext_lazy("certificate", "superseded")
    EXPIRED = "expired", _("expired")
    VALID = "valid", _("valid")


def _actor(label: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


def _authority() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        Participant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by authority of"),
    )


class CertificateNumber(models.Model):
    """A serial number that was taken. The database never gives one twice: its sequence is not part of a transaction on
    PostgreSQL, and on SQLite writers come one after the other. A gap is a transaction that was rolled back."""

    def __str__(self) -> str:
        return str(self.pk)


class CredentialQuerySet(models.QuerySet["Credential"]):
    def undrawn(self) -> Self:
        """Those whose document still has to be drawn and signed."""
        return self.filter(document="", document_problem="")

    def standing(self, standing: str, at: dt.datetime) -> Self:
        """Those that stand so at a moment; the same rule as `Credential.standing_at`."""
        begun = {
            Standing.REVOKED: Q(revoked_at__isnull=False, revoked_at__lte=at),
            Standing.SUSPENDED: Q(suspended_at__isnull=False, suspended_at__lte=at),
            Standing.SUPERSEDED: Q(superseded_at__isnull=False, superseded_at__lte=at),
            Standing.EXPIRED: Q(valid_until__isnull=False, valid_until__lt=at.date()),
        }
        found = self
        for earlier, condition in begun.items():
            if earlier == standing:
                return found.filter(condition)
            found = found.exclude(condition)
        return found

    def update(self, **values: Any) -> int:
        """As ever, but what is frozen has no way to change."""
        if frozen := FROZEN & values.keys():
            raise TypeError(f"A credential is never written a second time: {', '.join(sorted(frozen))}")
        return super().update(**values)


class Credential(models.Model):
    """That one person completed one edition. Number, code and payload are written once; only its document and what
    becomes of it (suspended, superseded, revoked) are added later.

    A renewal is another credential of the next `period`; one with corrected words is of the same period and the next
    `version`.
    """

    number = models.CharField(_("number"), max_length=24, unique=True)
    code = models.CharField(_("code"), max_length=12, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credentials", verbose_name=_("person")
    )
    edition = models.ForeignKey(
        CurriculumEdition, on_delete=models.PROTECT, related_name="credentials", verbose_name=_("edition")
    )
    enrollment = models.ForeignKey(
        Enrollment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="credentials",
        verbose_name=_("enrollment"),
    )
    period = models.PositiveSmallIntegerField(_("period"), default=1)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    payload = models.JSONField(_("payload"))
    payload_sha256 = models.CharField(_("SHA-256 of the payload"), max_length=64)
    issued_at = models.DateTimeField(_("issued"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    renewable_from = models.DateField(_("can be renewed from"), null=True, blank=True)

    superseded_at = models.DateTimeField(_("superseded"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseded by"),
    )

    suspended_at = models.DateTimeField(_("suspended"), null=True, blank=True)
    suspended_by = _actor(_("suspended by"))
    suspension_authority = _authority()
    suspension_reason_en = models.CharField(_("reason in English"), max_length=200, blank=True)
    suspension_reason_es = models.CharField(_("reason in Spanish"), max_length=200, blank=True)

    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = _actor(_("revoked by"))
    revocation_authority = _authority()
    revocation_reason_en = models.CharField(_("reason in English"), max_length=200, blank=True)
    revocation_reason_es = models.CharField(_("reason in Spanish"), max_length=200, blank=True)

    document = models.CharField(_("document"), max_length=200, blank=True, help_text=_("Path in the private folder."))
    document_sha256 = models.CharField(_("SHA-256 of the document"), max_length=64, blank=True)
    document_problem = models.CharField(_("why there is no document"), max_length=300, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    claimed_by_job = models.PositiveBigIntegerField(null=True, blank=True, editable=False)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(document="", document_problem=""), name="credential_undrawn")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "edition", "period", "version"], name="one_credential_per_person_edition_and_period"
            ),
            models.CheckConstraint(
                condition=Q(document="", document_sha256="", signed_at__isnull=True)
                | (~Q(document="") & ~Q(document_sha256="") & Q(signed_at__isnull=False)),
                name="credential_document_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True)
                | (Q(revoked_at__isnull=False) & ~Q(revocation_reason_en="") & ~Q(revocation_reason_es="")),
                name="revocation_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(suspended_at__isnull=True) | (~Q(suspension_reason_en="") & ~Q(suspension_reason_es="")),
                name="suspension_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True, superseded_by__isnull=True)
                | Q(superseded_at__isnull=False, superseded_by__isnull=False),
                name="superseded_by_another",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True, renewable_from__isnull=True)
                | Q(renewable_from__lte=models.F("valid_until")),
                name="credential_renewable_before_its_end",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A credential is never written a second time.")
        super().save(*args, **kwargs)

    @property
    def shown_code(self) -> str:
        """The code as it is printed."""
        return shown_code(self.code)

    def standing_at(self, at: dt.datetime) -> Standing:
        """What it is worth at a moment; the same rule as `CredentialQuerySet.standing`."""
        if self.revoked_at and self.revoked_at <= at:
            return Standing.REVOKED
        if self.suspended_at and self.suspended_at <= at:
            return Standing.SUSPENDED
        if self.superseded_at and self.superseded_at <= at:
            return Standing.SUPERSEDED
        if self.valid_until and self.valid_until < at.date():
            return Standing.EXPIRED
        return Standing.VALID

    @property
    def standing(self) -> Standing:
        """What it is worth now."""
        return self.standing_at(clock.now())

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def is_intact(self) -> bool:
        """Whether the payload is still the one that was issued."""
        return sha256_of(self.payload) == self.payload_sha256

    @property
    def said(self) -> Payload:
        """The payload as a typed value."""
        return Payload.from_json(self.payload)

    def __str__(self) -> str:
        return self.number
