"""The codes of readers of questions as sentences in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .exceptions import CourseError
from .interchange.questions import Remark

SENTENCES: dict[str, str | Promise] = {
    "too_large": _("The file is larger than %(megabytes)s MB. Split it into smaller files."),
    "empty": _("The file is empty. Choose the file again, or export it anew."),
    "binary": _("The file is not text (character %(place)s). Export the questions as GIFT, Moodle XML or Aiken."),
    "unknown_encoding": _("The file says it is written in %(encoding)s, which is not read here. Save it in UTF-8."),
    "encoding": _("Byte %(place)s of the file is not valid in %(encoding)s. Save the file in UTF-8."),
    "unknown_format": _("The file looks like neither GIFT nor Moodle XML nor Aiken. Export the questions anew."),
    "no_questions": _("The file holds no question."),
    "document_type": _(
        "Line %(line)s declares a document type. Such declarations can be used to attack a server and are not taken; "
        "remove it."
    ),
    "too_deep": _("Line %(line)s is nested deeper than %(most)s levels. That is no file of questions."),
    "not_xml": _("The file is not well-formed XML: line %(line)s, column %(column)s. Export it anew."),
    "not_moodle": _("The file is XML, but not Moodle’s: it begins with “%(tag)s” instead of “quiz”."),
    "too_many_parts": _("The question has more than %(most)s parts."),
    "no_number": _("“%(value)s” is not a number."),
    "number_out_of_range": _("The number %(value)s is too large or has more than four decimals."),
    "several_numbers": _("Several numbers count as right. An item has one number with a tolerance."),
    "empty_range": _("The range or the tolerance of the number is negative."),
    "too_few_options": _("The question needs two options at least."),
    "empty_option": _("An option has no text."),
    "no_key": _("No answer is marked as right."),
    "several_keys": _("%(count)s options are fully right, but only one may be chosen."),
    "too_few_pairs": _("The question needs two pairs at least."),
    "other_languages": _("The texts are marked as %(languages)s. English and Spanish are taken."),
    "picture": _("The question holds a picture, sound or other file. Add it by hand in the bank of items."),
    "no_question": _("The question has no text."),
    "no_answer_line": _("The line “ANSWER:” is missing after the options."),
    "unknown_letter": _("The answer “%(letter)s” is the letter of no option."),
    "letters_out_of_order": _("The letters of the options are not in order, or one is used twice."),
    "description": _("It is a text without answers, not a question."),
    "essay": _("An essay is marked by a person. The bank holds questions that are marked at once."),
    "cloze": _("Questions with embedded answers (Cloze) are not taken. Use “Select missing words” instead."),
    "unknown_kind": _("The kind “%(kind)s” has no counterpart here."),
    "no_opening_brace": _("The brace { before the answers is missing."),
    "no_closing_brace": _("The brace } after the answers is missing."),
    "several_answers": _("The question has answers in several places. GIFT knows one."),
    "no_sign": _("The answers begin with neither = nor ~: “%(value)s”."),
    "gaps_unclear": _("The gaps of the question do not agree with its choices, or differ between the languages."),
    "twice": _("The same question (%(code)s) stands on line %(line)s already."),
    "other_structure": _(
        "The item %(code)s has another kind or number of parts, and texts in the other language. Change it in the bank."
    ),
    "other_key": _(
        "The item %(code)s has another right answer in the other language. Decide in the bank which one holds."
    ),
    "locked": _("The item %(code)s is locked. Ask whoever locked it to unlock it in the bank."),
    "fault": "%(sentence)s",
    "partial_credit": _("Answers with a part of the points count as wrong here."),
    "feedback_lost": _("The feedback to the written answer was not taken."),
    "unit_lost": _("The unit was not taken. Name it in the question."),
    "blank_lost": _("The place of the answer within the question was not kept."),
    "markup_dropped": _("Formatting was left out: %(tags)s."),
}


class QuestionFileRefused(CourseError):
    """The file cannot be read; `reason` is stable."""

    code = "question_file_refused"

    def __init__(self, why: Remark) -> None:
        super().__init__(**why.values)
        self.why = why

    @property
    def reason(self) -> str:
        return self.why.code

    def __str__(self) -> str:
        return sentence(self.why)


def sentence(remark: Remark) -> str:
    """What happened and what to do, in the language of now."""
    return str(SENTENCES[remark.code]) % remark.values
