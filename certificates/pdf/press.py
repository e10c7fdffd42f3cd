"""Prints certificates: fills a template's slots, and leaves room for the signature over everything else."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..payload import Payload
from .holder import code_cells, composed, holder_layer
from .stream import NotPrepared, code_content, content
from .template import CODE_NAME, Template, prepare
from .words import LANGUAGES

#: Signs: SHA-256 of everything but the hole -> DER of the CMS that fills it.
Seal = Callable[[bytes], bytes]
_NO_CHANGE = (
    b"/Reference [<< /Type /SigRef /TransformMethod /DocMDP "
    b"/TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >>] "
)
_RANGE = b"/ByteRange [0 %-10d %-10d %-10d] /Contents "


@dataclass(frozen=True, slots=True)
class Printed:
    """A file and its SHA-256 in hexadecimal."""

    data: bytes
    sha256: str


class Press:
    """Prints the certificates of one edition on one paper."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self._head_digest = template.digest
        lines = [b"0000000000 65535 f \n"] * template.size
        for number, offset in template.offsets.items():
            lines[number] = b"%010d 00000 n \n" % offset
        self._table = lines

    def draw(self, payload: Payload) -> bytes:
        """The certificate without its signature: the same payload gives the same bytes. Raises NotPrepared."""
        parts, table = self._objects(payload)
        number = self.template.slots["signature"]
        table[number] = self._entry(parts)
        parts.append(b"%d 0 obj\nnull\nendobj\n" % number)
        parts.append(self._end(payload, table, len(self.template.head) + sum(map(len, parts))))
        return b"".join([self.template.head, *parts])

    def print(self, payload: Payload, *, seal: Seal, reserve: int, signed_at: dt.datetime) -> Printed:
        """The signed certificate. `reserve` is the most bytes that the seal returns. Raises NotPrepared, ValueError."""
        parts, table = self._objects(payload)
        number, hole = self.template.slots["signature"], 2 + 2 * reserve
        start = len(self.template.head) + sum(map(len, parts))
        table[number] = b"%010d 00000 n \n" % start
        opening = (
            b"%d 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:%s+00'00') "
            % (
                number,
                signed_at.astimezone(dt.UTC).strftime("%Y%m%d%H%M%S").encode(),
            )
        )
        opening += _NO_CHANGE
        hole_at = start + len(opening) + len(_RANGE % (0, 0, 0))
        closing = b" >>\nendobj\n"
        closing += self._end(payload, table, hole_at + hole + len(closing))
        opening += _RANGE % (hole_at, hole_at + hole, len(closing))
        digest = self._head_digest.copy()
        for part in (*parts, opening, closing):
            digest.update(part)
        signature = seal(digest.digest())
        if len(signature) > reserve:
            raise ValueError(f"the signature needs {len(signature)} bytes, {reserve} are reserved")
        filled = b"<" + signature.hex().encode().ljust(2 * reserve, b"0") + b">"
        whole = self._head_digest.copy()
        for part in (*parts, opening, filled, closing):
            whole.update(part)
        return Printed(b"".join([self.template.head, *parts, opening, filled, closing]), whole.hexdigest())

    def _entry(self, parts: list[bytes]) -> bytes:
        return b"%010d 00000 n \n" % (len(self.template.head) + sum(map(len, parts)))

    def _objects(self, payload: Payload) -> tuple[list[bytes], list[bytes]]:
        """The holder's objects in order, and the table of contents with their places."""
        template, cells = self.template, code_cells(payload, self.template.page)
        bodies: dict[str, bytes] = {}
        for language in LANGUAGES:
            passages = holder_layer(payload, language, template.page, cells)
            text = content(passages, template.letters, template.first_ids[language], CODE_NAME)
            bodies[f"content-{language}"] = _stream(text)
        form = b"/Type /XObject /Subtype /Form /BBox [0 0 %d %d] " % (cells.modules, cells.modules)
        bodies["code"] = _stream(code_content(cells), form)
        bodies["info"] = _info(payload, template.title)
        parts: list[bytes] = []
        table = list(self._table)
        for name, body in bodies.items():
            number = template.slots[name]
            table[number] = self._entry(parts)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        return parts, table

    def _end(self, payload: Payload, table: list[bytes], at: int) -> bytes:
        """Table of contents and trailer; the file's identifier is taken from the payload."""
        name = hashlib.sha256(payload.sha256.encode() + self._head_digest.digest()).hexdigest()[:32].encode()
        trailer = b"trailer << /Size %d /Root %s /Info %d 0 R /ID [<%s><%s>] >>\nstartxref\n%d\n%%%%EOF\n" % (
            self.template.size,
            self.template.root,
            self.template.slots["info"],
            name,
            name,
            at,
        )
        return b"xref\n0 %d\n%s%s" % (self.template.size, b"".join(table), trailer)


class Pressroom:
    """Chooses the press: one for each edition, kept; one of its own for a name with letters that no press has
    prepared. The paper is that of the design, if none is given."""

    def __init__(self, *, specimen_key: bool, paper: str | None = None, kept: int = 16) -> None:
        self.specimen_key, self.paper, self.kept = specimen_key, paper, kept
        self._presses: OrderedDict[str, Press] = OrderedDict()

    def draw(self, payload: Payload) -> bytes:
        """The certificate without its signature. Raises CharacterMissing."""
        return self._with_press(payload, lambda press: press.draw(payload))

    def print(self, payload: Payload, *, seal: Seal, reserve: int, signed_at: dt.datetime) -> Printed:
        """The signed certificate. Raises CharacterMissing."""
        return self._with_press(
            payload, lambda press: press.print(payload, seal=seal, reserve=reserve, signed_at=signed_at)
        )

    def _with_press[T](self, payload: Payload, work: Callable[[Press], T]) -> T:
        try:
            return work(self._press_of(payload))
        except NotPrepared:
            own = payload.place_en + payload.place_es + payload.design.closing.en + payload.design.closing.es
            return work(self._made_for(payload, frozenset(composed(payload.holder.name) + own)))

    def _press_of(self, payload: Payload) -> Press:
        key = payload.of_edition
        if key not in self._presses:
            self._presses[key] = self._made_for(payload)
            if len(self._presses) > self.kept:
                self._presses.popitem(last=False)
        self._presses.move_to_end(key)
        return self._presses[key]

    def _made_for(self, payload: Payload, extra: frozenset[str] = frozenset()) -> Press:
        paper = self.paper or payload.design.paper
        return Press(prepare(payload, paper=paper, specimen_key=self.specimen_key, extra=extra))


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(data, 6)
    return b"<< %s/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (entries, len(packed), packed)


def _info(payload: Payload, title: str) -> bytes:
    """The file's own note of which certificate it is: the signature covers it."""
    entries: dict[str, Any] = {
        "Title": title,
        "Author": "Puente",
        "PuenteNumber": payload.number,
        "PuenteCode": payload.code,
        "PuentePayload": payload.sha256,
    }
    pairs = b" ".join(
        b"/%s <%s>" % (key.encode(), ("\ufeff" + text).encode("utf-16-be").hex().encode())
        for key, text in entries.items()
    )
    return b"<< %s /CreationDate (D:%s000000Z) >>" % (pairs, payload.issued_on.replace("-", "").encode())
