"""Who holds which role, for what, from when until when."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import clock
from ..roles import Role
from .agency import Agency, Office, Participant

HELD_ALREADY = _("This person holds this role already.")


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def on(self, day: dt.date) -> Self:
        """Grants that hold on a day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


class RoleGrant(models.Model):
    """A role, granted to a person for a Participant, an agency or an office, with its dates.

    With an office stand its agency and its Participant, so that the narrowest place that is named is where it holds.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("Participant")
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("agency"))
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("office"))
    from_on = models.DateField(_("from"), default=clock.today)
    until_on = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("granted by"),
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role grant")
        verbose_name_plural = _("role grants")
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "participant"],
                condition=Q(until_on__isnull=True, agency__isnull=True, office__isnull=True),
                name="one_open_grant_per_role",
                violation_error_message=HELD_ALREADY,
            ),
            models.UniqueConstraint(
                fields=["user", "role", "agency"],
                condition=Q(until_on__isnull=True, agency__isnull=False, office__isnull=True),
                name="one_open_grant_per_agency",
                violation_error_message=HELD_ALREADY,
            ),
            models.UniqueConstraint(
                fields=["user", "role", "office"],
                condition=Q(until_on__isnull=True, office__isnull=False),
                name="one_open_grant_per_office",
                violation_error_message=HELD_ALREADY,
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="grant_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first. Change one of the two dates."),
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=True, office__isnull=True)
                | Q(agency__isnull=False, participant__isnull=False),
                name="grant_names_the_whole_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
