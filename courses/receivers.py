"""What follows when a draft is saved; and what is kept: what is live is not changed past the gate, and what an edition
holds is not deleted, on whatever road."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Page

from . import publication
from .exceptions import NotPublishableAlone, UsedByAnEdition
from .models import CoursePage, ExercisePage, FrozenCourse, Item, LessonPage, QuizPage
from .models.frozen import is_frozen
from .models.guarded import GuardedPage
from .services.files import follow_files, follow_replaced_file, keep_files_of
from .services.parity import follow_draft
from .services.sources import follow_sources
from .signals import draft_saved
from .usage import require_unnamed, require_unused, usage_of


@receiver(draft_saved)
def follow(thing: Any, content: dict[str, Any], by: Any, **_: Any) -> None:
    follow_draft(thing=thing, content=content, by=by)
    follow_files(thing=thing)
    if isinstance(thing, LessonPage):
        follow_sources(page=thing, rows=content.get("sources"))


@receiver(post_save, sender=FrozenCourse)
def keep_the_files(sender: Any, instance: FrozenCourse, created: bool, raw: bool = False, **_: Any) -> None:
    if created and not raw:
        keep_files_of(instance)


@receiver(post_save, sender="wagtailimages.Image")
@receiver(post_save, sender="wagtaildocs.Document")
def follow_a_new_file(sender: Any, instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    if not created and not raw:
        follow_replaced_file(file=instance)


@receiver(pre_delete, sender=CoursePage)
@receiver(pre_delete, sender=ExercisePage)
@receiver(pre_delete, sender=LessonPage)
@receiver(pre_delete, sender=QuizPage)
def keep_what_an_edition_holds(sender: Any, instance: Any, **_: Any) -> None:
    if is_frozen(instance.code):
        raise UsedByAnEdition(code=instance.code)


@receiver(pre_delete, sender=ExercisePage)
def keep_an_exercise_in_use(sender: Any, instance: ExercisePage, **_: Any) -> None:
    require_unnamed(instance)


@receiver(pre_delete, sender=Item)
def keep_an_item_in_use(sender: Any, instance: Item, **_: Any) -> None:
    require_unused(instance, usage_of([instance])[instance.pk])
    if is_frozen(instance.code):
        raise UsedByAnEdition(code=instance.code)


@receiver(pre_save, sender=Page)
def keep_what_is_live(sender: Any, instance: Page, update_fields: Any = None, **_: Any) -> None:
    """A guarded page that is handled as a plain `Page` passes the same gate."""
    kind = instance.specific_class
    if publication.gate_is_open() or instance.pk is None or kind is None or not issubclass(kind, GuardedPage):
        return
    before = Page.objects.filter(pk=instance.pk).values_list("live", flat=True).first()
    if before != instance.live and (update_fields is None or "live" in update_fields):
        raise NotPublishableAlone
