"""What is the same for each holder of one edition: values in, marks out. Pure."""

from __future__ import annotations

from ..payload import IssuingBody, Language, Payload
from .designs import Look, in_order, look_of
from .faces import BOLD, DISPLAY, SANS, SERIF, SERIF_BOLD, SERIF_ITALIC, width_of
from .fitting import block, one_line, within, wrap
from .frame import LIVE_H, LIVE_W, Frame
from .marks import BRICK, INK, QUIET, RIVER, SAND, WATERMARK, Mark, Passage, Text, Turned, line, rect
from .words import LANGUAGES, as_item, date, hours, say, sentence

COLUMNS, GUTTER, TOP = (346.0, 134.0, 170.0), 20.0, 272.0
SIGNATORY_W = 196.0
OUTCOME_SIZES = (9.5, 9.2, 8.9, 8.6, 8.3, 8.0, 7.7)
OUTCOMES_FOOT = TOP + 111  # the last baseline


def static_layer(payload: Payload, language: Language, page: tuple[float, float], *, specimen_key: bool) -> list[Mark]:
    """All marks of a page but the holder's. Reads nothing that `payload.of_edition` leaves out."""
    frame, look = Frame(page), look_of(payload.design.code)
    return [
        *_watermark(payload, frame, specimen_key),
        *look.head(payload, language, frame),
        *_sentence(payload, language, frame, look),
        *_outcomes(payload, language, frame),
        *_hours(payload, language, frame),
        *_goals(payload, language, frame),
        *_foot(payload, language, frame, specimen_key),
    ]


def _watermark(payload: Payload, frame: Frame, specimen_key: bool) -> list[Mark]:
    if not (payload.demonstration or specimen_key):
        return []
    return [
        Turned(frame.middle, frame.y(232), 17, (Text(0, 0, "SPECIMEN  /  MUESTRA", DISPLAY, 66, WATERMARK, "centre"),))
    ]


def _sentence(payload: Payload, language: Language, frame: Frame, look: Look) -> list[Mark]:
    """Title, what was done, and which edition."""
    curriculum = payload.curriculum
    title = curriculum.title_en if language == "en" else curriculum.title_es
    number = say("edition", language, number=str(payload.edition.number), code=curriculum.code)
    days = sorted({approval.decided_on for approval in payload.approvals})
    edition = number
    if days:
        key = "approved" if len(days) > 1 else "approved_same_day"
        edition = say(key, language, edition=number, first=date(days[0], language), last=date(days[-1], language))

    def aligned(place: int, tag: str, t: float, text: str, face: str, size: float, colour: str) -> Passage:
        size = one_line(text, face, size, LIVE_W - 20)
        return Passage(tag, place, (Text(look.x(frame), frame.y(t), text, face, size, colour, look.align),))  # type: ignore[arg-type]

    return [
        aligned(1, "H1", 106, say("title", language), DISPLAY, 29, look.title),
        aligned(4, "P", 131, sentence(payload.design, "opening", language), SERIF_ITALIC, 12.5, QUIET),
        *look.under_name(frame),
        aligned(6, "P", 211, sentence(payload.design, "statement", language), SERIF_ITALIC, 12.5, QUIET),
        aligned(7, "P", 235, title, SERIF_BOLD, 20, INK),
        aligned(8, "P", 251, edition, SANS, 8.2, QUIET),
    ]


def _column(frame: Frame, number: int) -> float:
    return frame.left + sum(COLUMNS[:number]) + GUTTER * number


def _column_head(frame: Frame, number: int, language: Language, key: str, place: int) -> list[Mark]:
    x, text = _column(frame, number), say(key, language)
    size = min(one_line(say(key, code), BOLD, 8.2, COLUMNS[number]) for code in LANGUAGES)
    return [
        line(x, frame.y(TOP), x + COLUMNS[number], frame.y(TOP), RIVER, 0.8),
        Passage("H2", place, (Text(x, frame.y(TOP + 13), text, BOLD, size, RIVER),)),
    ]


def outcomes_that_fit(payload: Payload) -> tuple[float, int]:
    """One size and one number for both pages, set by the longer language: all outcomes if any size allows, else
    fewer."""
    width, count = COLUMNS[0] - 10, len(payload.outcomes)
    while count:
        for size in OUTCOME_SIZES:
            lines = max(
                sum(len(wrap(text, SERIF, size, width)) for text in _outcome_texts(payload, count, code))
                for code in LANGUAGES
            )
            if TOP + 28 + (lines - 1) * size * 1.285 + (count - 1) * 1.4 <= OUTCOMES_FOOT:
                return size, count
        count -= 1
    return OUTCOME_SIZES[0], 0


def _outcome_texts(payload: Payload, count: int, language: Language) -> list[str]:
    return [
        as_item(outcome.text(language), is_last=n == count) for n, outcome in enumerate(payload.outcomes[:count], 1)
    ]


