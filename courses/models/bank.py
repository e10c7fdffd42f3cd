"""What orders the bank of items: categories, and the scenarios that several items share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import RevisionMixin

from people.bilingual import pick


class ItemCategory(models.Model):
    """A shelf of the bank; shelves may stand in another one."""

    code = models.SlugField(_("code"), unique=True, max_length=40)
    name_en = models.CharField(_("name in English"), max_length=160)
    name_es = models.CharField(_("name in Spanish"), max_length=160, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )

    panels = [
        FieldPanel("code"),
        MultiFieldPanel([FieldPanel("name_en"), FieldPanel("name_es")], heading=_("Name")),
        FieldPanel("parent"),
    ]

    class Meta:
        verbose_name = _("item category")
        verbose_name_plural = _("item categories")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="category_is_not_its_own_parent",
            )
        ]

    def __str__(self) -> str:
        return pick(self, "name") or self.code


class ItemScenario(RevisionMixin, models.Model):
    """A common text, such as the papers of one shipment, that stands before each of its items."""

    code = models.SlugField(_("code"), unique=True, max_length=40)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title_es = models.CharField(_("title in Spanish"), max_length=200, blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    text_es = models.TextField(_("text in Spanish"), blank=True)

    panels = [
        FieldPanel("code"),
        MultiFieldPanel([FieldPanel("title_en"), FieldPanel("title_es")], heading=_("Title")),
        MultiFieldPanel([FieldPanel("text_en"), FieldPanel("text_es")], heading=_("Text")),
    ]

    class Meta:
        verbose_name = _("scenario of items")
        verbose_name_plural = _("scenarios of items")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} · {pick(self, 'title')}".strip(" ·")
