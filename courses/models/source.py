"""The sources on which lessons rest, each with the day by which somebody looks at it again; and who looked when."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people import clock
from people.bilingual import pick

from ..sources import KINDS, SIDES

SOON = dt.timedelta(days=60)


class LessonSourceQuerySet(models.QuerySet["LessonSource"]):
    def overdue(self) -> LessonSourceQuerySet:
        """Sources whose day has passed."""
        return self.filter(due_on__lt=clock.today())

    def soon(self) -> LessonSourceQuerySet:
        """Sources whose day comes within the next sixty days."""
        return self.filter(due_on__range=(clock.today(), clock.today() + SOON))


class LessonSource(models.Model):
    """One source of a lesson, as its latest draft names it.

    Rows follow from the drafts (`courses.services.sources`); what they add is `due_on`: the day that was said last, by
    an author in the lesson or by whoever looked at the source.
    """

    page = models.ForeignKey(
        "courses.LessonPage", on_delete=models.CASCADE, related_name="known_sources", verbose_name=_("lesson")
    )
    tag = models.CharField(_("tag"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"))
    reference = models.TextField(_("citation"))
    name_en = models.TextField(_("what it is, in English"), blank=True)
    name_es = models.TextField(_("what it is, in Spanish"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, blank=True)
    side = models.CharField(_("whose text"), max_length=6, choices=SIDES, blank=True)
    year = models.PositiveSmallIntegerField(_("edition (year)"), null=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    consulted_on = models.DateField(_("consulted on"), null=True)
    review_by = models.DateField(_("to be reviewed by, as the lesson says"), null=True)
    due_on = models.DateField(_("to be reviewed by"), null=True)

    objects = LessonSourceQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("source of a lesson")
        verbose_name_plural = _("sources of lessons")
        ordering = ["page", "position"]
        constraints = [models.UniqueConstraint(fields=["page", "tag"], name="one_source_per_tag_of_lesson")]
        indexes = [models.Index(fields=["due_on"], name="source_due")]

    @property
    def days_overdue(self) -> int:
        """Whole days since the source was to be reviewed; 0 as long as it is not overdue."""
        return max(0, (clock.today() - self.due_on).days) if self.due_on else 0

    @property
    def name(self) -> str:
        """What it is in the reader's language, else the citation."""
        return pick(self, "name") or self.reference

    def __str__(self) -> str:
        return f"{self.tag} · {self.name}"


class SourceReview(models.Model):
    """Somebody looked at a source again and said why it still serves. Written once; triggers keep it.

    The lesson is named by its code and the person by a number without a constraint, so that neither goes with a row.
    """

    lesson_code = models.CharField(_("lesson"), max_length=40)
    tag = models.CharField(_("tag"), max_length=40)
    reference = models.TextField(_("citation"))
    reviewed_at = models.DateTimeField(_("reviewed"), default=clock.now)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+",
        verbose_name=_("reviewed by"),
    )  # fmt: skip
    reason = models.TextField(_("what was found"))
    due_before = models.DateField(_("was to be reviewed by"), null=True)
    due_on = models.DateField(_("to be reviewed again by"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("review of a source")
        verbose_name_plural = _("reviews of sources")
        ordering = ["-reviewed_at", "-pk"]
        indexes = [models.Index(fields=["lesson_code", "tag"], name="reviews_of_source")]

    def __str__(self) -> str:
        return f"{self.lesson_code} {self.tag}"
