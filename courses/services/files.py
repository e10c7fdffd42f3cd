"""Keeps the record of used files in step with the drafts, and writes down what a frozen course holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from ..models import FileUse, FrozenCourse, Item
from ..shelf import files_in, kept

Key = tuple[int | None, int | None]


@transaction.atomic
def follow_files(*, thing: Any) -> None:
    """Bring the used files of a lesson or an item in step with its draft. One statement when it has none."""
    if not type(thing).stream_names():
        return
    owner = "item" if isinstance(thing, Item) else "page"
    mine = FileUse.objects.filter(**{f"{owner}_id": thing.pk})
    before = {(use.image_id, use.document_id): use for use in mine}
    found = _files_of(thing)
    names = {key: kept(file) for key, file in found.items()}
    gone = [use.pk for key, use in before.items() if names.get(key) != use.file]
    if gone:
        FileUse.objects.filter(pk__in=gone).delete()
    FileUse.objects.bulk_create(
        FileUse(
            image_id=key[0], document_id=key[1], file=name, code=thing.code, is_of_a_question=owner == "item",
            **{f"{owner}_id": thing.pk},
        )
        for key, name in names.items()
        if key not in before or before[key].file != name
    )  # fmt: skip


@transaction.atomic
def follow_replaced_file(*, file: AbstractImage | AbstractDocument) -> None:
    """A file was saved in the library: drafts that use it use its new bytes. What is frozen keeps the old ones."""
    kind = "image" if isinstance(file, AbstractImage) else "document"
    drafts = FileUse.objects.filter(**{kind: file.pk}, frozen_course=None)
    if drafts.exists():
        drafts.update(file=kept(file))


def keep_files_of(frozen: FrozenCourse) -> None:
    """Write down which files of the library a frozen course holds; they stay. Two statements.

    Its drafts, or an earlier frozen course, have named them before.
    """
    places = list(_places(frozen.content))
    known = FileUse.objects.filter(file__in={name for name, _code, _is_item in places}).order_by("pk")
    by_name = {use.file: (use.image_id, use.document_id) for use in known}
    FileUse.objects.bulk_create(
        FileUse(
            image_id=by_name[name][0], document_id=by_name[name][1], file=name, code=code, frozen_course=frozen,
            is_of_a_question=is_item,
        )
        for name, code, is_item in dict.fromkeys(places)
        if name in by_name
    )  # fmt: skip


def _places(content: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Each file of a frozen course with the code of its lesson or item, and whether that is an item."""
    for lesson in content.get("lessons", []):
        for name in files_in(lesson["blocks"]):
            yield name, lesson["code"], False
    for quiz in content.get("quizzes", []):
        for item in quiz["items"]:
            for name in files_in(item):
                yield name, item["code"], True


def _files_of(thing: Any) -> dict[Key, AbstractImage | AbstractDocument]:
    """The pictures and documents that a draft uses, by their keys in the record."""
    kinds = {get_image_model(): set[int](), get_document_model(): set[int]()}
    for name in type(thing).stream_names():
        for kind, pk, *_paths in type(thing)._meta.get_field(name).extract_references(getattr(thing, name)):
            if kind in kinds:
                kinds[kind].add(int(pk))
    if isinstance(thing, Item) and thing.image_id:
        kinds[get_image_model()].add(thing.image_id)
    found: dict[Key, AbstractImage | AbstractDocument] = {}
    for kind, pks in kinds.items():
        for file in kind.objects.filter(pk__in=pks) if pks else ():
            found[(file.pk, None) if isinstance(file, AbstractImage) else (None, file.pk)] = file
    return found
