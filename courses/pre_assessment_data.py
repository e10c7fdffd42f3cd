"""What a pre-assessment holds about a person, and that an erasure removes it: no figure is counted from it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from people.erasing import Erasure, erases
from people.held_data import Field, Row, held, is_about_a_person
from people.models import User

from .models import PreAssessment

LANGUAGES = dict(User.Language.choices)

is_about_a_person("courses.PreAssessment", "record__person")


@held(
    "pre_assessments",
    title=_("Pre-assessments"),
    about=_("What you answered before the first lesson of a course. Only you see it, beside your final assessment."),
    place=215,
    fields=(
        Field("record", _("Number of the record")),
        Field("answers", _("Answers by question")),
        Field("language", _("Language last used"), lambda: LANGUAGES),
        Field("started_at", _("Started")),
        Field("submitted_at", _("Handed in")),
        Field("items_right", _("Right answers")),
    ),
)
def pre_assessments(person: User) -> Iterable[Row]:
    """One row a course in which it was taken."""
    columns = ("record", "answers", "language", "started_at", "submitted_at", "items_right")
    return PreAssessment.objects.filter(record__person=person).order_by("started_at", "pk").values_list(*columns)


@erases("courses.pre_assessments", says=_("Pre-assessments are removed."), place=310)
def remove(erasure: Erasure) -> None:
    """With the answers."""
    removed, _by_model = PreAssessment.objects.filter(record__person=erasure.person).delete()
    erasure.done["courses.PreAssessment removed"] += removed
