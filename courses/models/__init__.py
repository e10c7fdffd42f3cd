"""The models of courses."""

from .accommodation import Accommodation
from .assessment import AssessedStep, ExerciseAssessment, SavedSteps
from .attempt import Attempt, AttemptBreak, Response, SavedAnswers
from .bank import ItemCategory, ItemScenario
from .exercise import CourseExercise, ExercisePage
from .file_use import FileUse
from .frozen import FrozenCourse
from .glossary import GlossaryTerm
from .goal import CourseGoal, Goal, Instrument
from .item import Item, ItemTag
from .pages import CatalogPage, CoursePage, LessonPage, QuizDraw, QuizItem, QuizPage
from .pair import PairConfirmation, TextPair
from .pre_assessment import PreAssessment, PreItem
from .qualification import InstructorQualification
from .reader import LessonNote
from .record import CourseRecord, LessonProgress
from .searching import LessonWords
from .source import LessonSource, SourceReview

__all__ = [
    "Accommodation",
    "AssessedStep",
    "Attempt",
    "AttemptBreak",
    "CatalogPage",
    "CourseExercise",
    "CourseGoal",
    "CoursePage",
    "CourseRecord",
    "ExerciseAssessment",
    "ExercisePage",
    "FileUse",
    "FrozenCourse",
    "GlossaryTerm",
    "Goal",
    "InstructorQualification",
    "Instrument",
    "Item",
    "ItemCategory",
    "ItemScenario",
    "ItemTag",
    "LessonNote",
    "LessonPage",
    "LessonProgress",
    "LessonSource",
    "LessonWords",
    "PairConfirmation",
    "PreAssessment",
    "PreItem",
    "QuizDraw",
    "QuizItem",
    "QuizPage",
    "Response",
    "SavedAnswers",
    "SavedSteps",
    "SourceReview",
    "TextPair",
]
