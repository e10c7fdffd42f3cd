"""The parts of items that are more than options: pairs to match, gaps to fill, places on a picture."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .bilingual import LongPairBlock, PairBlock


class MatchBlock(blocks.StructBlock):
    """A left side and the right side that belongs to it, under one letter."""

    letter = blocks.CharBlock(label=_("letter"), max_length=1)
    left = PairBlock(label=_("left side"))
    right = PairBlock(label=_("right side"))
    feedback = LongPairBlock(label=_("feedback"), required=False)


class DistractorBlock(blocks.StructBlock):
    """A right side that belongs to no left side."""

    letter = blocks.CharBlock(label=_("letter"), max_length=1)
    en = blocks.CharBlock(label=_("English"), required=False)
    es = blocks.CharBlock(label=_("Spanish"), required=False)


class ChoiceBlock(blocks.StructBlock):
    """One of the words offered for a gap."""

    letter = blocks.CharBlock(label=_("letter"), max_length=1)
    en = blocks.CharBlock(label=_("English"), required=False)
    es = blocks.CharBlock(label=_("Spanish"), required=False)
    correct = blocks.BooleanBlock(label=_("right"), required=False)
    feedback = LongPairBlock(label=_("feedback"), required=False)


class AcceptedBlock(blocks.StructBlock):
    """What counts when it is written into a gap, one answer a line."""

    en = blocks.TextBlock(label=_("English"), required=False, rows=3)
    es = blocks.TextBlock(label=_("Spanish"), required=False, rows=3)

    class Meta:
        help_text = _("One answer a line. Capitals and accents do not matter; both languages count.")
        form_classname = "pair"


class GapBlock(blocks.StructBlock):
    """A gap of the question: words to choose from, or answers that count when they are written."""

    number = blocks.IntegerBlock(label=_("number"), min_value=1, max_value=20)
    choices = blocks.ListBlock(ChoiceBlock(label=_("choice")), label=_("choices"), default=[])
    accepted = AcceptedBlock(label=_("accepted answers"), required=False)


class RegionBlock(blocks.StructBlock):
    """A place on the picture."""

    letter = blocks.CharBlock(label=_("letter"), max_length=1)
    label = PairBlock(label=_("what is there"))
    points = blocks.CharBlock(
        label=_("corners"),
        help_text=_(
            "In percent of width and height, such as 12,40 30,65. Two corners make a rectangle, three or more a shape."
        ),
    )
    correct = blocks.BooleanBlock(label=_("right"), required=False)
    feedback = LongPairBlock(label=_("feedback"), required=False)


class MatchStream(blocks.StreamBlock):
    """The pairs, in the order of their letters; the officer sees each side in an order of the own."""

    pair = MatchBlock(label=_("pair"))


class DistractorStream(blocks.StreamBlock):
    """Right sides that belong to nothing."""

    distractor = DistractorBlock(label=_("further right side"))


class GapStream(blocks.StreamBlock):
    """The gaps `{1}`, `{2}` … of the question."""

    gap = GapBlock(label=_("gap"))


class RegionStream(blocks.StreamBlock):
    """The places of the picture that count, or that deserve a feedback."""

    region = RegionBlock(label=_("place"))
