"""The library of pictures and documents, as files are brought into it without the administration."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from people import audit
from people.models import User
from people.uploads import check_upload
from people.uploads.kinds import DOCUMENTS, IMAGES


@transaction.atomic
def keep_image(*, path: Path, title: str, by: User | None) -> AbstractImage:
    """The picture of a source file in the library of pictures; the same bytes again give the same picture.

    Raises:
        UploadRefused: the file is no picture that is taken here.
    """
    kind = get_image_model()
    with path.open("rb") as file:
        picture = ImageFile(file, name=path.name)
        check_upload(picture, kinds=IMAGES, most_bytes=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
        image: AbstractImage = kind(title=title, file=picture, uploaded_by_user=by)
        image._set_file_hash()  # noqa: SLF001 (Wagtail offers no other name for it)
        same = kind.objects.filter(file_hash=image.file_hash).first()
        if same:
            return same
        image._set_image_file_metadata()  # noqa: SLF001
        image.save()
    audit.record("wagtailimages.image.created", image, by=by)
    return image


@transaction.atomic
def keep_document(*, path: Path, title: str, by: User | None) -> AbstractDocument:
    """The document, sound or film of a source file in the library of documents; the same bytes again give the same
    document.

    Raises:
        UploadRefused: the file is none that is taken here.
    """
    kind = get_document_model()
    with path.open("rb") as opened:
        file = File(opened, name=path.name)
        check_upload(file, kinds=DOCUMENTS, most_bytes=settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
        document: AbstractDocument = kind(title=title, file=file, uploaded_by_user=by)
        document._set_document_file_metadata()  # noqa: SLF001 (Wagtail offers no other name for it)
        same = kind.objects.filter(file_hash=document.file_hash).first()
        if same:
            return same
        document.save()
    audit.record("wagtaildocs.document.created", document, by=by)
    return document
