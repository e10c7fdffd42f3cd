"""The pre-assessment of a course: which items it asks, and what one officer knew before the first lesson."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from .item import Item
from .record import CourseRecord


class PreItem(Orderable):
    """An item that the pre-assessment of a course asks. It stands in no quiz, so that nobody meets it twice."""

    course = ParentalKey("courses.CoursePage", on_delete=models.CASCADE, related_name="pre_items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", verbose_name=_("item"))

    panels = [FieldPanel("item")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["course", "item"], name="pre_assessment_names_item_once")]


class PreAssessment(models.Model):
    """One officer's pre-assessment of one course record: once, before the first lesson. It counts for nothing else."""

    record = models.OneToOneField(CourseRecord, on_delete=models.CASCADE, related_name="pre_assessment")
    content_sha256 = models.CharField(_("content it is marked against"), max_length=64)
    layout = models.JSONField(_("items and options as drawn"))
    answers = models.JSONField(_("answers by item"), default=dict, blank=True)
    language = models.CharField(_("language last used"), max_length=2)
    started_at = models.DateTimeField(_("started"))
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    items_right = models.PositiveSmallIntegerField(_("right answers"), null=True, blank=True)

    class Meta:
        verbose_name = _("pre-assessment")
        verbose_name_plural = _("pre-assessments")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True, items_right__isnull=True)
                | models.Q(submitted_at__isnull=False, items_right__isnull=False),
                name="submitted_pre_assessment_has_result",
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id} · {self.submitted_at or self.started_at:%Y-%m-%d}"
