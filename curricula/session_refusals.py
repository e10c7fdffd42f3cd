"""Why a session says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .exceptions import CurriculumError


class NotACourseOfTheCohort(CurriculumError):
    code = "not_a_course_of_the_cohort"
    message = _("The cohort does not follow this course. Choose one of its edition.")


class NotPlanned(CurriculumError):
    code = "session_not_planned"
    message = _("The session was held or canceled. Only a planned session can be changed.")


class SessionInThePast(CurriculumError):
    code = "session_in_the_past"
    message = _("The session would begin in the past. Choose a later day or time.")


class TooManyKept(CurriculumError):
    code = "too_many_seats_kept"
    message = _("%(kept)s seats are kept for agencies and offices; the session has %(capacity)s. Keep fewer.")


class MoreAreSeated(CurriculumError):
    code = "more_are_seated"
    message = _("%(seated)s officers have a seat. Cancel places first, or choose a larger number of seats.")


class NotQualified(CurriculumError):
    code = "instructor_not_qualified"
    message = _(
        "%(name)s is not qualified on %(day)s to teach %(course)s in %(language)s. Record the qualification first, or "
        "choose another instructor."
    )


class SignUpClosed(CurriculumError):
    code = "sign_up_closed"
    message = _("The session has begun, was held or canceled. Nobody signs up any more.")


class NotEnrolled(CurriculumError):
    code = "not_enrolled_in_cohort"
    message = _("Only active officers of the cohort sign up for its sessions.")


class NothingToGiveBack(CurriculumError):
    code = "no_place_to_give_back"
    message = _("There is no place to give back any more.")


class AttendanceRecorded(CurriculumError):
    code = "attendance_recorded"
    message = _("Attendance is recorded for this place, so it stays. Correct the attendance instead.")


class TooEarly(CurriculumError):
    code = "attendance_too_early"
    message = _("Attendance is recorded from %(minutes)s minutes before the beginning on.")


class SessionCanceled(CurriculumError):
    code = "session_canceled"
    message = _("The session was canceled. Nobody attends it.")


class MinutesDoNotFit(CurriculumError):
    code = "minutes_do_not_fit"
    message = _("Somebody who was partly present was there from 1 to %(most)s minutes. Correct the minutes.")


class NotOver(CurriculumError):
    code = "session_not_begun"
    message = _("The session has not begun. Close its roll when it is over.")


class CodeTooOld(CurriculumError):
    code = "code_too_old"
    message = _("This code is not valid any more. Scan the one that the screen shows now.")


class OutsideOfTheSession(CurriculumError):
    code = "outside_of_the_session"
    message = _("The code counts only during the session. Ask the instructor to enter you in the roll.")


class NoSeat(CurriculumError):
    code = "no_seat_in_session"
    message = _("You have no seat in this session. Ask the instructor to sign you up.")
