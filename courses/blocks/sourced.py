"""What blocks of a lesson have in common."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class Sourced(blocks.StructBlock):
    """A block that names, after its texts, its sources by their tags and the teaching points it covers by number."""

    sources = blocks.ListBlock(blocks.CharBlock(label=_("tag")), label=_("sources"), required=False, default=[])
    teaching_points = blocks.ListBlock(
        blocks.IntegerBlock(label=_("number")), label=_("teaching points"), required=False, default=[]
    )

    first: tuple[str, ...] = ()
    """What stands above the texts."""

    def get_form_layout(self) -> blocks.BlockGroup:
        last = ("sources", "teaching_points")
        between = (name for name in self.child_blocks if name not in {*self.first, *last})
        return blocks.BlockGroup([*self.first, *between, *last])
