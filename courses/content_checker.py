"""Wagtail's checks of a preview with the rules of the house: what they look at, and what they say in both languages."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

Messages = dict[str, dict[str, str | Promise]]

HEADINGS: Messages = {
    "heading-order": {
        "error_name": _("Headings out of order"),
        "help_text": _("Use level 2, then level 3 below it; skip none."),
    },
    "empty-heading": {"error_name": _("Heading without text"), "help_text": _("Write it, or take it away.")},
    "p-as-heading": {
        "error_name": _("Bold paragraph in place of a heading"),
        "help_text": _("Use a block of the kind heading."),
    },
}
TABLES: Messages = {
    "empty-table-header": {
        "error_name": _("Column or row without a heading"),
        "help_text": _("Name each column."),
    },
    "th-has-data-cells": {
        "error_name": _("Heading of a table without cells"),
        "help_text": _("Fill the cells, or take the heading away."),
    },
    "scope-attr-valid": {
        "error_name": _("Heading of a table that belongs to nothing"),
        "help_text": _("Tell the operator: the page is drawn wrongly."),
    },
}
PICTURES: Messages = {
    "image-alt": {
        "error_name": _("Picture without alternative text"),
        "help_text": _("Say what it shows, in both languages."),
    },
    "alt-text-quality": {
        "error_name": _("Alternative text that is the name of a file"),
        "help_text": _("Say what the picture shows."),
    },
    "image-redundant-alt": {
        "error_name": _("Alternative text that repeats the words beside it"),
        "help_text": _("Say what the words do not."),
    },
    "color-contrast": {
        "error_name": _("Words that can hardly be told from their ground"),
        "help_text": _("Text needs a contrast of 4.5 to 1."),
    },
}
WORDS: Messages = {
    "link-name": {"error_name": _("Link without words"), "help_text": _("Name what is behind it.")},
    "button-name": {"error_name": _("Button without words"), "help_text": _("Name what it does.")},
    "input-button-name": {"error_name": _("Button without words"), "help_text": _("Name what it does.")},
    "label": {"error_name": _("Field without a label"), "help_text": _("Name what is written there.")},
    "html-has-lang": {
        "error_name": _("The page does not say its language"),
        "help_text": _("Tell the operator: the page is drawn wrongly."),
    },
    "html-lang-valid": {
        "error_name": _("The page says a language that there is not"),
        "help_text": _("Tell the operator: the page is drawn wrongly."),
    },
    "valid-lang": {
        "error_name": _("A passage says a language that there is not"),
        "help_text": _("Passages are marked as English (en) or Spanish (es)."),
    },
}


class HouseChecker(ContentCheckerItem):  # type: ignore[misc]
    """Headings in order, headings of tables, words of links, alternatives of pictures, languages of passages.

    It checks the language that the preview shows; the other one when its mode is chosen. Without a browser the panel
    above the text checks both (`courses.mending`).
    """

    axe_include = ["main"]
    axe_messages = HEADINGS | TABLES | PICTURES | WORDS
    axe_run_only = list(axe_messages)
    axe_custom_rules = [rule for rule in ContentCheckerItem.axe_custom_rules if rule["id"] == "alt-text-quality"]
    axe_custom_checks = [
        check for check in ContentCheckerItem.axe_custom_checks if check["id"] == "check-image-alt-text"
    ]


def use_house_checker(items: list[Any]) -> None:
    """Put the house's checks in the place of Wagtail's."""
    items[:] = [
        HouseChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items
    ]
