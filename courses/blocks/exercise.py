"""The steps of a practical exercise."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class StepBlock(blocks.StructBlock):
    """One step that can be seen or heard, in both languages."""

    en = blocks.TextBlock(label=_("English"), required=False, rows=2)
    es = blocks.TextBlock(label=_("Spanish"), required=False, rows=2)
    critical = blocks.BooleanBlock(
        label=_("critical"), required=False, help_text=_("Whoever does not do it has not passed, whatever the score.")
    )


class StepStream(blocks.StreamBlock):
    """The steps in the order in which they are expected."""

    step = StepBlock(label=_("step"), icon="list-ol")
