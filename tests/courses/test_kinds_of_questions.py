"""Questions in parts and on a picture: read from the page's form, marked as a whole, shown again as given."""

from __future__ import annotations

import random
from pathlib import Path

from django.conf import settings
from django.http import QueryDict

from courses.freezing import item_content
from courses.models import Item
from courses.questions import parts_shown, read_form
from courses.scoring import key_of, mark, read_answer
from courses.services.attempts import draw_layout
from curricula.loading.pages import load_item
from curricula.loading.sources import read_items
from curricula.loading.writing import Writing
from tests.school import School


def test_each_kind_is_answered_through_its_form(school: School) -> None:
    folder = Path(settings.PUENTE_CONTENT_DIR)
    for row in read_items(folder, "CO-105"):
        load_item("CO-105", row, Writing(None, folder=folder))
    for kind in ("matching", "ordering", "gap", "hotspot"):
        item = item_content(Item.objects.get(kind=kind))
        quiz = {"items": [item], "rules": {"items_drawn": 1}}
        place = draw_layout(quiz, random.Random(1))[0]
        assert mark(item, read_answer(item, key_of(item))) == 1
        assert mark(item, key_of(item)[1:]) == 0
        assert parts_shown(item, place, key_of(item), with_key=True)
        assert parts_shown(item, place, [], with_key=False)
        assert read_form(item, place, QueryDict()) == []
