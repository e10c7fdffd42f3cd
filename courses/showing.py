"""How blocks with a file are shown in one language: addresses, sizes, tracks. Pure but for the words of sizes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from django.template.defaultfilters import filesizeformat

from .renditions import widths_of
from .shelf import captions_name

Address = Callable[[str], str]
"""The address of a file of the shelf, by its name."""

LANGUAGES = {"en": "English", "es": "Español"}


def picture_shown(picture: Mapping[str, Any], address: Address) -> dict[str, Any]:
    """A picture with the addresses of its renditions (`src` the widest, `srcset` all) and its size in pixels."""
    at = address(picture["file"])
    widths = widths_of(picture["width"])
    return {
        "src": f"{at}?width={widths[-1]}",
        "srcset": ", ".join(f"{at}?width={width} {width}w" for width in widths),
        "width": picture["width"],
        "height": picture["height"],
    }


def file_shown(file: Mapping[str, Any], address: Address) -> dict[str, str]:
    """A document or medium: its address, its kind such as `PDF`, its size and, of a medium, its length in words."""
    return {
        "src": address(file["file"]),
        "kind": PurePath(file["file"]).suffix.removeprefix(".").upper(),
        "size": filesizeformat(file["bytes"]),
        "length": _length(file["seconds"]) if file.get("seconds") else "",
    }


def tracks_shown(captions: Mapping[str, str], language: str, address: Address) -> list[dict[str, Any]]:
    """The tracks of a player; the page's language is shown unless the reader chooses another."""
    return [
        {"language": code, "label": LANGUAGES[code], "src": address(captions_name(text)), "is_shown": code == language}
        for code, text in sorted(captions.items())
    ]


def _length(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
