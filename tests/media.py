"""Files of a library, made here: sound, film, a picture, a paper. As small as a reader of their kind lets them be."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

from .school import pair


def mp3(seconds: int = 2) -> bytes:
    """Silence in frames of MPEG-1 layer III, 128 kbit/s at 44.1 kHz."""
    frame = b"\xff\xfb\x90\x64" + bytes(413)
    return frame * round(seconds * 44100 / 1152)


def mp4(seconds: int = 75, brand: bytes = b"isom") -> bytes:
    """The boxes that say the length, without a film in them."""
    ticks = struct.pack(">IIIIIIHH", 0, 0, 0, 1000, seconds * 1000, 0, 0, 0)
    movie_header = struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000) + bytes(80)
    track = _box(b"trak", _box(b"mdia", _box(b"mdhd", ticks)))
    return _box(b"ftyp", brand + bytes(4) + brand) + _box(b"moov", _box(b"mvhd", movie_header) + track)


def webm(seconds: float = 75) -> bytes:
    """The head of a WebM file with its length."""
    kind = b"\x42\x82\x84webm"
    info = b"\x2a\xd7\xb1\x83\x0f\x42\x40" + b"\x44\x89\x88" + struct.pack(">d", seconds * 1000)
    return b"\x1aE\xdf\xa3" + bytes([0x80 | len(kind)]) + kind + b"\x15\x49\xa9\x66" + bytes([0x80 | len(info)]) + info


def picture(size: tuple[int, int] = (1200, 800), kind: str = "PNG") -> bytes:
    """A picture of one color."""
    data = io.BytesIO()
    Image.new("RGB", size, (30, 90, 120)).save(data, kind)
    return data.getvalue()


def paper() -> bytes:
    """A PDF of one page."""
    data = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(data)
    return data.getvalue()


def captions(text: str) -> str:
    """WebVTT with one caption."""
    return f"WEBVTT\n\n00:00.000 --> 00:01.500\n{text}\n"


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content


def blocks(folder: Path) -> list[dict[str, Any]]:
    """Every block that shows a file or points to the glossary, as a source file has it; writes the files."""
    files = {
        "port.png": picture(), "still.jpg": picture((640, 360), "JPEG"), "talk.mp3": mp3(), "film.mp4": mp4(),
        "form.pdf": paper(), "en.vtt": captions("Said in English").encode(), "es.vtt": captions("Dicho").encode(),
    }  # fmt: skip
    for name, data in files.items():
        if not (folder / name).exists():
            (folder / name).write_bytes(data)
    spoken = {"transcript": pair("Transcript"), "captions": {"en": "en.vtt", "es": "es.vtt"}, "credit": pair("Credit")}
    return [
        {"type": "image", "file": "port.png", "alt": pair("A port"), "caption": pair("Caption"), "credit": pair("Own")},
        {"type": "audio", "file": "talk.mp3", "title": pair("Talk"), **spoken},
        {"type": "video", "file": "film.mp4", "poster": "still.jpg", "title": pair("Film"), **spoken},
        {"type": "document", "file": "form.pdf", "title": pair("The form")},
        {"type": "quote", "text": pair("Quoted"), "source": pair("Article 1")},
        {"type": "list", "ordered": True, "entries": [pair("First"), pair("Second")]},
        {"type": "term", "term": "seal"},
    ]
