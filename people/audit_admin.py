"""What is done in Wagtail's administration goes into the record: who, what, on which object, before and after.

Two ways lead there. Models that are named here are watched themselves: each creation, change and removal under the
administration, bulk actions included, is recorded with its values in the same transaction. Everything else that Wagtail
writes into its own log (pages, images, documents, collections) is recorded with Wagtail's code.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.signals import post_save, pre_delete, pre_save
from wagtail.log_actions import get_active_log_context
from wagtail.models import BaseLogEntry, ModelLogEntry, PageLogEntry

from . import audit
from .audit import Deed, values_of

_watched: dict[type[models.Model], frozenset[str]] = {}
_texts: set[type[models.Model]] = set()


def watch(*kinds: type[models.Model], personal: tuple[str, ...] = ()) -> None:
    """Record what the administration does to objects of these models, such as `people.agency.changed`.

    `personal` names fields that are recorded without what they say.
    """
    for kind in kinds:
        _watched[kind] = frozenset(personal)
        for signal, receiver in ((pre_save, _remember), (post_save, _saved), (pre_delete, _removed)):
            signal.connect(receiver, sender=kind, dispatch_uid=f"record {kind._meta.label}")


def watch_removals(*kinds: type[models.Model]) -> None:
    """The same for texts, of which Wagtail's log tells the rest: its bulk action removes without a word."""
    for kind in kinds:
        _texts.add(kind)
        pre_delete.connect(_removed, sender=kind, dispatch_uid=f"record {kind._meta.label}")


def follow_wagtail() -> None:
    """Record what Wagtail logs of objects that are not watched."""
    for log in (PageLogEntry, ModelLogEntry):
        post_save.connect(_logged, sender=log, dispatch_uid=f"record {log._meta.label}")


def _acting() -> Any:
    """Who acts in the administration now; None outside of it, where services record what they do."""
    return get_active_log_context().user


def _remember(sender: type[models.Model], instance: models.Model, raw: bool, **_: Any) -> None:
    if not raw and _acting() and instance.pk:
        before = sender._base_manager.filter(pk=instance.pk).first()
        instance._recorded_before = values_of(before) if before else None  # type: ignore[attr-defined]  # noqa: SLF001


def _saved(sender: type[models.Model], instance: models.Model, raw: bool, **_: Any) -> None:
    if raw or not _acting():
        return
    before, after = getattr(instance, "_recorded_before", None), _as_stored(instance)
    if before != after:
        _record("changed" if before else "created", instance, before or {}, after)


def _removed(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
    if _acting():
        _record("deleted", instance, values_of(instance), {})


def _as_stored(instance: models.Model) -> dict[str, Any]:
    """The values as the database gives them back: a day that a form gave as text is a day."""
    return values_of(type(instance)._base_manager.get(pk=instance.pk))


def _record(what: str, instance: models.Model, before: dict[str, Any], after: dict[str, Any]) -> None:
    action, kind = f"{instance._meta.label_lower}.{what}", type(instance)
    deed = (
        Deed(action, instance, before=before, after=after, personal=_watched[kind])
        if kind in _watched
        else Deed(action, instance)
    )
    audit.record_all([deed], by=_acting())


def _logged(sender: type[BaseLogEntry], instance: BaseLogEntry, created: bool, **_: Any) -> None:
    kind = instance.content_type.model_class() if instance.content_type else None
    if not created or kind is None or _is_told_already(kind, instance.action):
        return
    thing = kind(pk=instance.object_id)
    if kind in _watched:
        thing = kind._base_manager.filter(pk=instance.object_id).first() or thing
    audit.record(instance.action, thing, by=instance.user)


def _is_told_already(kind: type[models.Model], action: str) -> bool:
    told_by_signals = {"wagtail.create", "wagtail.edit", "wagtail.delete"}
    return (kind in _watched and action in told_by_signals) or (kind in _texts and action == "wagtail.delete")
