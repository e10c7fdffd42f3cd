"""Items as a file for other programs."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from .freezing import item_content
from .interchange import gift_writing, moodle_xml_writing
from .models import Item

WRITERS = {"gift": gift_writing.write, "moodle_xml": moodle_xml_writing.write}
ENDINGS = {"gift": "gift.txt", "moodle_xml": "xml"}
LANGUAGES = {"en": ("en",), "es": ("es",), "both": ("en", "es")}


@dataclass(frozen=True, slots=True)
class Export:
    """The file, how many questions it holds, and the codes of the items that the format cannot hold."""

    text: str
    count: int
    left_out: list[str]


def export_items(items: QuerySet[Item], file_format: str, languages: str) -> Export:
    """The latest drafts of the items in `en`, `es` or `both`. Items without text in it stay out."""
    contents = [item_content(item) for item in items.select_related("category", "scenario", "image")]
    wanted = LANGUAGES[languages]
    written = [content for content in contents if any(content["stem"].get(code) for code in wanted)]
    text, left_out = WRITERS[file_format](written, wanted)
    empty = [content["code"] for content in contents if content not in written]
    return Export(text, len(written) - len(left_out), sorted(left_out + empty))
