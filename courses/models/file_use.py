"""Which pictures and documents of the library are used where, so that none of them goes away under a text."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..exceptions import FileInUse


def keep_what_is_used(collector: Any, field: Any, uses: Any, using: str) -> None:
    """What happens to a use when its file is to be deleted, on whatever road: it is not deleted.

    Raises:
        FileInUse: which file, and where it is used.
    """
    rows = FileUse._base_manager.using(using).filter(pk__in=[use.pk for use in uses])
    rows = rows.select_related(field.name, "frozen_course").defer("frozen_course__content").order_by("code", "pk")
    title = getattr(rows[0], field.name).title
    raise FileInUse(title=title, places=", ".join(dict.fromkeys(str(use) for use in rows)))


class FileUse(models.Model):
    """One file that the latest draft of a page or an item uses, or that a frozen course holds.

    Rows follow from drafts and from freezing (`courses.services.files`). `file` is its name on the shelf
    (`courses.shelf`), `code` that of the lesson or item.
    """

    wagtail_reference_index_ignore = True

    image = models.ForeignKey(
        "wagtailimages.Image", on_delete=keep_what_is_used, null=True, related_name="+", verbose_name=_("picture")
    )
    document = models.ForeignKey(
        "wagtaildocs.Document", on_delete=keep_what_is_used, null=True, related_name="+", verbose_name=_("document")
    )
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, null=True, related_name="+")
    item = models.ForeignKey("courses.Item", on_delete=models.CASCADE, null=True, related_name="+")
    frozen_course = models.ForeignKey(
        "courses.FrozenCourse", on_delete=models.CASCADE, null=True, related_name="file_uses"
    )
    file = models.CharField(_("file"), max_length=80, db_index=True)
    code = models.CharField(_("code"), max_length=40)
    is_of_a_question = models.BooleanField(_("of a question"), default=False)

    class Meta:
        verbose_name = _("use of a file")
        verbose_name_plural = _("uses of files")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(image__isnull=True, document__isnull=False)
                | models.Q(image__isnull=False, document__isnull=True),
                name="file_is_picture_or_document",
            ),
        ]

    def __str__(self) -> str:
        if self.frozen_course is None:
            return self.code
        frozen = _("%(code)s as it was frozen on %(day)s")
        return str(frozen) % {"code": self.code, "day": self.frozen_course.frozen_at.date().isoformat()}
