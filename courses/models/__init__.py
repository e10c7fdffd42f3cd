"""The models of courses."""

from .attempt import Attempt, Response
from .frozen import FrozenCourse
from .glossary import GlossaryTerm
from .goal import CourseGoal, Goal, Instrument
from .item import Item
from .pages import CatalogPage, CoursePage, LessonPage, QuizItem, QuizPage
from .pair import TextPair
from .record import CourseRecord, LessonProgress

__all__ = [
    "Attempt",
    "CatalogPage",
    "CourseGoal",
    "CoursePage",
    "CourseRecord",
    "FrozenCourse",
    "GlossaryTerm",
    "Goal",
    "Instrument",
    "Item",
    "LessonPage",
    "LessonProgress",
    "QuizItem",
    "QuizPage",
    "Response",
    "TextPair",
]
