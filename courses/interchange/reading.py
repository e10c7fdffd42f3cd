"""One door for files of questions."""

from __future__ import annotations

from . import aiken, gift, moodle_xml
from .decoding import decoded, format_of
from .questions import FileRefused, Reading

READERS = {"gift": gift.read, "moodle_xml": moodle_xml.read, "aiken": aiken.read}


def read_questions(data: bytes, language: str) -> tuple[str, Reading]:
    """The format of the file and what it holds.

    Raises:
        FileRefused: it cannot be read as a whole, or holds no question.
    """
    text = decoded(data)
    name = format_of(text)
    reading = READERS[name](text, language)
    if not reading.questions and not reading.refusals:
        raise FileRefused("no_questions")
    return name, reading
