"""The models of curricula."""

from .attendance import AttendanceMark, CalendarFeed
from .cohort import Cohort, EnrolledCourse, Enrollment
from .curriculum import Curriculum, CurriculumCourse, WorkingGroup
from .decision import ChangeRequest, DecisionRecord
from .edition import Approval, CurriculumEdition, EditionCourse
from .enrollment_event import EnrollmentEvent
from .evaluation import EvaluationGiven, EvaluationTally
from .nomination import Likeness, Nomination
from .reminder import Reminder, ReminderHours, ReminderRule
from .requirement import Requirement
from .risk import RiskDecision, RiskRule
from .roster import RosterHeading, RosterImport
from .round import Round, TargetLine, TargetVersion
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
    "EnrollmentEvent",
    "EvaluationGiven",
    "EvaluationTally",
    "Likeness",
    "Nomination",
    "Reminder",
    "ReminderHours",
    "ReminderRule",
    "Requirement",
    "RiskDecision",
    "RiskRule",
    "RosterHeading",
    "RosterImport",
    "Round",
    "SeatShare",
    "Session",
    "SessionInstructor",
    "SessionPlace",
    "TargetLine",
    "TargetVersion",
    "WorkingGroup",
]
