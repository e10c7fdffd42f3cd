"""Pictures: opened, measured and decoded once, before anything else touches them."""

from __future__ import annotations

import io
import warnings

from PIL import Image

from .kinds import Kind
from .refusals import UploadRefused

MILLION = 1_000_000


def require_whole(data: bytes, kind: Kind, *, most_pixels: int) -> None:
    """Let a picture pass that Pillow reads as its kind, to its last byte, with at most `most_pixels` over all frames.

    Its size is measured from the header, before a pixel is decoded.
    """
    opened: list[str] = [kind.value.upper()]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=opened) as picture:
                pixels = picture.width * picture.height
                if pixels <= most_pixels:
                    pixels *= getattr(picture, "n_frames", 1)
                if pixels > most_pixels:
                    raise _too_many(pixels, most_pixels)
                picture.load()
    except UploadRefused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many(most_pixels * 2, most_pixels) from None
    except Exception:  # noqa: BLE001 (a decoder of untrusted bytes fails in many ways; each means the same)
        raise UploadRefused("broken") from None


def _too_many(pixels: int, most: int) -> UploadRefused:
    return UploadRefused("too_many_pixels", found=-(-pixels // MILLION), most=most // MILLION)
