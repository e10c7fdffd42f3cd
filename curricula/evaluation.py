"""The questions of the evaluation of a course, and their scale."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "clear": _("The lessons were clear."),
    "useful": _("I can use at work what I learned."),
    "language": _("The text in my language was well written."),
    "time": _("The time was right for the content."),
    "fair": _("The final assessment was fair."),
}
SCALE = {
    5: _("I agree fully"),
    4: _("I agree"),
    3: _("neither"),
    2: _("I disagree"),
    1: _("I disagree fully"),
}
AGREES = 4
"""From which value on an answer counts as agreement."""
