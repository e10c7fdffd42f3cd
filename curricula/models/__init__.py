"""The models of curricula."""

from .cohort import Cohort, EnrolledCourse, Enrollment, RosterImport
from .curriculum import Curriculum, CurriculumCourse, WorkingGroup
from .decision import ChangeRequest, DecisionRecord
from .edition import Approval, CurriculumEdition, EditionCourse
from .enrollment_event import EnrollmentEvent
from .evaluation import EvaluationGiven, EvaluationTally
from .nomination import Likeness, Nomination
from .requirement import Requirement
from .risk import RiskDecision, RiskRule
from .round import Round, TargetLine, TargetVersion

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
    "EnrollmentEvent",
    "EvaluationGiven",
    "EvaluationTally",
    "Likeness",
    "Nomination",
    "Requirement",
    "RiskDecision",
    "RiskRule",
    "RosterImport",
    "Round",
    "TargetLine",
    "TargetVersion",
    "WorkingGroup",
]
