"""Files of lessons: pictures, sounds, films with their captions, documents. Only for whoever may read the lesson."""

from __future__ import annotations

from pathlib import PurePath

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from people.bilingual import choose
from people.private_files import SHOWN, hand_out, show

from ..reading import lesson_of
from ..renditions import rendition
from ..shelf import SHELF, files_in


@login_required
@require_safe
def lesson_file(request: HttpRequest, course_slug: str, lesson_slug: str, name: str) -> HttpResponseBase:
    """A file that this lesson shows, in the edition that this reader follows; a document as a download."""
    reader, lesson = lesson_of(request.user, course_slug, lesson_slug)
    if not reader.may_read or name not in files_in(lesson["blocks"]):
        raise Http404
    titles = (block["title"] for block in lesson["blocks"] if block.get("document", {}).get("file") == name)
    return shelf_file(request, name, title=choose(next(titles, {})))


def shelf_file(request: HttpRequest, name: str, *, title: str = "") -> HttpResponseBase:
    """A file of the shelf, a picture in one of its widths when `width` asks for it; what no page shows, as a download
    called after `title`. The caller has asked the gate. 404 when it is not there."""
    ending = PurePath(name).suffix
    try:
        if ending not in SHOWN:
            return hand_out(f"{SHELF}/{name}", name=f"{slugify(title) or 'document'}{ending}")
        if width := request.GET.get("width", ""):
            name = rendition(name, int(width))
        return show(f"{SHELF}/{name}", request=request)
    except (OSError, ValueError):
        raise Http404 from None
