"""The editor's form of a page in two languages."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page


class BilingualPageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """One title is enough for a draft; the address follows from it when nobody has written another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        title = self.cleaned_data.get("title_en") or self.cleaned_data.get("title_es")
        if not title and not {"title_en", "title_es"} & self.errors.keys():
            self.add_error("title_en", _("Write the title in one language at least."))
        if title and "slug" in self.fields and not self.cleaned_data.get("slug") and "slug" not in self.errors:
            self.cleaned_data["slug"] = self._free_slug(slugify(title) or "page")
        cleaned: dict[str, Any] = super().clean()
        return cleaned

    def _free_slug(self, wanted: str) -> str:
        parent = self.parent_page or self.instance.get_parent()
        slug, number = wanted, 2
        while not Page._slug_is_available(slug, parent, self.instance):  # noqa: SLF001 (as Wagtail's own form does)
            slug, number = f"{wanted}-{number}", number + 1
        return slug
