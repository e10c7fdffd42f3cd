"""What a finding in the source files says, in the reader's language: what is wrong, and how to mend it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.accessibility import SENTENCES as ACCESSIBILITY
from courses.practice import SENTENCES as CASES

from .loading.finding import Finding

OF_FIGURES = ("alternative_is_file", "alternative_long", "alternative_missing", "alternative_repeats",
              "drawing_unknown", "label_long")  # fmt: skip
"""What a figure is told here in the words in which its author hears it in the editor."""

SENTENCES: dict[str, str | Promise] = CASES | {
    "bare_address": _("The text holds the address %(address)s. Name the source instead, and list it under sources."),
    "captions": _("The captions %(name)s cannot be played. %(fault)s"),
    "code_repeated": _("Two items have this code. Give one of them another."),
    "feedback_missing": _(
        "%(letters)s: no feedback. Write in both languages what is right or wrong with each of these choices."
    ),
    "file_missing": _("There is no file %(name)s in the folder of sources. Put it there, or mend its name."),
    "file_named_otherwise": _("The file holds %(code)s. Name it %(code)s.yaml, or mend the code."),
    "id_repeated": _("Two blocks have this identifier. Give one of them another."),
    "key_unknown": _("The key “%(key)s” is none of the options. Name the letter of one."),
    "length": _(
        "The lesson has %(words)s words in the language %(language)s; between %(fewest)s and %(most)s are good to read."
    ),
    "lesson_unknown": _("The item names the lessons %(numbers)s, which the course has not."),
    "lessons_not_numbered": _("The lessons have the numbers %(numbers)s. Number them from 1 without gaps."),
    "letter_favored": _(
        "%(letter)s is right in %(times)s of %(all)s items. Spread the right answers over the letters."
    ),
    "option_repeated": _("Two options say the same: “%(text)s”."),
    "outcome_unknown": _("The lesson names the outcomes %(numbers)s; the course has not all of them."),
    "sentences_long": _(
        "Sentences in the language %(language)s have %(words)s words on average; more than %(most)s are hard to read. "
        "Divide some."
    ),
    "source_unknown": _("The block names the sources %(tags)s, which the lesson does not list."),
    "term_in_one_language": _("[[%(term)s]] is marked in one language only."),
    "term_unknown": _("[[%(term)s]] is no term of the glossary. Add it there, or take the marks away."),
    "shape_outside": _("The line “%(text)s” draws outside the drawing. Keep it within 320 by its height."),
    "shape_unknown": _("The line “%(text)s” draws nothing. Write it as docs/content.md says."),
    "label_without_place": _("No line of the drawing shows the label “%(text)s”. Show it, or take it away."),
    "label_without_words": _("The drawing shows the label “%(text)s”, which has no words. Write them."),
    "written_otherwise": _(
        "The file is not written as an export writes it. Write it anew with “manage.py format_curricula”."
    ),
    "text_missing": _("This text exists in one language only."),
    **{code: ACCESSIBILITY[code] for code in OF_FIGURES},
}


def sentence_of(finding: Finding) -> str:
    """Where it is, and what it says."""
    where = f"{finding.file}, {finding.place}" if finding.place else finding.file
    return f"{where}: {str(SENTENCES[finding.code]) % finding.values}"
