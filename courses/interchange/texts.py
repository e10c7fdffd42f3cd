"""Texts of other programs as Markdown of this one (`docs/content.md`), in the languages that they hold.

HTML becomes the small subset that lessons and items know; everything else of it falls away, its words stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser

from .questions import LANGUAGES, QuestionRefused, Remark

_SPAN = re.compile(
    r"""<span\s+(?:lang=["'](\w\w)[\w-]*["']\s+class=["']multilang["']|class=["']multilang["']\s+lang=["'](\w\w)[\w-]*["'])\s*>(.*?)</span>""",
    re.DOTALL | re.IGNORECASE,
)
_MLANG = re.compile(r"\{mlang\s+(\w\w)[\w-]*\}(.*?)\{mlang\}", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SPECIAL = re.compile(r"([\\*_]|\[(?=\[))")
_ITEM = re.compile(r"^(\s*)([-+]|\d{1,9}[.)])(?=\s)", re.MULTILINE)
_PARAGRAPHS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "tr"}
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_SILENT = {"script", "style", "head", "title"}
_PLAIN = (
    _PARAGRAPHS | set(_MARKS) | {"ul", "ol", "li", "br", "span", "a", "html", "body", "font", "u", "td", "th", "tbody"}
)


def by_language(text: str, language: str) -> dict[str, str]:
    """The text in each language that it marks (`<span lang class="multilang">`, `{mlang}`), else in `language`.

    What stands outside of the marks belongs to every language that is marked.
    """
    marked = {(m[1] or m[2]).lower() for m in _SPAN.finditer(text)} | {m[1].lower() for m in _MLANG.finditer(text)}
    known = [code for code in LANGUAGES if code in marked]
    if marked and not known:
        raise QuestionRefused("other_languages", languages=", ".join(sorted(marked)))
    if not known:
        return {language: text}
    return {code: _MLANG.sub(_own(code), _SPAN.sub(_own(code), text)) for code in known}


def _own(code: str) -> Callable[[re.Match[str]], str]:
    """What stands in a mark of this language; nothing of the others."""
    return lambda match: match[match.re.groups] if code in {str(name).lower() for name in match.groups()[:-1]} else ""


def marked(texts: Mapping[str, str], *, braces: bool) -> str:
    """A text of one or two languages as one; two are marked with `{mlang}` (`braces`) or with spans."""
    present = [code for code in LANGUAGES if texts.get(code)]
    if len(present) < 2:
        return texts[present[0]] if present else ""
    if braces:
        return "".join(f"{{mlang {code}}}{texts[code]}{{mlang}}" for code in present)
    return "".join(f'<span lang="{code}" class="multilang">{texts[code]}</span>' for code in present)


def as_markdown(text: str, form: str, remarks: list[Remark]) -> str:
    """A text in the form `html`, `markdown`, `plain` or `auto` (HTML where it has tags, else plain)."""
    if form == "markdown":
        return text.strip()
    if form == "html" or (form == "auto" and _TAG.search(text)):
        return _from_html(text, remarks)
    return escaped(text.strip())


def escaped(text: str) -> str:
    """Plain text such that Markdown shows it as it is."""
    return _ITEM.sub(lambda m: m[1] + m[2][:-1] + "\\" + m[2][-1], _SPECIAL.sub(r"\\\1", text))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lists: list[int | None] = []
        self.silent = 0
        self.dropped: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"img", "svg", "object", "video", "audio", "iframe", "embed"}:
            raise QuestionRefused("picture")
        if tag in _SILENT:
            self.silent += 1
        if tag not in _PLAIN:
            self.dropped.add(tag)
        if tag in _PARAGRAPHS:
            self.parts.append("\n\n")
        elif tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag == "br":
            self.parts.append("\n")
        elif tag in {"ul", "ol"}:
            self.lists.append(0 if tag == "ol" else None)
            self.parts.append("\n\n" if len(self.lists) == 1 else "")
        elif tag == "li":
            self._item()
        elif tag in {"td", "th"}:
            self.parts.append(" ")

    def _item(self) -> None:
        count = self.lists[-1] if self.lists else None
        if count is not None:
            self.lists[-1] = count + 1
        mark = "- " if count is None else f"{count + 1}. "
        self.parts.append("\n" + "  " * (len(self.lists) - 1) + mark)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _PARAGRAPHS:
            self.parts.append("\n\n")
        elif tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
            self.parts.append("\n\n" if not self.lists else "")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(_SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", data)))


def _from_html(text: str, remarks: list[Remark]) -> str:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.dropped:
        remark = Remark("markup_dropped", {"tags": ", ".join(sorted(reader.dropped))})
        remarks.extend([remark] if remark not in remarks else [])
    lines = [line.rstrip() for line in "".join(reader.parts).replace("\xa0", " ").split("\n")]
    lines = [line if re.match(r"\s*(-|\d+\.) ", line) else line.lstrip() for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip().replace("****", "")
