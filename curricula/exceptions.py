"""Why a curriculum says no."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.exceptions import DomainError


class CurriculumError(DomainError):
    """The base of the refusals of this floor."""


class UnknownCohort(CurriculumError):
    code = "unknown_cohort"
    message = _("There is no cohort “%(code)s”. Known cohorts: %(known)s.")


class NoChange(CurriculumError):
    code = "edition_unchanged"
    message = _("The drafts of “%(curriculum)s” do not differ from edition %(number)s. There is nothing to propose.")


class NotReady(CurriculumError):
    """Drafts cannot become a candidate. `obstacles` are all that is in the way (`curricula.obstacles.Obstacle`)."""

    code = "candidate_not_ready"

    def __init__(self, *, obstacles: list[Any], **values: Any) -> None:
        super().__init__(**values)
        self.obstacles = obstacles

    def __str__(self) -> str:
        count = len(self.obstacles)
        said = ngettext(
            "The drafts of “%(curriculum)s” cannot be proposed yet: %(count)s obstacle is in the way. Mend it.",
            "The drafts of “%(curriculum)s” cannot be proposed yet: %(count)s obstacles are in the way. Mend them.",
            count,
        ) % {**self.values, "count": count}
        return "\n".join([said, *(f"{each.code} {each.where}: {each.sentence}" for each in self.obstacles)])


class NoEditionToCorrect(CurriculumError):
    code = "no_edition_to_correct"
    message = _("“%(curriculum)s” has no published edition that could be corrected. Propose a regular edition.")


class ReasonMissing(CurriculumError):
    code = "reason_missing"
    message = _("A correction needs its reason: say what is wrong in the published edition.")


class NothingChosen(CurriculumError):
    code = "nothing_to_correct_chosen"
    message = _("Choose at least one learning object that the correction corrects.")


class NotACandidate(CurriculumError):
    code = "edition_not_candidate"
    message = _("Edition %(number)s is no longer a candidate. Only a candidate can be approved or published.")


class ApprovalWithoutParticipant(CurriculumError):
    code = "approver_without_participant"
    message = _("Your account names no Participant. Ask an administrator to set it; then approve.")


class ProposerDoesNotApprove(CurriculumError):
    code = "proposer_does_not_approve"
    message = _("You proposed this candidate, so somebody else of %(participant)s approves it.")


class OtherContentSeen(CurriculumError):
    code = "other_content_seen"
    message = _(
        "What you read is not what edition %(number)s holds now. Open the page again, read it, and approve then."
    )


class CommentMissing(CurriculumError):
    code = "comment_missing"
    message = _("Say what should change, so that the author can act on it.")


class UnknownLearningObject(CurriculumError):
    code = "unknown_learning_object"
    message = _("Edition %(number)s holds no learning object “%(object)s”.")


class NotYoursToWithdraw(CurriculumError):
    code = "not_yours_to_withdraw"
    message = _("A candidate is withdrawn by the side that proposed it. Ask for changes instead.")


class NotANewerEdition(CurriculumError):
    code = "not_a_newer_edition"
    message = _("The cohort cannot move to edition %(number)s: choose one published later than its own.")


class ApprovedAlready(CurriculumError):
    code = "approved_already"
    message = _("%(participant)s has approved this edition already.")


class ApprovalsMissing(CurriculumError):
    code = "approvals_missing"
    message = _("Edition %(number)s still needs the approval of: %(missing)s.")


class ContentChanged(CurriculumError):
    code = "content_changed"
    message = _("The content of edition %(number)s differs from what was approved. Propose a new candidate.")


class EvaluationClosed(CurriculumError):
    code = "evaluation_closed"
    message = _("A course is evaluated after you have completed it and until its cohort closes.")


class EvaluationGivenAlready(CurriculumError):
    code = "evaluation_given"
    message = _("You have evaluated this course. Nothing else is kept, so it cannot be changed.")


class EvaluationEmpty(CurriculumError):
    code = "evaluation_empty"
    message = _("Answer at least one question.")


class NotAtRisk(CurriculumError):
    code = "not_at_risk"
    message = _("No rule calls this officer at risk any more. There is nothing to decide.")


class SeatsTaken(CurriculumError):
    code = "seats_taken"
    message = _(
        "The cohort %(cohort)s has %(seats)s seats, of which %(free)s are free; %(wanted)s are wanted. "
        "Choose another cohort, put somebody on the waiting list, or raise the number of seats."
    )


class PlaceNotOpen(CurriculumError):
    code = "place_not_open"
    message = _("This is not possible while the enrollment is in the state “%(state)s”. Open its page again.")


class DayInThePast(CurriculumError):
    code = "day_in_the_past"
    message = _("The new due date lies in the past. Choose today or a later day.")


class NotALaterDay(CurriculumError):
    code = "not_a_later_day"
    message = _("The courses are due on %(due)s already. An extension needs a later day.")


class OtherCurriculum(CurriculumError):
    code = "other_curriculum"
    message = _("The cohort %(cohort)s follows another curriculum. A transfer stays within one.")


class InThatCohortBefore(CurriculumError):
    code = "in_that_cohort_before"
    message = _("%(name)s is, or was, in the cohort %(cohort)s. Choose another cohort.")


class NotThatSide(CurriculumError):
    code = "not_that_side"
    message = _("The cohort %(cohort)s belongs to the other Participant.")


class LikenessOpen(CurriculumError):
    code = "likeness_open"
    message = _("%(name)s resembles somebody who is known already. Open the nomination and decide that first.")


class NominationDecided(CurriculumError):
    code = "nomination_decided"
    message = _("The nomination of %(name)s was decided already. Open the list again.")


class CohortMissing(CurriculumError):
    code = "cohort_missing"
    message = _("Choose the cohort in which %(name)s gets the place.")


class RoundClosed(CurriculumError):
    code = "round_closed"
    message = _("The round %(round)s has ended. Nobody is nominated for it any more.")


class TargetsUnchanged(CurriculumError):
    code = "targets_unchanged"
    message = _("These are the targets that hold already. Nothing was written.")


class AddressElsewhere(CurriculumError):
    code = "address_elsewhere"
    message = _("“%(email)s” cannot be enrolled from your side. Check the address, or ask an administrator.")


class SamePersonTwice(CurriculumError):
    code = "same_person_twice"
    message = _("%(name)s is nominated for this round already. Decline this nomination.")


class OfficeMissing(CurriculumError):
    code = "office_missing"
    message = _("The account of %(name)s names no office, so nobody can be enrolled with it. Ask an administrator.")


class Unreachable(CurriculumError):
    code = "unreachable"
    message = _("This account is closed, so no message is written to it.")


class RosterGone(CurriculumError):
    code = "roster_gone"
    message = _("The file of the roster is not kept any more. Choose it again, and look at the changes.")
