"""Photos that are evidence of a step: judged as every upload, drawn anew without what a camera writes beside them."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

from django.conf import settings
from django.core.files import File
from PIL import Image, ImageOps

from people.uploads import check_upload
from people.uploads.kinds import Kind

from ..models import ExerciseAssessment

KINDS = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
LONGEST_SIDE = 1600


def evidence_of(assessment: ExerciseAssessment) -> str:
    """The folder of an assessment's own photos. Those that a correction has taken over lie where they did."""
    return f"evidence/{assessment.pk}"


def forget_photos(folder: str) -> None:
    """Delete the photos of an assessment that was discarded."""
    shutil.rmtree(Path(settings.PUENTE_PRIVATE_DIR) / folder, ignore_errors=True)


def keep_photo(*, assessment: ExerciseAssessment, file: File[bytes]) -> str:
    """The place of the photo in the private folder. Where and when it was taken (EXIF) is not kept.

    Raises:
        UploadRefused: it is no photo that is taken here.
    """
    check_upload(file, kinds=KINDS, most_bytes=settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    place = f"{evidence_of(assessment)}/{secrets.token_hex(8)}.jpg"
    path = Path(settings.PUENTE_PRIVATE_DIR) / place
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(file) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright.save(path, "JPEG", quality=82)
    return place
