"""Why a curriculum says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.exceptions import DomainError


class CurriculumError(DomainError):
    """The base of the refusals of this floor."""


class UnknownCohort(CurriculumError):
    code = "unknown_cohort"
    message = _("There is no cohort “%(code)s”. Known cohorts: %(known)s.")


class NoChange(CurriculumError):
    code = "edition_unchanged"
    message = _("The drafts of “%(curriculum)s” do not differ from edition %(number)s. There is nothing to propose.")


class NotACandidate(CurriculumError):
    code = "edition_not_candidate"
    message = _("Edition %(number)s is no longer a candidate. Only a candidate can be approved or published.")


class ApprovalWithoutParticipant(CurriculumError):
    code = "approver_without_participant"
    message = _("Your account names no Participant. Ask an administrator to set it; then approve.")


class ApprovedAlready(CurriculumError):
    code = "approved_already"
    message = _("%(participant)s has approved this edition already.")


class ApprovalsMissing(CurriculumError):
    code = "approvals_missing"
    message = _("Edition %(number)s still needs the approval of: %(missing)s.")


class ContentChanged(CurriculumError):
    code = "content_changed"
    message = _("The content of edition %(number)s differs from what was approved. Propose a new candidate.")
