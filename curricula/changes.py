"""The single changes between two canonical contents: texts, values, keys and order. Pure: plain JSON in, rows out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

What = Literal["text", "value", "order", "moved"]
Path = tuple[str, ...]

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
KEYS = {"correct", "key", "number", "answer", "tolerance"}
"""Parts that decide which answer is right."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: where it stands (`path`, `place`), what changed, and both states.

    Of a text, `before` and `after` are pairs `{en, es}`; of anything else, plain words. None says that it is not there.
    """

    what: What
    path: Path
    place: str
    before: Any
    after: Any

    @property
    def is_key(self) -> bool:
        """Whether it decides which answer is right."""
        return self.what == "value" and bool(KEYS & set(self.path[-1:]))

    def words(self, language: str) -> list[tuple[str, str]]:
        """The text of a language as pieces, each `same`, `out` or `in`."""
        return word_changes((self.before or {}).get(language, ""), (self.after or {}).get(language, ""))


def is_same(one: Any, other: Any) -> bool:
    """Whether both are written down alike: `1`, `1.0` and `true` are not."""
    return _written(one) == _written(other)


def changes_between(old: Any, new: Any) -> list[Change]:
    """Every change from the old content to the new; none when, and only when, both are written down alike."""
    return list(_between(old, new, (), ""))


def everything_in(content: Any, change: str) -> list[Change]:
    """All texts and values of a content that is `added` or `removed` as a whole."""
    return list(_whole(content, (), "", is_added=change == "added"))


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """The words that stayed (`same`), went (`out`) and came (`in`), in reading order."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    pieces: list[tuple[str, str]] = []
    out = come = ""
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for place, (what, a, b, c, d) in enumerate(steps):
        gone, here = "".join(old[a:b]), "".join(new[c:d])
        if what == "equal" and (gone.strip() or not 0 < place < len(steps) - 1):
            pieces += [*_changed(out, come), ("same", gone)]
            out = come = ""
        else:  # a space between two changed words belongs to the change
            out, come = out + gone, come + here
    return pieces + _changed(out, come)


def _changed(out: str, come: str) -> list[tuple[str, str]]:
    return [(name, text) for name, text in (("out", out), ("in", come)) if text]


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _between(old: Any, new: Any, path: Path, place: str) -> Iterator[Change]:
    if is_same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _dictionaries(old, new, path, place)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lists(old, new, path, place)
    elif isinstance(old, dict | list) or isinstance(new, dict | list):
        yield from _whole(old, path, place, is_added=False)
        yield from _whole(new, path, place, is_added=True)
    else:
        yield Change("value", path, place, _shown(old), _shown(new))


def _dictionaries(old: dict[str, Any], new: dict[str, Any], path: Path, place: str) -> Iterator[Change]:
    path = _with_type(new, path)
    before, after = _pair(old), _pair(new)
    if before and after and before != after:
        yield Change("text", path, place, before, after)
    apart = {"en", "es"} if before and after else set()
    for key in [*new, *(key for key in old if key not in new)]:
        if key in apart:
            continue
        if key not in old:
            yield from _whole(new[key], (*path, key), place, is_added=True)
        elif key not in new:
            yield from _whole(old[key], (*path, key), place, is_added=False)
        else:
            yield from _between(old[key], new[key], (*path, key), place)


def _lists(old: list[Any], new: list[Any], path: Path, place: str) -> Iterator[Change]:
    if not any(isinstance(each, dict | list) for each in [*old, *new]):
        yield Change("order" if sorted(map(_written, old)) == sorted(map(_written, new)) else "value", path, place,
                     ", ".join(map(_shown, old)), ", ".join(map(_shown, new)))  # fmt: skip
        return
    before, after = [_name(each) for each in old], [_name(each) for each in new]
    if _are_names(before) and _are_names(after):
        yield from _by_name(dict(zip(before, old, strict=True)), dict(zip(after, new, strict=True)), path, place)
    else:
        yield from _by_place(old, new, path, place)


