"""Who is nominated for a round, what was decided, and whom a nominee resembles."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import clock
from people.models import Agency, Office, Participant, User

from .cohort import Cohort, Enrollment
from .round import Round


def _actor(label: Any) -> models.ForeignKey[User | None, User | None]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


class NominationQuerySet(models.QuerySet["Nomination"]):
    def open(self) -> Self:
        """Those that wait for a decision, or for a seat."""
        return self.filter(state__in=Nomination.OPEN)

    def holding(self, today: dt.date) -> Self:
        """Those that hold a seat of their cohort on that day."""
        return self.filter(state=Nomination.State.PROPOSED, held_until__gte=today)


class Nomination(models.Model):
    """An officer whom an office wants in a round, as the office wrote it. The account is linked, or made on acceptance.

    A seat is held while `held_until` has not passed; nobody has to take it back.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("nomination", "proposed")
        WAITING = "waiting", pgettext_lazy("nomination", "waiting for a seat")
        ACCEPTED = "accepted", pgettext_lazy("nomination", "accepted")
        DECLINED = "declined", pgettext_lazy("nomination", "declined")

    OPEN = (State.PROPOSED, State.WAITING)

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="nominations", verbose_name=_("round"))
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name=_("cohort")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("person"),
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="+", verbose_name=_("Participant")
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency"))
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name=_("office"))
    email = models.EmailField(_("e-mail"), blank=True)
    given_names = models.CharField(_("given names"), max_length=120, blank=True)
    surname_1 = models.CharField(_("first surname"), max_length=80, blank=True)
    surname_2 = models.CharField(_("second surname"), max_length=80, blank=True)
    officer_number = models.CharField(_("officer number"), max_length=40, blank=True)
    position = models.CharField(_("position"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=User.Language.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    held_until = models.DateField(_("seat held until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    nominated_at = models.DateTimeField(_("nominated"), default=clock.now)
    nominated_by = _actor(_("nominated by"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = _actor(_("decided by"))
    enrollment = models.OneToOneField(
        Enrollment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nomination",
        verbose_name=_("enrollment"),
    )

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["round", "pk"]
        indexes = [models.Index(fields=["round", "state"], name="nomination_round_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"], condition=~Q(state="declined"), name="one_nomination_per_round"
            ),
            models.UniqueConstraint(
                "round",
                Lower("email"),
                condition=~Q(state="declined") & ~Q(email=""),
                name="one_nomination_per_address_and_round",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", person__isnull=False, enrollment__isnull=False)
                | (~Q(state="accepted") & Q(enrollment__isnull=True)),
                name="accepted_nomination_is_enrolled",
            ),
        ]

    @property
    def full_name(self) -> str:
        """Given names and both surnames, as nominated."""
        return " ".join(part for part in (self.given_names, self.surname_1, self.surname_2) if part)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def holds_a_seat(self) -> bool:
        """Whether a seat is held today."""
        held = self.held_until
        return self.state == self.State.PROPOSED and held is not None and held >= clock.today()

    def __str__(self) -> str:
        return f"{self.round.code} · {self.full_name}"


class Likeness(models.Model):
    """That a nominee may be somebody who is known already: an account, or another nominee of the round.

    A person decides; until then the nomination is not accepted.
    """

    class Why(models.TextChoices):
        EMAIL = "email", _("the same e-mail address, another name")
        NUMBER = "number", _("the same officer number, another e-mail address")
        NAME = "name", _("the same or a similar name")

    class Decision(models.TextChoices):
        OPEN = "open", pgettext_lazy("possible duplicate", "to decide")
        SAME = "same", _("the same person")
        DIFFERENT = "different", _("another person")

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="likenesses")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    other = models.ForeignKey(
        Nomination, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("nomination")
    )
    why = models.CharField(_("why"), max_length=10, choices=Why.choices)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, default=Decision.OPEN)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = _actor(_("decided by"))

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["nomination", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, other__isnull=True) | Q(person__isnull=True, other__isnull=False),
                name="likeness_is_to_one",
            ),
            models.CheckConstraint(
                condition=Q(decision="open", decided_at__isnull=True) | ~Q(decision="open"),
                name="likeness_is_decided_once",
            ),
        ]
