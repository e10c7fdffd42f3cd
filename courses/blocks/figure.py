"""A figure: one of the house's drawings, or a picture in words until there is one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListValue

from ..figures.library import drawing, drawing_choices
from .bilingual import LongPairBlock
from .sourced import Sourced


class LabelBlock(blocks.StructBlock):
    """The words at one place of a drawing."""

    id = blocks.RegexBlock(r"^[a-z0-9-]+$", label=_("place in the drawing"))
    en = blocks.CharBlock(label=_("English"), required=False)
    es = blocks.CharBlock(label=_("Spanish"), required=False)


class FigureBlock(Sourced):
    """The words of a drawing come with it; then they are the author's to change."""

    id = blocks.RegexBlock(r"^[a-z0-9-]+$", label=_("identifier"))
    drawing = blocks.ChoiceBlock(
        choices=drawing_choices,
        required=False,
        label=_("drawing"),
        help_text=_("Without a drawing, the alternative text is shown as a picture in words."),
    )
    alt = LongPairBlock(label=_("alternative text"))
    caption = LongPairBlock(label=_("caption"))
    labels = blocks.ListBlock(
        LabelBlock(),
        default=[],
        label=_("words in the drawing"),
        help_text=_("They come with the drawing when you save. Change the words, not the places."),
    )
    brief = blocks.TextBlock(label=_("brief for the illustrator"), required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        cleaned["labels"] = self._labels_of(cleaned["drawing"], cleaned["labels"])
        return cleaned

    def _labels_of(self, name: str | None, labels: ListValue) -> ListValue:
        """One label for each place of the drawing, in its order; what was there keeps its words and its identifier."""
        found, block = drawing(name), self.child_blocks["labels"]
        known = {child.value["id"]: child for child in labels.bound_blocks}
        fresh = {child.value["id"]: child for child in block.normalize(found.words if found else []).bound_blocks}
        return ListValue(block, bound_blocks=[known.get(place, child) for place, child in fresh.items()])
