"""Uploaded files. Pictures are for whoever is signed in, originals for those who work in the administration.

Nothing else below the media folder has an address: documents go through Wagtail's own view, which asks the collection
and, here, for sign-in. Files of drafts and of frozen content have theirs here as well, for those who read curricula
before they are published; of those only the pictures of questions are for whoever learns.
"""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import AbstractDocument

from courses.usage import is_picture_of_a_question
from courses.views.files import shelf_file
from people.access import may
from people.roles import Right

PICTURES = {
    "images": (Right.LEARN, Right.READ_CURRICULA),
    "original_images": (Right.ENTER_ADMIN,),
    "avatar_images": (Right.ENTER_ADMIN,),
}
"""The folders of pictures, and the rights of which one is enough."""

KINDS = {"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}
"""What is sent as a picture. A drawing that may hold a script (SVG) is not among them."""


@require_safe
def picture(request: HttpRequest, shelf: str, name: str) -> HttpResponseBase:
    """One picture. To strangers, and to those without the right, it is not there; a folder is never listed."""
    kind = mimetypes.guess_type(name)[0]
    path = Path(settings.MEDIA_ROOT) / shelf / name
    if shelf not in PICTURES or kind not in KINDS or Path(name).name != name or not path.is_file():
        raise Http404
    if not any(may(request.user, right) for right in PICTURES[shelf]):
        raise Http404
    response = FileResponse(path.open("rb"), content_type=kind)
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


@require_safe
def frozen(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of the shelf of frozen content, in full or in part."""
    reads_all = may(request.user, Right.READ_CURRICULA)
    if not reads_all and not (may(request.user, Right.LEARN) and is_picture_of_a_question(name)):
        raise Http404
    return shelf_file(request, name)


@hooks.register("before_serve_document")
def documents_are_for_those_signed_in(document: AbstractDocument, request: HttpRequest) -> HttpResponseBase | None:
    """A document's address, sent around, asks for sign-in."""
    return None if request.user.is_authenticated else redirect_to_login(request.get_full_path())
