"""Why a course says no."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from people.exceptions import DomainError


class CourseError(DomainError):
    """The base of the refusals of this floor."""


class NotPublishableAlone(CourseError, PermissionDenied):
    """Also a PermissionDenied, so that whatever asks over HTTP is answered with a refusal and not with a fault."""

    code = "not_publishable_alone"
    message = _(
        "A page of a shared curriculum is published only with an edition that both Participants have approved. "
        "Save a draft and propose an edition."
    )


class UsedByAnEdition(CourseError, PermissionDenied):
    code = "used_by_an_edition"
    message = _(
        "“%(code)s” is part of an edition that was proposed or published, so it is kept. "
        "Take it out of the course or the quiz; the next edition will not hold it."
    )


class ItemInAnEdition(UsedByAnEdition):
    code = "item_in_an_edition"
    message = _(
        "“%(code)s” is part of an edition that was proposed or published, so it is kept. It is used in: %(usage)s. "
        "Take it out of its quizzes; the next edition will not hold it."
    )


class ItemInAQuiz(CourseError, PermissionDenied):
    code = "item_in_a_quiz"
    message = _("“%(code)s” is kept, because quizzes hold it: %(quizzes)s. Take it out of them first.")


class FileInUse(CourseError, PermissionDenied):
    code = "file_in_use"
    message = _(
        "“%(title)s” is kept, because it is used in: %(places)s. Take it out of the drafts; "
        "what is frozen stays for good."
    )


class ExerciseInACourse(CourseError, PermissionDenied):
    code = "exercise_in_a_course"
    message = _("“%(code)s” is kept, because courses name it: %(courses)s. Take it out of them first.")


class NobodyQualifiesThemself(CourseError):
    code = "nobody_qualifies_themself"
    message = _("Nobody says of themselves that they are qualified. Ask another manager or administrator.")


class QualificationInThePast(CourseError):
    code = "qualification_in_the_past"
    message = _("A qualification begins today at the earliest and ends yesterday at the earliest. Choose another day.")


class QualifiedAlready(CourseError):
    code = "qualified_already"
    message = _(
        "This person is qualified for that course in that language on some of these days already, from %(from_on)s on. "
        "Change the last day of that qualification, or choose other days."
    )


class LessonNotOpened(CourseError):
    code = "lesson_not_opened"
    message = _("This lesson has not been opened yet. Open it, read it, and complete it then.")


class NoAttemptsLeft(CourseError):
    code = "no_attempts_left"
    message = _("You have used all %(allowed)s attempts at this quiz. Your best result counts.")


class NotYet(CourseError):
    code = "not_yet"
    message = _("The next attempt may begin on %(date)s at %(time)s (UTC). Use the time to read the lessons again.")


class NoBreakLeft(CourseError):
    code = "no_break_left"
    message = _("No break is left in this attempt.")


class LessonsMissing(CourseError):
    code = "lessons_missing"
    message = _("The quiz opens when all lessons of the course are completed. Lessons still open: %(lessons)s.")


class AttemptClosed(CourseError):
    code = "attempt_closed"
    message = _("This attempt has been handed in. Answers can no longer be changed.")


class NoPreAssessment(CourseError):
    code = "no_pre_assessment"
    message = _("This course asks nothing before its lessons.")


class PreAssessmentClosed(CourseError):
    code = "pre_assessment_closed"
    message = _(
        "The pre-assessment is closed, because you have opened a lesson. Nothing is missing for completing the course."
    )


class TimeIsOver(CourseError):
    code = "time_is_over"
    message = _("The time for this attempt ended at %(deadline)s (UTC). The answers saved until then count.")


class AnswerNotReadable(CourseError):
    code = "answer_not_readable"
    message = _(
        "The answer to question %(position)s could not be read: %(value)s. "
        "Choose among what is offered, or write a number such as 12.5."
    )


class ContentIncomplete(CourseError):
    code = "content_incomplete"
    message = _(
        "%(count)s texts are missing in one language; the first is %(first)s. Write them before the course is frozen."
    )


class ReasonMissing(CourseError):
    code = "reason_missing"
    message = _("Say in one sentence why the text still stands. The reason is kept with your name.")


class FindingMissing(CourseError):
    code = "finding_missing"
    message = _("Say in one sentence what you found, such as “no later edition”. It is kept with your name.")


class ReviewDayInThePast(CourseError):
    code = "review_day_in_the_past"
    message = _("The day by which the source is looked at again must lie after today.")


class FileGone(CourseError):
    code = "file_gone"
    message = _("The file is no longer kept; files of questions are kept for a day. Choose it again.")


class PairIncomplete(CourseError):
    code = "pair_incomplete"
    message = _("One of the two texts is missing. Write it first; only a text that is there can still stand.")


class PairChanged(CourseError):
    code = "pair_changed"
    message = _("The text has changed since you read it. Read both texts as they are now, and confirm then.")


class PoNotReadable(CourseError):
    code = "po_not_readable"
    message = _(
        "This is no PO file that was exported here: it cannot be read, or it does not say its two languages. "
        "Export the open pairs, render that file, and import it."
    )


class BankTooSmall(CourseError):
    code = "bank_too_small"
    message = _(
        "Row %(row)s of the blueprint of the quiz %(quiz)s asks for %(wanted)s items, and the quiz has only %(found)s "
        "that suit it and are not drawn by another row. Add such items to the quiz or lower the number."
    )


class BlueprintTooLong(CourseError):
    code = "blueprint_too_long"
    message = _(
        "The rows of the blueprint of the quiz %(quiz)s ask for %(asked)s items, and an attempt draws %(drawn)s. "
        "Draw more items or lower the rows."
    )


class UnknownCategory(CourseError):
    code = "unknown_category"
    message = _("There is no category “%(code)s”. Choose one that exists, or create it first.")


class NobodyAssessesThemself(CourseError):
    code = "nobody_assesses_themself"
    message = _("Nobody scores or confirms an exercise of their own. Another instructor does it.")


class NotQualified(CourseError):
    code = "not_qualified"
    message = _(
        "You are not qualified today for %(course)s in that language. Your program manager says who is; choose the "
        "other language if you are qualified in it."
    )


class AssessmentOfAnother(CourseError):
    code = "assessment_of_another"
    message = _(
        "%(name)s has begun to score this officer and has not finished. Wait for the result, or ask for the scores to "
        "be discarded."
    )


class AssessmentClosed(CourseError):
    code = "assessment_closed"
    message = _("The scores have been handed in. A final result is changed only by a correction.")


class ExercisePassed(CourseError):
    code = "exercise_passed"
    message = _("The officer has passed this exercise. If the result is wrong, correct it.")


class NoAssessmentsLeft(CourseError):
    code = "no_assessments_left"
    message = _("The officer has used all %(allowed)s attempts at this exercise.")


class NotYetAgain(CourseError):
    code = "not_yet_again"
    message = _("The officer may try again from %(date)s at %(time)s (UTC) on.")


class StepNotReadable(CourseError):
    code = "step_not_readable"
    message = _("The points of step %(number)s could not be read. Choose 0, 1 or 2.")


class StepsMissing(CourseError):
    code = "steps_missing"
    message = _("These steps have no points yet: %(steps)s. Score every step, then hand in.")


class NobodyConfirmsOwnScores(CourseError):
    code = "nobody_confirms_own_scores"
    message = _("You scored this exercise yourself. A second instructor confirms it.")


class CorrectedAlready(CourseError):
    code = "corrected_already"
    message = _("There is a newer assessment of this exercise, or one is under way. Look at that one.")


class ReasonOfCorrectionMissing(CourseError):
    code = "reason_of_correction_missing"
    message = _("Say in one sentence what was wrong. The reason is kept, and the officer reads it.")
