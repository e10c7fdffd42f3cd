"""The models of curricula."""

from .cohort import Cohort, EnrolledCourse, Enrollment
from .curriculum import Curriculum, CurriculumCourse, WorkingGroup
from .decision import ChangeRequest, DecisionRecord
from .edition import Approval, CurriculumEdition, EditionCourse
from .evaluation import EvaluationGiven, EvaluationTally
from .roster import RosterHeading, RosterImport

__all__ = [
    "Approval",
    "ChangeRequest",
    "Cohort",
    "Curriculum",
    "CurriculumCourse",
    "CurriculumEdition",
    "DecisionRecord",
    "EditionCourse",
    "EnrolledCourse",
    "Enrollment",
    "EvaluationGiven",
    "EvaluationTally",
    "RosterHeading",
    "RosterImport",
    "WorkingGroup",
]
