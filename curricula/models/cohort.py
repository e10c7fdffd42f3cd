"""A cohort and who sits in it."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import CourseRecord
from people import clock
from people.bilingual import pick
from people.models import Agency, Office, Participant

from .edition import CurriculumEdition
from .round import Round


class Cohort(models.Model):
    """A group that follows one edition, from a day to a day; to a newer one it goes only by `move_cohort`."""

    code = models.SlugField(_("code"), unique=True, max_length=40)
    name_en = models.CharField(_("name in English"), max_length=160)
    name_es = models.CharField(_("name in Spanish"), max_length=160)
    edition = models.ForeignKey(
        CurriculumEdition, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("edition")
    )
    participant = models.ForeignKey(
        Participant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("Participant"),
        help_text=_("Empty for a joint cohort of both."),
    )
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    target_persons = models.PositiveIntegerField(
        _("target in persons"), default=0, help_text=_("0 when there is none.")
    )
    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cohorts",
        verbose_name=_("training round"),
        help_text=_("Empty for a cohort of no round."),
    )
    seats = models.PositiveIntegerField(
        _("seats"), default=0, help_text=_("How many officers find a place. 0 when there is no limit.")
    )
    is_demo = models.BooleanField(_("demonstration data"), default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        ordering = ["-opens_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")),
                name="cohort_closes_after_it_opens",
                violation_error_message=_("The cohort closes before it opens. Change one of the two dates."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        before = Cohort.objects.filter(pk=self.pk).values_list("edition_id", flat=True).first()
        if before not in {None, self.edition_id} and self.enrollments.exists():
            raise ValidationError(
                {"edition": _("Officers follow the edition already. Move the cohort from its board.")}
            )
        others = Enrollment.objects.filter(cohort=self.pk).exclude(participant=self.participant_id)
        if self.participant_id and self.pk and others.exists():
            raise ValidationError(
                {"participant": _("Officers of the other Participant are in this cohort. It stays a joint one.")}
            )
        if self.round_id and self.edition_id:
            self._fits_its_round()

    def _fits_its_round(self) -> None:
        of_side = self.round.participant_id if self.round else None
        if of_side and of_side != self.participant_id:
            raise ValidationError({"round": _("This round belongs to one Participant. Choose it for the cohort too.")})
        if self.round and not self.round.curricula.filter(editions=self.edition_id).exists():
            raise ValidationError({"round": _("This round does not teach the curriculum of the edition.")})

    @property
    def name(self) -> str:
        return pick(self, "name")

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def active(self) -> Self:
        """Those who are expected to work now: neither on leave nor still to come."""
        return self.filter(state=Enrollment.State.ACTIVE)

    def following(self) -> Self:
        """Those whose place is open: invited, active or on leave. They read, and go over with their cohort."""
        return self.filter(state__in=Enrollment.FOLLOWING)

    def counted(self) -> Self:
        """Each officer once: without those who went on in another cohort."""
        return self.exclude(state=Enrollment.State.TRANSFERRED)

    def completed(self) -> Self:
        return self.filter(state=Enrollment.State.COMPLETED)

    def in_cohort(self, cohort: Cohort) -> Self:
        return self.filter(cohort=cohort)


class Enrollment(models.Model):
    """One person in one cohort, with the post held at that time."""

    class State(models.TextChoices):
        INVITED = "invited", pgettext_lazy("enrollment", "invited")
        ACTIVE = "active", _("active")
        ON_LEAVE = "on_leave", pgettext_lazy("enrollment", "on leave")
        COMPLETED = "completed", _("completed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        TRANSFERRED = "transferred", pgettext_lazy("enrollment", "transferred")
        LAPSED = "lapsed", pgettext_lazy("enrollment", "lapsed")

    FOLLOWING = (State.INVITED, State.ACTIVE, State.ON_LEAVE)
    """The place is open: it holds a seat and opens the courses."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrollments", verbose_name=_("person")
    )
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrollments", verbose_name=_("cohort"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.ACTIVE)
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="+", verbose_name=_("Participant")
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency"))
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+", verbose_name=_("office"))
    position = models.CharField(_("position"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2)
    enrolled_at = models.DateTimeField(_("enrolled"), default=clock.now)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    kept_edition = models.ForeignKey(
        CurriculumEdition,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("edition that was completed"),
        help_text=_("Only where the cohort has moved to another edition since."),
    )
    withdrawal_reason = models.CharField(_("reason for withdrawal"), max_length=200, blank=True)
    left_at = models.DateTimeField(_("transferred or lapsed"), null=True, blank=True)
    due_on = models.DateField(
        _("own due date"), null=True, blank=True, help_text=_("Empty where the last day of the cohort holds.")
    )
    transferred_from = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="transferred_to",
        verbose_name=_("transferred from"),
    )

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        ordering = ["cohort", "person"]
        indexes = [models.Index(fields=["cohort", "state"], name="enrollment_cohort_state")]
        constraints = [
            models.UniqueConstraint(fields=["person", "cohort"], name="one_enrollment_per_cohort"),
            models.CheckConstraint(
                condition=Q(state="completed", completed_at__isnull=False)
                | (~Q(state="completed") & Q(completed_at__isnull=True)),
                name="completed_enrollment_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="withdrawn_enrollment_has_date",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["transferred", "lapsed"], left_at__isnull=False)
                | (~Q(state__in=["transferred", "lapsed"]) & Q(left_at__isnull=True)),
                name="left_enrollment_has_date",
            ),
        ]

    @property
    def edition(self) -> CurriculumEdition:
        """What was followed: the cohort's edition, or the earlier one that was completed or left before it moved."""
        return self.kept_edition or self.cohort.edition

    @property
    def is_following(self) -> bool:
        """Whether the place is open."""
        return self.state in self.FOLLOWING

    @property
    def last_day(self) -> dt.date:
        """Until when the courses are due: the own date, or the last day of the cohort."""
        return self.due_on or self.cohort.closes_on

    def __str__(self) -> str:
        return f"{self.person} · {self.cohort.code}"


class EnrolledCourse(models.Model):
    """Which course record belongs to which enrollment."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="courses")
    record = models.OneToOneField(CourseRecord, on_delete=models.CASCADE, related_name="enrolled")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["enrollment", "position"]
        constraints = [models.UniqueConstraint(fields=["enrollment", "position"], name="enrolled_course_position")]
