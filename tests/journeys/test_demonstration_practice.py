"""The demonstration shows exercises, accommodations and evaluations: a few, by the services, labelled, and once."""

from __future__ import annotations

from courses.models import Accommodation, ExerciseAssessment, InstructorQualification
from curricula.models import Cohort, EvaluationGiven, EvaluationTally
from lms.demonstration.practice import ACCOMMODATED, EVALUATED, SCORED, hold_exercises
from people.models import AuditEntry

from .conftest import load_and_live


def _counts() -> dict[str, int]:
    kinds = (InstructorQualification, ExerciseAssessment, Accommodation, EvaluationGiven, EvaluationTally, AuditEntry)
    return {kind.__name__: kind.objects.count() for kind in kinds}


def test_a_few_of_each_are_there_all_of_the_demonstration_and_run_again_it_adds_nothing(db: None) -> None:
    load_and_live()
    cohorts = list(Cohort.objects.filter(is_demo=True))
    assessments = ExerciseAssessment.objects.all()
    assert 1 <= assessments.count() <= SCORED * len(cohorts)
    assert all(each.record.person.is_demo or each.record.enrolled.enrollment.cohort.is_demo for each in assessments)
    assert set(assessments.values_list("state", flat=True)) == {"final"} and assessments.filter(passed=True).exists()
    assert all(each.record.person.participant_id == each.assessed_by.participant_id for each in assessments)
    assert 1 <= Accommodation.objects.count() <= ACCOMMODATED * len(cohorts)
    assert 1 <= EvaluationGiven.objects.count() <= EVALUATED * len(cohorts)
    assert InstructorQualification.objects.count() >= 12, "and those of whoever teaches sessions"
    before = _counts()
    hold_exercises(cohorts)
    assert _counts() == before
