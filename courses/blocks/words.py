"""Blocks of words that point beyond the lesson, or set texts in a row."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from .bilingual import LongPairBlock, PairBlock
from .sourced import Sourced


class ListOfTextsBlock(Sourced):
    """Entries in a row, each in both languages."""

    ordered = blocks.BooleanBlock(label=_("numbered, because the order matters"), required=False)
    entries = blocks.ListBlock(LongPairBlock(), label=_("entries"))


class QuoteBlock(Sourced):
    """Somebody else's words, and whose they are."""

    text = LongPairBlock(label=_("quoted words"))
    source = PairBlock(
        label=_("source"), help_text=_("Who says it and where: the person or the office, the document, the article.")
    )


class TermBlock(Sourced):
    """An agreed term with its definition, as the glossary has it when the lesson is frozen."""

    term = SnippetChooserBlock("courses.GlossaryTerm", label=_("term"), required=False)
