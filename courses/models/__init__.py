"""The models of courses."""

from .accommodation import Accommodation
from .attempt import Attempt, AttemptBreak, Response, SavedAnswers
from .bank import ItemCategory, ItemScenario
from .frozen import FrozenCourse
from .glossary import GlossaryTerm
from .goal import CourseGoal, Goal, Instrument
from .item import Item, ItemTag
from .pages import CatalogPage, CoursePage, LessonPage, QuizDraw, QuizItem, QuizPage
from .pair import TextPair
from .reader import Bookmark, Note
from .record import CourseRecord, LessonProgress

__all__ = [
    "Accommodation",
    "Attempt",
    "AttemptBreak",
    "Bookmark",
    "CatalogPage",
    "CourseGoal",
    "CoursePage",
    "CourseRecord",
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
    "Note",
    "QuizDraw",
    "QuizItem",
    "QuizPage",
    "Response",
    "SavedAnswers",
    "TextPair",
]
