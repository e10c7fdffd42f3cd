"""Tables that flow over pages: heads drawn again on each, cells that break into lines, a plot beside the rows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from certificates.pdf.faces import BOLD, DISPLAY, SANS, SERIF
from certificates.pdf.fitting import balanced, one_line
from certificates.pdf.marks import INK, QUIET, RIVER, RULE, SAND, Align, Mark, Passage, Text, line, rect

from .blocks import GRID, GUTTER, Block, Flow, W, lines_of
from .blocks import columns as wide

SIZE, HEAD_SIZE, ROW, LEADING = 7.8, 7.2, 14.0, 9.4
Plot = Callable[[float], Sequence[Mark]]
"""Marks on the middle of a row."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its head; several lines of a head are broken where they are most equal."""

    head: str
    width: float
    align: Align = "right"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and what is drawn beside or behind them."""

    cells: Sequence[str]
    bold: bool = False
    panel: bool = False
    indent: float = 0.0
    quiet: bool = False
    keep: bool = False
    plot: Plot | None = None


@dataclass(frozen=True, slots=True)
class Ruler:
    """Lines of a plot: marks in the head (at its base), and marks behind each row (top, height)."""

    head: Plot
    behind: Callable[[float, float], Sequence[Mark]]


def add_table(
    flow: Flow,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    label: str,
    ruler: Ruler | None = None,
    row: float = ROW,
    keep_end: bool = False,
) -> None:
    """Put a table into a section. `label` stands above the heads where it goes on on a further page; with `keep_end`
    the last rows stand on one page with what follows."""
    head = _head(columns, ruler)
    flow.add(head.height, head.render, keep=True)
    again, last = _with_label(head, label), len(rows) - 1
    for i, each in enumerate(rows):
        height, render = _row(columns, each, ruler, row)
        keep = keep_end if i == last else each.keep or last < 6 or i in (0, last - 1)
        flow.add(height, render, keep=keep, again=again)


def _head(columns: Sequence[Column], ruler: Ruler | None) -> Block:
    heads = [balanced(column.head, BOLD, HEAD_SIZE, column.width - 4) for column in columns]
    depth, total = max(map(len, heads)), sum(column.width for column in columns)
    height = depth * 8.8 + 5

    def render(top: float, room: float) -> list[Mark]:
        base = top - room
        texts = [
            _cell(left, column, base + 5 + (len(lines) - 1 - i) * 8.8, text, BOLD, HEAD_SIZE, RIVER)
            for column, lines, left in zip(columns, heads, _edges(columns), strict=True)
            for i, text in enumerate(lines)
            if text
        ]
        ruled = list(ruler.head(base)) if ruler else []
        return [Passage("P", 0, tuple(texts)), line(0, base, total, base, INK, 0.6), *ruled]

    return Block(height, render)


def _with_label(head: Block, label: str) -> Block:
    def render(top: float, room: float) -> list[Mark]:
        return [Passage("P", 0, (Text(0, top - 7.2, label, SANS, 7.2, QUIET),)), *head.render(top - 14, room - 14)]

    return Block(head.height + 14, render)


def _row(
    columns: Sequence[Column], row: Row, ruler: Ruler | None, least: float
) -> tuple[float, Callable[[float, float], list[Mark]]]:
    face, color = (BOLD if row.bold else SANS), (QUIET if row.quiet else INK)
    indents = [row.indent if i == 0 else 0.0 for i in range(len(columns))]
    cells = [
        lines_of(text, face, SIZE, column.width - 6 - indent) if column.align == "left" else [text]
        for column, text, indent in zip(columns, row.cells, indents, strict=True)
    ]
    height = least + (max(map(len, cells)) - 1) * LEADING
    total = sum(column.width for column in columns)

    def render(top: float, room: float) -> list[Mark]:
        found: list[Mark] = [rect(0, top - room, total, room, fill=SAND)] if row.panel else []
        base = top - (least + SIZE * 0.70) / 2
        if ruler:
            found += ruler.behind(top, room)
        texts = tuple(
            _cell(left + indent, column, base - i * LEADING, text, face, SIZE, QUIET if text == "[s]" else color)
            for column, lines, left, indent in zip(columns, cells, _edges(columns), indents, strict=True)
            for i, text in enumerate(lines)
            if text
        )
        found += [Passage("P", 0, texts), line(0, top - room, total, top - room, RULE, 0.35)]
        return found + list(row.plot(base + SIZE * 0.35) if row.plot else [])

    return height, render


def _edges(columns: Sequence[Column]) -> list[float]:
    return [sum(column.width for column in columns[:i]) for i in range(len(columns))]


def _cell(left: float, column: Column, y: float, text: str, face: str, size: float, color: str) -> Text:
    at = {"left": left + 1, "right": left + column.width - 5, "centre": left + column.width / 2}[column.align]
    return Text(at, y, text, face, size, color, column.align)


def add_number(flow: Flow, value: str, name: str, said: str, share: float | None = None) -> None:
    """A large number, with what it counts; beneath a share a quiet bar."""
    x, width = wide(2) + GUTTER, wide(4)
    lines = lines_of(said, SERIF, 9.5, width)
    height = max(66.0, 30 + len(lines) * GRID)

    def render(top: float, room: float) -> list[Mark]:
        size = one_line(value, DISPLAY, 37, wide(2))
        number = Text(-1, top - 44, value, DISPLAY, size, INK)
        texts = [Text(x, top - 21 - GRID * (i + 1), each, SERIF, 9.5) for i, each in enumerate(lines)]
        marks: list[Mark] = [line(0, top, W, top, RULE, 0.5)]
        if share is not None:
            marks += [rect(0, top - 58, 130, 4, fill=RULE), rect(0, top - 58, 130 * min(1.0, share), 4, fill=RIVER)]
        title = Text(x, top - 19, name, BOLD, 10, RIVER)
        return [*marks, Passage("H2", 0, (title,)), Passage("P", 0, (number,)), Passage("P", 0, tuple(texts))]

    flow.space(5)
    flow.add(height, render)