def _by_name(old: dict[Any, Any], new: dict[Any, Any], path: Path, place: str) -> Iterator[Change]:
    """Members that have a code, a letter or an identifier of their own."""
    stayed, order = [name for name in old if name in new], [name for name in new if name in old]
    if stayed != order:
        yield Change("order", path, place, ", ".join(map(str, stayed)), ", ".join(map(str, order)))
    for name, thing in new.items():
        where = f"{place}.{name}".strip(".")
        if name in old:
            yield from _between(old[name], thing, path, where)
        else:
            yield from _whole(thing, path, where, is_added=True)
    for name in (name for name in old if name not in new):
        yield from _whole(old[name], path, f"{place}.{name}".strip("."), is_added=False)


def _by_place(old: list[Any], new: list[Any], path: Path, place: str) -> Iterator[Change]:
    """Members without a name, such as blocks: what stayed is found, the rest is paired by its type."""
    before, after = [_written(each) for each in old], [_written(each) for each in new]
    gone: list[int] = []
    come: list[int] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            gone += range(a, b)
            come += range(c, d)
    moved = _matched(gone, come, lambda a, c: before[a] == after[c])
    pairs = _matched(gone, come, lambda a, c: _type(old[a]) == _type(new[c]))
    for a, c in moved:
        yield Change("moved", _with_type(new[c], path), _at(place, c), str(a + 1), str(c + 1))
    for a, c in pairs:
        yield from _between(old[a], new[c], path, _at(place, c))
    for c in come:
        yield from _whole(new[c], path, _at(place, c), is_added=True)
    for a in gone:
        yield from _whole(old[a], path, _at(place, a), is_added=False)


def _matched(gone: list[int], come: list[int], fits: Any) -> list[tuple[int, int]]:
    """Pairs that fit, in order; both are taken off their lists."""
    found = []
    for a in list(gone):
        c = next((c for c in come if fits(a, c)), None)
        if c is not None:
            found.append((a, c))
            gone.remove(a)
            come.remove(c)
    return found


def _whole(value: Any, path: Path, place: str, *, is_added: bool) -> Iterator[Change]:
    """A part that came or went as a whole, text by text."""
    if isinstance(value, dict) and value:
        path = _with_type(value, path)
        if pair := _pair(value):
            yield Change("text", path, place, None if is_added else pair, pair if is_added else None)
        for key, part in value.items():
            if not (pair and key in {"en", "es"}):
                yield from _whole(part, (*path, key), place, is_added=is_added)
    elif isinstance(value, list) and value:
        for number, part in enumerate(value):
            name = _name(part)
            where = _at(place, number) if name is None else f"{place}.{name}".strip(".")
            yield from _whole(part, path, where, is_added=is_added)
    else:
        yield Change("value", path, place, None if is_added else _shown(value), _shown(value) if is_added else None)


def _pair(value: dict[str, Any]) -> dict[str, str]:
    """The two texts of a part that holds some."""
    texts = {key: value.get(key, "") for key in ("en", "es")}
    has_texts = {"en", "es"} & value.keys() and all(isinstance(text, str) for text in texts.values())
    return texts if has_texts else {}


def _name(value: Any) -> Any:
    """What tells a member from the others of its list."""
    if not isinstance(value, dict):
        return None
    return next((value[key] for key in ("code", "letter", "id") if isinstance(value.get(key), str)), None)


def _are_names(names: list[Any]) -> bool:
    return None not in names and len(set(names)) == len(names)


def _type(value: Any) -> Any:
    return value.get("type") if isinstance(value, dict) else type(value).__name__


def _with_type(value: Any, path: Path) -> Path:
    kind = value.get("type") if isinstance(value, dict) else None
    return (*path, kind) if isinstance(kind, str) else path


def _at(place: str, index: int) -> str:
    return f"{place}.{index + 1}".strip(".")


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else _written(value)