def _outcomes(payload: Payload, language: Language, frame: Frame) -> list[Mark]:
    size, count = outcomes_that_fit(payload)
    if not count:
        return []
    marks = _column_head(frame, 0, language, "can", 9)
    x, leading, t = _column(frame, 0), size * 1.285, TOP + 28.0
    for index, text in enumerate(_outcome_texts(payload, count, language)):
        lines = wrap(text, SERIF, size, COLUMNS[0] - 10)
        marks.append(line(x, frame.y(t - 3), x + 5, frame.y(t - 3), RIVER, 1))
        marks.append(Passage("P", 10 + index, block(x + 10, frame.y(t), lines, SERIF, size, leading)))
        t += len(lines) * leading + 1.4
    return marks


def _hours(payload: Payload, language: Language, frame: Frame) -> list[Mark]:
    x, w, figure = _column(frame, 1), COLUMNS[1], hours(payload.hours)
    modes = payload.modes_en if language == "en" else payload.modes_es
    unit = say("one_hour" if figure == "1" else "hours", language)
    count = len(payload.courses)
    courses = say("one_course", language) if count == 1 else say("courses", language, count=str(count))
    mode_size, mode_lines = within(modes, SERIF, 9.5, w, 3) if modes else (9.5, [])
    below = TOP + 57 + len(mode_lines) * 12.2 + (1.4 if mode_lines else 0)
    course_size, course_lines = within(courses, SERIF, 9.5, w, 3)
    return [
        *_column_head(frame, 1, language, "how", 20),
        Passage(
            "P",
            21,
            (
                Text(x, frame.y(TOP + 41), figure, DISPLAY, 31),
                Text(x + width_of(figure, DISPLAY, 31) + 5, frame.y(TOP + 41), unit, SERIF, 12),
                *block(x, frame.y(TOP + 57), mode_lines, SERIF, mode_size, 12.2),
            ),
        ),
        Passage("P", 22, block(x, frame.y(below), course_lines, SERIF, course_size, 12.2)),
    ]


def _goals(payload: Payload, language: Language, frame: Frame) -> list[Mark]:
    if not payload.goals:
        return []
    ordered = sorted(payload.goals, key=lambda goal: (not goal.primary, goal.number))
    first, others = ordered[0], [f"G{goal.number}" for goal in ordered[1:]]
    x, w = _column(frame, 2) + 22, COLUMNS[2] - 22
    size, lines = within(first.name_en if language == "en" else first.name_es, SERIF, 9.5, w, 5)
    marks = _column_head(frame, 2, language, "goals", 30)
    code = Text(x - 22, frame.y(TOP + 28), f"G{first.number}", BOLD, 9)
    marks.append(Passage("P", 31, (code, *block(x, frame.y(TOP + 28), lines, SERIF, size, 12.2))))
    if others:
        key = "also" if len(others) > 1 else "also_one"
        text = say(key, language, others=", ".join(others[:-1]), last=others[-1])
        t = TOP + 28 + len(lines) * 12.2 + 3
        marks.append(Passage("P", 32, block(x, frame.y(t), wrap(text, SERIF, 9.5, w), SERIF, 9.5, 12.2, QUIET)))
    return marks


def _signatory(body: IssuingBody, language: Language, frame: Frame, x: float, place: int, specimen: bool) -> list[Mark]:
    """The signature's box, then who signs, for whom."""
    y, w = frame.y(446), SIGNATORY_W
    post = body.post_en if language == "en" else body.post_es
    agency = body.agency_en if language == "en" else body.agency_es
    post_lines = wrap(post, SANS, 7.6, w) if post else []
    agency_lines = wrap(agency, SANS, 7.6, w) if agency else []
    small = [*post_lines, *agency_lines][:4]
    note = say("specimen_key" if specimen else "signed", language)
    words = (
        Text(x + 10, y + 20.5, say("seal", language), BOLD, 7.6, RIVER),
        Text(x + 10, y + 10, note, SANS, one_line(note, SANS, 7.6, w - 14), QUIET),
        Text(x, y - 16, body.signatory, SERIF_BOLD, one_line(body.signatory, SERIF_BOLD, 10.5, w)),
        *block(x, y - 27, small, SANS, 7.6, 9.75, QUIET),
    )
    return [
        rect(x, y, w, 34, fill=SAND),
        rect(x, y, 2, 34, fill=RIVER),
        line(x, y - 3, x + w, y - 3, INK, 0.6),
        Passage("P", place, words),
    ]


def _foot(payload: Payload, language: Language, frame: Frame, specimen_key: bool) -> list[Mark]:
    """Who signs, left and right; the middle is the holder's. Below: which page, and that it is a specimen, if it is."""
    left, right = in_order(payload, language)
    marks = [
        *_signatory(left, language, frame, frame.left, 41, specimen_key),
        *_signatory(right, language, frame, frame.right - SIGNATORY_W, 42, specimen_key),
        Passage("P", 52, (Text(frame.right, frame.y(LIVE_H + 6), say("page", language), SANS, 7, QUIET, "right"),)),
    ]
    if payload.demonstration or specimen_key:
        key, other = ("demonstration" if payload.demonstration else "specimen"), "es" if language == "en" else "en"
        label = f"{say(key, language)} · {say(key, other)}"  # type: ignore[arg-type]
        marks.append(Passage("P", 51, (Text(frame.left, frame.y(LIVE_H + 6), label, BOLD, 7, BRICK),)))
    return marks
