"""Parts of quiz pages of which a page shows many: rendered once (`people.filling`), so that twenty cost little."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from people.filling import filled

register = template.Library()


@register.simple_tag
def question_link(question: Mapping[str, Any], address: str, here: bool) -> SafeString:
    """The way to a question in the list of all, with its state; `here` when its page is open."""
    return filled(
        "courses/quiz_question_link.html",
        holes={"address": address, "code": question["code"]},
        page=question["page"],
        position=question["position"],
        answered=bool(question["answered"]),
        flagged=bool(question["flagged"]),
        here=here,
    )


@register.simple_tag
def option_choice(question: Mapping[str, Any], option: Mapping[str, Any]) -> SafeString:
    """An option to choose, alone or among several."""
    return filled(
        "courses/question_option.html",
        holes={"code": question["code"], "letter": option["letter"], "text": option["text"]},
        several=question["kind"] == "multiple",
        chosen=bool(option["chosen"]),
    )
