"""A text in two languages: the smallest bilingual block."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PairBlock(blocks.StructBlock):
    """A line in English and in Spanish."""

    en = blocks.CharBlock(label=_("English"), required=False)
    es = blocks.CharBlock(label=_("Spanish"), required=False)

    class Meta:
        label = _("text")
        form_classname = "pair"


class LongPairBlock(blocks.StructBlock):
    """Paragraphs in English and in Spanish, in Markdown."""

    en = blocks.TextBlock(label=_("English"), required=False, rows=4)
    es = blocks.TextBlock(label=_("Spanish"), required=False, rows=4)

    class Meta:
        label = _("text")
        form_classname = "pair"
        help_text = _("Markdown: paragraphs, **bold**, *italic*, - lists. [[term]] opens the glossary.")
