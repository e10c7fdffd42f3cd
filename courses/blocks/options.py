"""The options of an item."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .bilingual import LongPairBlock


class OptionBlock(blocks.StructBlock):
    """One option, in both languages, with the feedback for whoever chooses it."""

    letter = blocks.CharBlock(label=_("letter"), max_length=1)
    en = blocks.TextBlock(label=_("English"), required=False, rows=2)
    es = blocks.TextBlock(label=_("Spanish"), required=False, rows=2)
    correct = blocks.BooleanBlock(label=_("right"), required=False)
    feedback = LongPairBlock(label=_("feedback"), required=False)


class OptionStream(blocks.StreamBlock):
    """The options in the order of their letters; the officer sees them in an order of the own."""

    option = OptionBlock(label=_("option"))
