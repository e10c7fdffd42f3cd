"""What an author should look at again, in the editor."""

from __future__ import annotations

from django import template

from ..mending import Remarks, remarks_on, remarks_on_item
from ..models import Item, LessonPage

register = template.Library()


@register.simple_tag
def mending(thing: LessonPage | Item) -> Remarks | None:
    """The remarks on the draft saved last; nothing for what is not saved yet."""
    if not thing.pk:
        return None
    return remarks_on_item(thing) if isinstance(thing, Item) else remarks_on(thing)
