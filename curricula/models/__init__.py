"""The models of curricula."""

from .cohort import Cohort, EnrolledCourse, Enrollment, RosterImport
from .curriculum import Curriculum, CurriculumCourse, WorkingGroup
from .decision import ChangeRequest, DecisionRecord
from .edition import Approval, CurriculumEdition, EditionCourse
from .evaluation import EvaluationGiven, EvaluationTally
from .reminder import Reminder, ReminderHours, ReminderRule
from .risk import RiskDecision, RiskRule

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
    "Reminder",
    "ReminderHours",
    "ReminderRule",
    "RiskDecision",
    "RiskRule",
    "RosterImport",
    "WorkingGroup",
]
