"""The models of curricula."""

from .attendance import AttendanceMark, CalendarFeed
from .cohort import Cohort, EnrolledCourse, Enrollment, RosterImport
from .curriculum import Curriculum, CurriculumCourse, WorkingGroup
from .decision import ChangeRequest, DecisionRecord
from .edition import Approval, CurriculumEdition, EditionCourse
from .evaluation import EvaluationGiven, EvaluationTally
from .session import SeatShare, Session, SessionInstructor, SessionPlace

__all__ = [
    "Approval",
    "AttendanceMark",
    "CalendarFeed",
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
    "RosterImport",
    "SeatShare",
    "Session",
    "SessionInstructor",
    "SessionPlace",
    "WorkingGroup",
]
