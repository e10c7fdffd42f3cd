"""The record of who did what: entries that are only ever added, each hashed together with the one before it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..audit_chain import GENESIS, Row
from .agency import Participant

COLUMNS = (
    "sequence",
    "at",
    "action",
    "actor_id",
    "acting_for_id",
    "concerns_id",
    "object_type",
    "object_id",
    "before",
    "after",
    "data",
    "previous_sha256",
    "sha256",
)
"""The columns in the order of `audit_chain.Row`."""


class AuditEntry(models.Model):
    """One deed. Triggers of the database refuse to change or remove it, and to add one that does not follow the last.

    `actor`, `acting_for` and `concerns` are numbers without a constraint, so that the entry stays, and its hash stays
    true, when the person is erased: names are looked up among the people and stand nowhere here.
    """

    sequence = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when (UTC)"))
    action = models.CharField(_("what"), max_length=80)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        verbose_name=_("who"),
        help_text=_("Nobody when the system acts."),
    )
    acting_for = models.ForeignKey(
        Participant,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("acting for"),
    )
    concerns = models.ForeignKey(
        Participant,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
        verbose_name=_("whose record"),
        help_text=_("The Participant whose records the object belongs to; none for what both share."),
    )
    object_type = models.CharField(_("kind of object"), max_length=80, blank=True)
    object_id = models.CharField(_("number of the object"), max_length=64, blank=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    data = models.JSONField(_("details"), default=dict)
    previous_sha256 = models.CharField(_("SHA-256 of the entry before"), max_length=64)
    sha256 = models.CharField("SHA-256", max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entry of the record")
        verbose_name_plural = _("entries of the record")
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
            models.Index(fields=["action"], name="audit_action"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    @property
    def row(self) -> Row:
        """The entry as the chain sees it."""
        return Row(*(getattr(self, column) for column in COLUMNS))

    def __str__(self) -> str:
        return f"{self.sequence} · {self.action}"


class AuditHead(models.Model):
    """The last entry's number and hash, in one row. Whoever adds entries holds it until the transaction ends."""

    sequence = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField("SHA-256", max_length=64, default=GENESIS)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("head of the record")
        verbose_name_plural = _("heads of the record")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_head_of_the_record")]

    def __str__(self) -> str:
        return f"{self.sequence} · {self.sha256}"
