"""The forms of the administration through which pictures and documents come in: each file passes the one door."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from people.uploads import Kind, UploadRefused, check_upload
from people.uploads.kinds import DOCUMENTS, IMAGES


class PictureField(WagtailImageField):  # type: ignore[misc]
    """A picture that Pillow reads to its end as what its name says. Wagtail's own field opens it only then."""

    def to_python(self, data: Any) -> Any:
        if data:
            _check(data, IMAGES, settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
        return super().to_python(data)


class ImageForm(BaseImageForm):  # type: ignore[misc]
    """A picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stock = self.fields.get("file")
        if stock:
            self.fields["file"] = PictureField(label=stock.label, required=stock.required, widget=stock.widget)


class DocumentForm(BaseDocumentForm):  # type: ignore[misc]
    """A document."""

    def clean_file(self) -> Any:
        """Refuse what is no PDF, office document, text, sound or film by its content, or holds something that acts."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            _check(file, DOCUMENTS, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
        return file


def _check(file: Any, kinds: frozenset[Kind], most_bytes: int) -> None:
    try:
        check_upload(file, kinds=kinds, most_bytes=most_bytes)
    except UploadRefused as refusal:
        raise ValidationError(str(refusal), code=refusal.reason) from None
