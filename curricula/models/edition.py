"""The edition: what is approved, published and followed."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import FrozenCourse
from people import clock
from people.models import Participant

from .curriculum import Curriculum

OPEN_STATES = ["candidate", "changes_requested"]


class EditionQuerySet(models.QuerySet["CurriculumEdition"]):
    def published(self) -> Self:
        """Editions that went live, whether or not a later one followed."""
        return self.filter(state__in=[CurriculumEdition.State.PUBLISHED, CurriculumEdition.State.SUPERSEDED])

    def open(self) -> Self:
        """Candidates that wait for approval or for the changes that were asked for. At most one a curriculum."""
        return self.filter(state__in=OPEN_STATES)

    def before(self, edition: CurriculumEdition) -> CurriculumEdition | None:
        """The edition of the same curriculum that was published when this one was proposed."""
        earlier = self.published().filter(curriculum=edition.curriculum_id, pk__lt=edition.pk)
        return earlier.exclude(published_at__gt=edition.proposed_at).order_by("-pk").first()


class CurriculumEdition(models.Model):
    """A curriculum frozen: its courses, each addressed by its SHA-256. The edition's own hash is taken over those."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", _("candidate")
        CHANGES_REQUESTED = "changes_requested", _("changes requested")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", pgettext_lazy("edition", "withdrawn")

    class Kind(models.TextChoices):
        REGULAR = "regular", _("regular edition")
        CORRECTION = "correction", _("correction")

    curriculum = models.ForeignKey(
        Curriculum, on_delete=models.PROTECT, related_name="editions", verbose_name=_("curriculum")
    )
    number = models.PositiveSmallIntegerField(_("edition"))
    minor = models.PositiveSmallIntegerField(_("correction number"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.REGULAR)
    reason = models.CharField(_("reason for the correction"), max_length=500, blank=True)
    corrected_codes = models.JSONField(_("learning objects corrected"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.CANDIDATE)
    frozen_courses = models.ManyToManyField(FrozenCourse, through="EditionCourse", related_name="editions")
    sha256 = models.CharField("SHA-256", max_length=64)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed"), default=clock.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["curriculum", "-number", "-minor"]
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "number", "minor"], name="editions_are_numbered"),
            models.UniqueConstraint(
                fields=["curriculum"], condition=Q(state__in=OPEN_STATES), name="one_candidate_per_curriculum"
            ),
            models.UniqueConstraint(
                fields=["curriculum"], condition=Q(state="published"), name="one_published_per_curriculum"
            ),
            models.CheckConstraint(
                condition=Q(kind="regular", minor=0) | (Q(kind="correction", minor__gt=0) & ~Q(reason="")),
                name="correction_has_number_and_reason",
            ),
        ]

    @property
    def label(self) -> str:
        """The number as people say it: `2`, or `2.1` for the first correction of edition 2."""
        return f"{self.number}.{self.minor}" if self.minor else str(self.number)

    def __str__(self) -> str:
        return f"{self.curriculum.code} · {self.label}"


class EditionCourse(models.Model):
    """A frozen course in its place in an edition."""

    edition = models.ForeignKey(CurriculumEdition, on_delete=models.CASCADE, related_name="edition_courses")
    course = models.ForeignKey(FrozenCourse, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="edition_course_position"),
            models.UniqueConstraint(fields=["edition", "course"], name="edition_names_course_once"),
        ]


class Approval(models.Model):
    """One Participant's yes to one edition, by one person. Two Participants, two people: the database insists."""

    edition = models.ForeignKey(CurriculumEdition, on_delete=models.CASCADE, related_name="approvals")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="+", verbose_name=_("Participant")
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("approver")
    )
    sha256 = models.CharField(_("SHA-256 of what was approved"), max_length=64)
    decided_at = models.DateTimeField(_("decided"), default=clock.now)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["decided_at"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "participant"], name="one_approval_per_participant"),
            models.UniqueConstraint(fields=["edition", "approver"], name="one_approval_per_person"),
        ]
