"""What assessments of practical exercises hold about an officer, and what an erasure does to them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from people.erasing import Erasure, erases
from people.held_data import Field, Row, held, is_about_a_person
from people.models import User

from .models import AssessedStep, ExerciseAssessment
from .services.evidence import evidence_of

LANGUAGES = dict(User.Language.choices)

is_about_a_person("courses.ExerciseAssessment", "record__person")


@held(
    "assessments",
    title=_("Practical exercises"),
    about=_("Each time that an instructor scored you in a practical exercise. Results count towards completion."),
    place=232,
    fields=(
        Field("assessment", _("Number of the assessment")),
        Field("record", _("Number of the record")),
        Field("exercise", _("Practical exercise")),
        Field("number", _("Which attempt")),
        Field("state", _("State"), lambda: dict(ExerciseAssessment.State.choices)),
        Field("language", _("Language used"), lambda: LANGUAGES),
        Field("started_at", _("Started")),
        Field("final_at", _("Final since")),
        Field("points", _("Points")),
        Field("score_percent", _("Score")),
        Field("passed", _("Passed")),
        Field("remarks", _("Remarks")),
        Field("corrects", _("Corrects the assessment with this number")),
        Field("reason", _("Reason for the correction")),
    ),
)
def assessments(person: User) -> Iterable[Row]:
    """One row an assessment."""
    columns = (
        "pk", "record", "exercise_code", "number", "state", "language", "started_at", "final_at", "points",
        "score_percent", "passed", "remarks", "corrects", "reason",
    )  # fmt: skip
    return ExerciseAssessment.objects.filter(record__person=person).order_by("started_at", "pk").values_list(*columns)


@held(
    "assessed_steps",
    title=_("Steps of practical exercises"),
    about=_("What an instructor saw in each step. Photos are shown on the page of the exercise."),
    place=233,
    fields=(
        Field("assessment", _("Number of the assessment")),
        Field("step", _("Step")),
        Field("points", _("Points")),
        Field("remark", _("Remark")),
        Field("has_photo", _("With a photo")),
        Field("marked_at", _("Marked")),
    ),
)
def assessed_steps(person: User) -> Iterable[Row]:
    """One row a step."""
    found = AssessedStep.objects.filter(assessment__record__person=person).order_by("assessment", "number")
    columns = ("assessment", "number", "points", "remark", "photo", "marked_at")
    for assessment, number, points, remark, photo, marked_at in found.values_list(*columns):
        yield assessment, number, points, remark, bool(photo), marked_at


@erases(
    "courses.assessments",
    says=_("Points of practical exercises stay as anonymous statistics; remarks and photos are removed."),
    place=312,
)
def forget_words_and_photos(erasure: Erasure) -> None:
    """Points, days and codes say nothing of who the pseudonym was."""
    kept = ExerciseAssessment.objects.filter(record__person=erasure.person)
    folder = Path(settings.PUENTE_PRIVATE_DIR)
    erasure.files += [path for each in kept if (path := folder / evidence_of(each)).is_dir()]
    AssessedStep.objects.filter(assessment__in=kept).update(remark="", photo="")
    erasure.done["courses.ExerciseAssessment kept"] += kept.update(remarks="", reason="")
