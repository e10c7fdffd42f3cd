"""What an author should look at again, in the editor."""

from __future__ import annotations

from typing import Any

from django import template

from ..mending import remarks_on
from ..models import LessonPage

register = template.Library()


@register.simple_tag
def mending(page: LessonPage) -> dict[str, Any]:
    """`problems` and `flags` of the draft saved last; nothing for a page that is not saved yet."""
    if page.pk is None:
        return {"problems": [], "flags": []}
    problems, flags = remarks_on(page)
    return {"problems": problems, "flags": flags}
