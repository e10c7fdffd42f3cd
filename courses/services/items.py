"""The bank of items: an item is written from its canonical form, by whoever loads, imports or corrects it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images.models import AbstractImage
from wagtail.log_actions import log

from people import audit
from people.models import User

from ..exceptions import UnknownCategory
from ..freezing import item_content
from ..item_parts import streams_of
from ..models import Item, ItemCategory, ItemScenario

PAIRS = ("stem", "rationale")


@transaction.atomic
def write_item(
    *,
    content: Mapping[str, Any],
    by: User | None,
    tags: Sequence[str] | None = None,
    image: AbstractImage | None = None,
) -> Item:
    """Create or change the item `content["code"]` from its canonical form, as a draft with a revision; give it back.

    The same content again changes nothing and leaves no revision. Texts may be missing in one language: freezing asks
    for them. `tags` and `image` stay as they are when they are None; the canonical `image` gives only its words.

    Raises:
        UnknownCategory: create it with `write_category` first.
        ValidationError: the item could not be answered or marked (`courses.item_faults`); by field.
    """
    item = Item.objects.select_related("category", "scenario", "image").filter(code=content["code"]).first()
    is_new = item is None
    item = item or Item(code=content["code"])
    before = None if is_new else _values(item)
    item.kind, item.level = content["kind"], content["level"]
    item.lesson_codes = list(content.get("lessons", []))
    item.difficulty, item.outcome = content.get("difficulty", ""), content.get("outcome", "")
    item.category = _category(content.get("category", ""))
    item.scenario = _scenario(content["scenario"], by) if content.get("scenario") else None
    for field in PAIRS:
        pair = content.get(field, {})
        setattr(item, f"{field}_en", pair.get("en", ""))
        setattr(item, f"{field}_es", pair.get("es", ""))
    for field, value in streams_of(content).items():
        setattr(item, field, value)
    number = content.get("number", {})
    item.number_answer = _as_stored(number.get("answer"))
    item.number_tolerance = _as_stored(number.get("tolerance") or "0") or Decimal(0)
    alt = content.get("image", {}).get("alt", {})
    item.alt_en, item.alt_es = alt.get("en", ""), alt.get("es", "")
    words = content.get("image", {}).get("text", {})
    item.shows_text = bool(content.get("image", {}).get("shows_text"))
    item.picture_text_en, item.picture_text_es = words.get("en", ""), words.get("es", "")
    item.image = image or item.image
    if tags is not None:
        item.tags.set(tags)
    if _values(item) != before:
        item.full_clean()
        item.save()
        revision = item.save_revision(user=by)
        log(item, "wagtail.create" if is_new else "wagtail.edit", user=by, revision=revision, content_changed=True)
    return item


@transaction.atomic
def write_category(*, code: str, name: Mapping[str, str], by: User | None, parent: str = "") -> ItemCategory:
    """Create or rename a category of the bank.

    Raises:
        UnknownCategory: there is no such parent.
    """
    known = ItemCategory.objects.filter(code=code).first()
    before = audit.values_of(known) if known else None
    category = known or ItemCategory(code=code)
    category.name_en, category.name_es = name.get("en", ""), name.get("es", "")
    category.parent = _category(parent)
    category.save()
    audit.record_saved(category, before, by=by)
    return category


def _values(item: Item) -> tuple[Any, ...]:
    content = item_content(item)
    content.pop("number", None)  # 5 and 5.0000 are one number
    return content, item.number_answer, item.number_tolerance, sorted(item.tags.names())


def _as_stored(number: str | None) -> Decimal | None:
    """With the decimals that the database keeps, so that the same number is the same text."""
    if number is None:
        return None
    try:
        return Decimal(number).quantize(Decimal("0.0001"))
    except InvalidOperation:
        raise ValidationError({"number_answer": _("“%(value)s” is no number.") % {"value": number}}) from None


def _category(code: str) -> ItemCategory | None:
    if not code:
        return None
    category = ItemCategory.objects.filter(code=code).first()
    if category is None:
        raise UnknownCategory(code=code)
    return category


def _scenario(content: Mapping[str, Any], by: User | None) -> ItemScenario:
    scenario = ItemScenario.objects.filter(code=content["code"]).first() or ItemScenario(code=content["code"])
    before = audit.values_of(scenario) if scenario.pk else None
    for field in ("title", "text"):
        setattr(scenario, f"{field}_en", content[field].get("en", ""))
        setattr(scenario, f"{field}_es", content[field].get("es", ""))
    if before is None or audit.values_of(scenario) != before:
        scenario.save()
        scenario.save_revision(user=by)
        audit.record(f"courses.itemscenario.{'changed' if before else 'created'}", scenario, by=by)
    return scenario
