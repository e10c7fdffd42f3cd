"""Writes a holder's few marks as page content, with the letters of fonts that a prepared page has embedded already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .drawing import colour_of, snap, start_of
from .marks import CodeCells, Mark, Outline, Passage, Text, Turned


class NotPrepared(LookupError):
    """A text has characters that the prepared page did not embed, though the face may have them."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Where each letter of one face stands: the font's resource name and its code there."""

    codes: Mapping[str, tuple[bytes, int]]

    def show(self, text: Text) -> bytes:
        """The operators that show one line, with a blank at its end as in `drawing`. Raises NotPrepared."""
        parts: list[bytes] = []
        current, run = b"", bytearray()
        try:
            for name, code in [self.codes[c] for c in text.text + " "]:
                if name != current:
                    if run:
                        parts.append(b"<%s> Tj" % run.hex().encode())
                        run = bytearray()
                    parts.append(b"%s %s Tf" % (name, _number(text.size)))
                    current = name
                run.append(code)
        except KeyError as missing:
            raise NotPrepared(str(missing)) from None
        parts.append(b"<%s> Tj" % run.hex().encode())
        at = b"%s %s" % (_number(start_of(text)), _number(snap(text.y)))
        return b"BT %s rg 1 0 0 1 %s Tm %s ET" % (_colour(text.colour), at, b" ".join(parts))


def content(passages: Iterable[Passage], letters: Mapping[str, Letters], first_id: int, code_name: bytes) -> bytes:
    """The content stream of one page's holder layer; marked content is numbered from `first_id`."""
    out = [b"q"]
    for number, passage in enumerate(passages, first_id):
        out.append(b"/%s <</MCID %d>> BDC" % (passage.tag.encode(), number))
        out += [_operators(mark, letters, code_name) for mark in passage.marks]
        out.append(b"EMC")
    out.append(b"Q\n")
    return b"\n".join(out)


def _operators(mark: Mark, letters: Mapping[str, Letters], code_name: bytes) -> bytes:
    match mark:
        case Text():
            return letters[mark.font].show(mark) if mark.text else b""
        case CodeCells():
            module = _number(mark.side / mark.modules)
            at = b"%s %s" % (_number(snap(mark.x)), _number(snap(mark.y)))
            return b"q %s 0 0 %s %s cm /%s Do Q" % (module, module, at, code_name)
        case Outline() | Turned() | Passage():
            raise TypeError(f"a holder layer has no {type(mark).__name__}")


def code_content(cells: CodeCells) -> bytes:
    """The square code as a form of its own, one unit a module: both pages show the same."""
    rects = b"\n".join(b"%d %d %d 1 re" % run for run in cells.runs)
    return b"%s rg\n%s\nf\n" % (_colour(cells.colour), rects)


def _number(value: float) -> bytes:
    return (f"{value:.4f}".rstrip("0").rstrip(".") or "0").encode()


def _colour(value: str) -> bytes:
    return b" ".join(_number(part) for part in colour_of(value).rgb())
