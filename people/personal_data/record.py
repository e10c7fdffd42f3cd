"""What the audit record says about a person, and what it says the person did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

from ..erasing import Erasure, erases
from ..held_data import Field, Row, Text, held, installed, subjects_of
from ..models import User

ACTORS = {"you": _("you"), "another": _("another person"), "system": _("the system")}
FREE_TEXTS = frozenset({"reason"})  # what somebody wrote about the person


def action_names() -> Mapping[Any, Text]:
    """The words for the codes of actions."""
    return dict(registry.get_choices())


@held(
    "record_about",
    title=_("What the audit record says about you"),
    about=_("Who did what with your account, your enrollments and your certificates. Others are not named here."),
    place=900,
    fields=(
        Field("at", _("When")),
        Field("action", _("What"), action_names),
        Field("by", _("By whom"), lambda: ACTORS),
        Field("object_type", _("Kind of object")),
        Field("object_id", _("Number of the object")),
        Field("details", _("Details")),
    ),
)
def record_about(person: User) -> Iterable[Row]:
    """Entries on the objects that are about the person, the oldest first."""
    found = [
        (entry.timestamp, entry.action, _actor(entry.user_id, person), entry.content_type.model, entry.object_id,
         entry.data or None)
        for entry in entries_about(person).order_by("timestamp", "pk").select_related("content_type")
    ]  # fmt: skip
    return sorted([*found, *_chained_about(person)], key=lambda row: row[0])


def _chained_about(person: User) -> Iterator[Row]:
    """The same of the chained record, where it is installed. It names nobody, so an erasure has nothing to do there."""
    if (model := installed("people.AuditEntry")) is None:
        return
    about = Q(pk__in=[])
    for kind, keys in subjects_of(person):
        about |= Q(object_type=f"{kind.app_label}.{kind.model}", object_id__in=keys)
    for entry in model.objects.filter(about):
        details = {"before": entry.before, "after": entry.after, "data": entry.data}
        kept = {name: value for name, value in details.items() if value}
        kind_name = entry.object_type.rsplit(".", 1)[-1]
        yield entry.at, entry.action, _actor(entry.actor_id, person), kind_name, entry.object_id, kept or None


def _actor(actor_id: int | None, person: User) -> str:
    return "system" if actor_id is None else "you" if actor_id == person.pk else "another"


@held(
    "record_by",
    title=_("What the audit record says you did"),
    about=_("What you did here with other objects; whom it was about is not told."),
    place=910,
    fields=(
        Field("at", _("When")),
        Field("action", _("What"), action_names),
        Field("object_type", _("Kind of object")),
        Field("object_id", _("Number of the object")),
    ),
    covers=["wagtailcore.ModelLogEntry.user", "wagtailcore.PageLogEntry.user", "people.AuditEntry.actor"],
)
def record_by(person: User) -> Iterable[Row]:
    """Entries by the person, on pages and on everything else, the oldest first."""
    columns = ("timestamp", "action", "content_type__model")
    found = [
        *ModelLogEntry.objects.filter(user=person).values_list(*columns, "object_id"),
        *PageLogEntry.objects.filter(user=person).values_list(*columns, "page_id"),
    ]
    if model := installed("people.AuditEntry"):
        chained = model.objects.filter(actor=person.pk).values_list("at", "action", "object_type", "object_id")
        found += [(at, action, kind.rsplit(".", 1)[-1], number) for at, action, kind, number in chained]
    return [(*rest, str(number)) for *rest, number in sorted(found, key=lambda row: row[0])]


def entries_about(person: User) -> QuerySet[ModelLogEntry]:
    """Entries on objects that are about a person."""
    about = Q(pk__in=[])
    for kind, keys in subjects_of(person):
        about |= Q(content_type=kind, object_id__in=keys)
    found: QuerySet[ModelLogEntry] = ModelLogEntry.objects.filter(about)
    return found


@erases(
    "record",
    says=_("The audit record keeps who did what; names and free texts that it quotes are removed."),
    place=950,
)
def unname_record(erasure: Erasure) -> None:
    """Labels quote names of objects: those of this person's objects, also of objects that are gone by now."""
    changed = []
    kinds = [kind for kind, _keys in subjects_of(erasure.person)]
    for entry in {*entries_about(erasure.person), *_entries_of_the_gone(kinds, erasure)}:
        data = erasure.without_names(entry.data, leaving_out=FREE_TEXTS)
        label = erasure.pseudonym if erasure.is_named_in(entry.label) else entry.label
        if (label, data) != (entry.label, entry.data):
            entry.label, entry.data = label, data
            changed.append(entry)
    ModelLogEntry.objects.bulk_update(changed, ["label", "data"], batch_size=200)
    erasure.done["wagtailcore.ModelLogEntry"] += len(changed)


def _entries_of_the_gone(kinds: list[ContentType], erasure: Erasure) -> QuerySet[ModelLogEntry]:
    """Entries on objects that were deleted, such as a grant, whose label has the full name or the address."""
    named = Q(label__icontains=erasure.identifiers[0]) | Q(label__icontains=erasure.email)
    found: QuerySet[ModelLogEntry] = ModelLogEntry.objects.filter(named, content_type__in=kinds)
    return found
