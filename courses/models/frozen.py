"""A course as it was: the canonical content that trainees follow and attempts are marked against."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from people import clock
from people.bilingual import pick


class FrozenCourse(models.Model):
    """The exact text, rules and keys of a course, addressed by their SHA-256. Written once, never changed.

    `content` is the canonical export (`courses.freezing`); `revisions` maps each learning object's code to the Wagtail
    revision that it was taken from.
    """

    code = models.CharField(_("code"), max_length=40, db_index=True)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_es = models.CharField(_("title in Spanish"), max_length=200)
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    content = models.JSONField(_("content"))
    revisions = models.JSONField(_("revisions"), default=dict)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    frozen_at = models.DateTimeField(_("frozen"), default=clock.now)

    class Meta:
        verbose_name = _("frozen course")
        verbose_name_plural = _("frozen courses")
        ordering = ["code", "frozen_at"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("A frozen course is never written a second time.")
        super().save(*args, **kwargs)

    @property
    def title(self) -> str:
        return pick(self, "title")

    def __str__(self) -> str:
        return f"{self.code} · {self.title} · {self.sha256[:12]}"


def is_frozen(code: str) -> bool:
    """Whether a frozen course was taken from the learning object or item of that code."""
    return bool(code) and FrozenCourse.objects.filter(revisions__has_key=code).exists()
