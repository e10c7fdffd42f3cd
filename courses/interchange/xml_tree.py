"""XML as a small tree with line numbers, read by expat without anything that makes XML dangerous."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from .questions import FileRefused

DEEPEST = 40
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(slots=True)
class Node:
    """An element."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The text that stands directly in it."""
        return "".join(self.pieces).strip()

    def all(self, tag: str) -> Iterator[Node]:
        """The children of that name."""
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> Node | None:
        """The first child of that name."""
        return next(self.all(tag), None)

    def value(self, path: str) -> str:
        """The text at a path such as `name/text`; empty where there is none."""
        node: Node | None = self
        for tag in path.split("/"):
            node = node.first(tag) if node else None
        return node.words if node else ""


def tree_of(text: str) -> Node:
    """The root element.

    Raises:
        FileRefused: no XML, with a document type (the road to entity expansion and foreign files), or nested too deep.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    root: list[Node] = []
    open_ones: list[Node] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(open_ones) >= DEEPEST:
            raise FileRefused("too_deep", line=parser.CurrentLineNumber, most=DEEPEST)
        node = Node(tag, attributes, parser.CurrentLineNumber)
        (open_ones[-1].children if open_ones else root).append(node)
        open_ones.append(node)

    def end(_tag: str) -> None:
        open_ones.pop()

    def words(piece: str) -> None:
        open_ones[-1].pieces.append(piece)

    def refuse(*_: object) -> None:
        raise FileRefused("document_type", line=parser.CurrentLineNumber)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(_without_declaration(text), True)
    except expat.ExpatError as fault:
        raise FileRefused("not_xml", line=fault.lineno, column=fault.offset + 1) from None
    return root[0]


def _without_declaration(text: str) -> str:
    """Without the declaration, whose encoding was heeded already; its lines stay, so that numbers are true."""
    return _DECLARATION.sub(lambda match: "\n" * match[0].count("\n"), text.lstrip("\ufeff"), count=1)
