"""What a reader keeps for themselves beside a lesson. Nobody else sees it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LessonNote(models.Model):
    """A person's bookmark and note at a lesson. It stands by codes, so that it outlives an edition."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes", verbose_name=_("person")
    )
    course_code = models.CharField(_("course"), max_length=40)
    lesson_code = models.CharField(_("lesson"), max_length=40)
    is_bookmarked = models.BooleanField(_("bookmarked"), default=False)
    text = models.TextField(_("note"), max_length=4000, blank=True)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("bookmark and note")
        verbose_name_plural = _("bookmarks and notes")
        ordering = ["course_code", "lesson_code"]
        constraints = [models.UniqueConstraint(fields=["person", "lesson_code"], name="one_note_per_lesson")]
