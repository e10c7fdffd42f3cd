"""The agreed terms of both administrations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class GlossaryTerm(models.Model):
    """One concept with its term and its definition in both languages. Lessons mark it by its English term."""

    en = models.CharField(_("English term"), max_length=160, unique=True)
    es = models.CharField(_("Spanish term"), max_length=200)
    domain = models.CharField(_("domain"), max_length=40, blank=True)
    definition_en = models.TextField(_("definition in English"), blank=True)
    definition_es = models.TextField(_("definition in Spanish"), blank=True)
    note_en = models.TextField(_("note in English"), blank=True)
    note_es = models.TextField(_("note in Spanish"), blank=True)

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["en"]

    def __str__(self) -> str:
        return f"{self.en} · {self.es}"
