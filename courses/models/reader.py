"""What a reader keeps for themselves in a course: bookmarks and notes. Nobody else sees them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Bookmark(models.Model):
    """A lesson that a person wants to find again. It stands by codes, so that it outlives an edition."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks", verbose_name=_("person")
    )
    course_code = models.CharField(_("course"), max_length=40)
    lesson_code = models.CharField(_("lesson"), max_length=40)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("bookmark")
        verbose_name_plural = _("bookmarks")
        ordering = ["course_code", "lesson_code"]
        constraints = [models.UniqueConstraint(fields=["person", "lesson_code"], name="one_bookmark_per_lesson")]


class Note(models.Model):
    """What a person wrote for themselves beside a lesson."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes", verbose_name=_("person")
    )
    course_code = models.CharField(_("course"), max_length=40)
    lesson_code = models.CharField(_("lesson"), max_length=40)
    text = models.TextField(_("note"), max_length=4000)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["course_code", "lesson_code"]
        constraints = [models.UniqueConstraint(fields=["person", "lesson_code"], name="one_note_per_lesson")]
