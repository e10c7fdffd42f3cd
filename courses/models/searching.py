"""The words of frozen lessons, ready to be searched."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .frozen import FrozenCourse


class LessonWords(models.Model):
    """The text of one lesson of a frozen course in one language; made when the course is first searched.

    `words` is the text in lower case without accents, each word after one space. On PostgreSQL an index over its stems
    (`lesson_words_en`, `lesson_words_es`) answers the search.
    """

    course = models.ForeignKey(FrozenCourse, on_delete=models.CASCADE, related_name="words")
    lesson_code = models.CharField(_("lesson"), max_length=40)
    language = models.CharField(_("language"), max_length=2)
    text = models.TextField(_("text"))
    words = models.TextField(_("words"))

    class Meta:
        verbose_name = _("words of a lesson")
        verbose_name_plural = _("words of lessons")
        constraints = [
            models.UniqueConstraint(fields=["course", "lesson_code", "language"], name="words_of_a_lesson_once")
        ]
