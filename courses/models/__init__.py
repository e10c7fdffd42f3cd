"""The models of courses."""

from .attempt import Attempt, Response
from .bank import ItemCategory, ItemScenario
from .file_use import FileUse
from .frozen import FrozenCourse
from .glossary import GlossaryTerm
from .goal import CourseGoal, Goal, Instrument
from .item import Item, ItemTag
from .pages import CatalogPage, CoursePage, LessonPage, QuizDraw, QuizItem, QuizPage
from .pair import PairConfirmation, TextPair
from .record import CourseRecord, LessonProgress
from .source import LessonSource, SourceReview

__all__ = [
    "Attempt",
    "CatalogPage",
    "CourseGoal",
    "CoursePage",
    "CourseRecord",
    "FileUse",
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
    "LessonSource",
    "PairConfirmation",
    "QuizDraw",
    "QuizItem",
    "QuizPage",
    "Response",
    "SourceReview",
    "TextPair",
]
