"""The models of courses."""

from .attempt import Attempt, Response
from .bank import ItemCategory, ItemScenario
from .exercise import CourseExercise, ExercisePage
from .frozen import FrozenCourse
from .glossary import GlossaryTerm
from .goal import CourseGoal, Goal, Instrument
from .item import Item, ItemTag
from .pages import CatalogPage, CoursePage, LessonPage, QuizDraw, QuizItem, QuizPage
from .pair import TextPair
from .pre_assessment import PreAssessment, PreItem
from .record import CourseRecord, LessonProgress

__all__ = [
    "Attempt",
    "CatalogPage",
    "CourseExercise",
    "CourseGoal",
    "CoursePage",
    "CourseRecord",
    "ExercisePage",
    "FrozenCourse",
    "GlossaryTerm",
    "Goal",
    "Instrument",
    "Item",
    "ItemCategory",
    "ItemScenario",
    "ItemTag",
    "LessonPage",
    "LessonProgress",
    "PreAssessment",
    "PreItem",
    "QuizDraw",
    "QuizItem",
    "QuizPage",
    "Response",
    "TextPair",
]
