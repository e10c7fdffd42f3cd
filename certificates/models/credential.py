"""The credential: the proof itself. The PDF is only its picture."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from curricula.models import CurriculumEdition

from ..codes import shown_code
from ..payload import Payload, sha256_of

FROZEN = frozenset(
    {"number", "code", "person", "person_id", "edition", "edition_id", "payload", "payload_sha256", "issued_at"}
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

    def update(self, **values: Any) -> int:
        """As ever, but what is frozen has no way to change."""
        if frozen := FROZEN & values.keys():
            raise TypeError(f"A credential is never written a second time: {', '.join(sorted(frozen))}")
        return super().update(**values)


class Credential(models.Model):
    """That one person completed one edition. Number, code and payload are written once; only its document and a
    revocation are added later."""

    number = models.CharField(_("number"), max_length=24, unique=True)
    code = models.CharField(_("code"), max_length=12, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credentials", verbose_name=_("person")
    )
    edition = models.ForeignKey(
        CurriculumEdition, on_delete=models.PROTECT, related_name="credentials", verbose_name=_("edition")
    )
    payload = models.JSONField(_("payload"))
    payload_sha256 = models.CharField(_("SHA-256 of the payload"), max_length=64)
    issued_at = models.DateTimeField(_("issued"))

    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )
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
            models.UniqueConstraint(fields=["person", "edition"], name="one_credential_per_person_and_edition"),
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
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A credential is never written a second time.")
        super().save(*args, **kwargs)

    @property
    def shown_code(self) -> str:
        """The code as it is printed."""
        return shown_code(self.code)

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
