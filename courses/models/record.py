"""What one officer has done in one course."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people import clock

from .frozen import FrozenCourse


class CourseRecord(models.Model):
    """One officer's way through one frozen course, for one enrollment. The row that is locked when something counts."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="course_records", verbose_name=_("person")
    )
    course = models.ForeignKey(FrozenCourse, on_delete=models.PROTECT, related_name="records", verbose_name=_("course"))
    objects_total = models.PositiveSmallIntegerField(_("learning objects"))
    objects_done = models.PositiveSmallIntegerField(_("learning objects completed"), default=0)
    score_percent = models.DecimalField(_("best score"), max_digits=5, decimal_places=2, null=True, blank=True)
    language = models.CharField(_("language last used"), max_length=2, blank=True)
    last_object_code = models.CharField(_("last learning object"), max_length=40, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    last_activity_at = models.DateTimeField(_("last activity"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        verbose_name = _("course record")
        verbose_name_plural = _("course records")
        indexes = [models.Index(fields=["person", "course"], name="record_person_course")]
        constraints = [
            models.CheckConstraint(
                condition=Q(objects_done__lte=F("objects_total")), name="record_never_over_100_percent"
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(objects_done=F("objects_total")),
                name="record_complete_means_all_done",
            ),
        ]

    @property
    def percent(self) -> int:
        """Completion from 0 to 100."""
        return self.objects_done * 100 // self.objects_total if self.objects_total else 0

    def __str__(self) -> str:
        return f"{self.person_id} · {self.course_id} · {self.percent} %"


class LessonProgress(models.Model):
    """When a lesson was opened and completed, and in which language it was last read."""

    record = models.ForeignKey(CourseRecord, on_delete=models.CASCADE, related_name="lessons")
    lesson_code = models.CharField(_("lesson"), max_length=40)
    language = models.CharField(_("language"), max_length=2)
    opened_at = models.DateTimeField(_("opened"))
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    place = models.CharField(_("heading last read"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("lesson progress")
        verbose_name_plural = _("lesson progress")
        constraints = [models.UniqueConstraint(fields=["record", "lesson_code"], name="one_progress_per_lesson")]

    def __str__(self) -> str:
        return f"{self.record_id} · {self.lesson_code}"
