"""Panels of the editor for texts in two languages."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel


def pair_panel(name: str, heading: Any, help_text: Any = "") -> MultiFieldPanel:
    """The English and the Spanish of a field beside each other; on a phone one below the other."""
    both = FieldRowPanel([FieldPanel(f"{name}_en"), FieldPanel(f"{name}_es")])
    return MultiFieldPanel([both], heading=heading, help_text=help_text)


class ParityPanel(Panel):  # type: ignore[misc]
    """How the pairs of the page stand: counts, the open ones with what changed, the way to each."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "courses/admin/parity.html"


class MendingPanel(Panel):  # type: ignore[misc]
    """What an author of a lesson or an item should look at again, read from the draft saved last."""

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        template_name = "courses/admin/mending.html"
