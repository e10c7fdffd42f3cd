"""What a qualification holds about an instructor, and what an erasure does to it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from people.erasing import Erasure, erases
from people.held_data import Field, Row, held, is_about_a_person
from people.models import User

from .models import InstructorQualification

LANGUAGES = dict(User.Language.choices)

is_about_a_person("courses.InstructorQualification", "person")


@held(
    "qualifications",
    title=_("Qualifications as an instructor"),
    about=_("For which courses, in which language and from when until when you may hold sessions and score exercises."),
    place=240,
    fields=(
        Field("course", _("Course")),
        Field("language", _("Language"), lambda: LANGUAGES),
        Field("from_on", _("From")),
        Field("until_on", _("Until")),
        Field("note", _("Note")),
    ),
    covers=["courses.InstructorQualification.person"],
)
def qualifications(person: User) -> Iterable[Row]:
    """One row a course and language."""
    found = InstructorQualification.objects.filter(person=person).order_by("from_on", "pk")
    return found.values_list("course_code", "language", "from_on", "until_on", "note")


@erases(
    "courses.qualifications",
    says=_("Qualifications stay without their notes, because results of exercises rest on them."),
    place=311,
)
def forget_notes(erasure: Erasure) -> None:
    """Course, language and days say nothing of who the pseudonym was."""
    kept = InstructorQualification.objects.filter(person=erasure.person)
    erasure.done["courses.InstructorQualification kept"] += kept.update(note="")
