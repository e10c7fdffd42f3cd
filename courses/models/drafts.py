"""The one funnel of drafts: whoever saves a revision, by whatever road, the parity of its texts follows."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.fields import StreamField

from ..signals import draft_saved


class FollowedDrafts:
    """Says `draft_saved` in the transaction in which a revision of a bilingual object is saved."""

    def save_revision(self, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            revision = super().save_revision(user, *args, **kwargs)  # type: ignore[misc]
            draft_saved.send(sender=type(self), thing=self, content=revision.content, by=user)
        return revision

    @classmethod
    def stream_names(cls) -> list[str]:
        """The fields whose blocks a revision keeps as text."""
        return [field.name for field in cls._meta.get_fields() if isinstance(field, StreamField)]  # type: ignore[attr-defined]
