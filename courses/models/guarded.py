"""The page that only an approved edition publishes: every other road to what is live is closed here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import CommentPanel
from wagtail.models import Page, PagePermissionTester
from wagtail.models.pages import PageManager, PageQuerySet

from .. import publication
from ..exceptions import NotPublishableAlone

LIVE = {"live", "published", "published_id", "live_revision", "live_revision_id", "go_live_at", "expire_at"}
"""What says that a page is live, which text is, and when it will be."""


class OnlyWithAnEdition(PagePermissionTester):
    """Nobody publishes, takes back, copies or schedules such a page by hand, a superuser neither."""

    def can_publish(self) -> bool:
        return publication.gate_is_open()

    def can_publish_subpage(self) -> bool:
        return publication.gate_is_open()

    def can_unpublish(self) -> bool:
        return publication.gate_is_open()

    def can_copy(self) -> bool:
        return False

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        """The order of lessons is a draft's as well: what officers follow is frozen."""
        return bool(self.can_edit())


class GuardedQuerySet(PageQuerySet):
    """Statements over many pages pass the same gate."""

    def update(self, **values: Any) -> int:
        if LIVE & values.keys() and not publication.gate_is_open():
            raise NotPublishableAlone
        return int(super().update(**values))

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        if LIVE & set(fields) and not publication.gate_is_open():
            raise NotPublishableAlone
        return int(super().bulk_update(objs, fields, batch_size))

    def unpublish(self) -> None:
        raise NotPublishableAlone


class GuardedPage(Page):
    """A page of a shared curriculum. Its drafts are written freely; what is live changes only within the gate."""

    objects: ClassVar[Any] = PageManager.from_queryset(GuardedQuerySet)()

    settings_panels = [CommentPanel()]  # without the panel for a schedule
    goes_live_with_an_edition = True

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not publication.gate_is_open():
            self._keep_what_is_live(kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def publish(self, *args: Any, **kwargs: Any) -> Any:
        if not publication.gate_is_open():
            raise NotPublishableAlone
        return super().publish(*args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        if not publication.gate_is_open():
            raise NotPublishableAlone
        return super().unpublish(*args, **kwargs)

    def copy(self, *args: Any, **kwargs: Any) -> Any:
        raise NotPublishableAlone

    def create_alias(self, *args: Any, **kwargs: Any) -> Any:
        raise NotPublishableAlone

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """A draft without a schedule: an edition has no hour of its own."""
        if kwargs.get("approved_go_live_at"):
            raise NotPublishableAlone
        self.go_live_at = self.expire_at = None
        return super().save_revision(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return OnlyWithAnEdition(user, self)

    def _keep_what_is_live(self, update_fields: Any) -> None:
        """A new page is a draft. Of a page that is there, neither its state nor a live text is saved past the gate."""
        if self._state.adding:
            self.live, self.go_live_at, self.expire_at = False, None, None
            return
        own = [field for field in self._meta.local_concrete_fields if not isinstance(field, models.OneToOneField)]
        names = {"live", "go_live_at", "expire_at", *(field.attname for field in own)}
        if update_fields is not None:
            names &= {*update_fields, *(field.attname for field in own if field.name in update_fields)}
        if not names:
            return
        before = type(self)._base_manager.filter(pk=self.pk).values("live", *(names - {"live"})).first()
        if before is None:
            return
        changed = {name for name in names if before.get(name) != getattr(self, name)}
        if changed & LIVE or (before["live"] and changed):
            raise NotPublishableAlone
