"""The door itself: size, kind, ending, and what lies inside."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Collection
from pathlib import PurePath

from django.conf import settings
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .. import clock
from . import archives, images, media, pdf, text
from .kinds import EXTENSIONS, IMAGES, MEDIA, OFFICE, Kind, kind_of
from .refusals import UploadRefused

logger = logging.getLogger("puente.security")


def check_upload(
    file: File[bytes],
    *,
    kinds: Collection[Kind],
    most_bytes: int,
    most_unpacked_bytes: int | None = None,
    is_kept: bool = True,
    allow_empty: bool = False,
) -> Kind:
    """What the file is, if it may be taken. Reads it whole, at most `most_bytes`, and winds it back.

    Args:
        kinds: the kinds that are taken here.
        most_bytes: the largest size.
        most_unpacked_bytes: the largest size after unpacking; PUENTE_UPLOAD_MOST_UNPACKED_BYTES if None.
        is_kept: the file is stored and given to others; then its ending must fit and nothing active may lie inside.
        allow_empty: an empty file is let through (as EMPTY), for a reader that says more about it.

    Raises:
        UploadRefused: with the reason.
    """
    try:
        return _check(file, kinds, most_bytes, most_unpacked_bytes, is_kept=is_kept, allow_empty=allow_empty)
    except UploadRefused as refusal:
        logger.warning(json.dumps({"at": clock.now().isoformat(), "event": "file refused", "reason": refusal.reason}))
        raise


def _check(
    file: File[bytes],
    kinds: Collection[Kind],
    most_bytes: int,
    most_unpacked_bytes: int | None,
    *,
    is_kept: bool,
    allow_empty: bool,
) -> Kind:
    if file.size > most_bytes:
        raise UploadRefused("too_large", found=filesizeformat(file.size), most=filesizeformat(most_bytes))
    file.seek(0)
    data = file.read()
    file.seek(0)
    kind = kind_of(data)
    if kind is Kind.EMPTY:
        if allow_empty:
            return kind
        raise UploadRefused("empty")
    if kind not in kinds:
        if kind is Kind.SVG:
            raise UploadRefused("svg")
        known = ", ".join(sorted(_named(each) for each in kinds))
        raise UploadRefused("wrong_kind", found=_named(kind), known=known)
    if is_kept:
        _require_ending(file.name or "", kind)
    unpacked = most_unpacked_bytes or settings.PUENTE_UPLOAD_MOST_UNPACKED_BYTES
    _look_inside(data, kind, unpacked, is_kept=is_kept)
    return kind


def _require_ending(name: str, kind: Kind) -> None:
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in EXTENSIONS[kind]:
        raise UploadRefused("wrong_name", found=_named(kind), ending=ending)


def _look_inside(data: bytes, kind: Kind, unpacked: int, *, is_kept: bool) -> None:
    if kind is Kind.PDF:
        pdf.require_bounded(data, most_bytes=unpacked)
        if is_kept:
            pdf.require_inactive(data, most_pages=settings.PUENTE_UPLOAD_MOST_PAGES)
    elif kind in IMAGES:
        images.require_whole(data, kind, most_pixels=settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)
    elif kind in MEDIA:
        media.require_playable(io.BytesIO(data), kind)
    elif kind in OFFICE or kind is Kind.ZIP:
        archives.require_harmless(data, most_bytes=unpacked)
    elif kind is Kind.TEXT:
        text.require_lines(data, most_characters=settings.PUENTE_UPLOAD_MOST_LINE_CHARACTERS, allow_control=not is_kept)


def _named(kind: Kind) -> str:
    """The kind in words of the reader's language."""
    words = {
        Kind.ZIP: _("a ZIP archive"),
        Kind.OLD_OFFICE: _("an old Office document"),
        Kind.TEXT: _("plain text or CSV"),
        Kind.UNKNOWN: _("something unknown"),
    }
    return words.get(kind, kind.value.upper())
