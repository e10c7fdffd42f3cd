"""What curricula hold about a person: enrollments, the rosters that brought them, approvals; and when an account is
old enough to be erased by schedule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from courses.models import CourseRecord
from people import clock
from people.erasing import Erasure, Reason, erases
from people.exceptions import DomainError
from people.held_data import Field, Row, held, is_about_a_person
from people.models import Participant, RoleGrant, User
from people.retaining import Expired, retained
from people.roles import Role
from people.services.erasure import erase_person

from . import reminder_personal_data, round_personal_data, session_personal_data  # noqa: F401 (the other parts of what this floor holds)
from .models import (
    Approval,
    ChangeRequest,
    CurriculumEdition,
    Enrollment,
    EnrollmentEvent,
    EvaluationGiven,
    RiskDecision,
    RosterImport,
)
from .risk_words import sentences_kept
from .roster_files import files_naming, is_kept, old_files, remove_files

ONE_APPLICATION = dt.timedelta(minutes=10)
"""Enrollments and the roster that brought them carry the times of one transaction."""

is_about_a_person("curricula.Enrollment", "person")


@held(
    "enrollments",
    title=_("Enrollments"),
    about=_("Your place in each cohort, with the post that you held at that time."),
    place=100,
    fields=(
        Field("cohort", _("Cohort")),
        Field("edition", _("Edition")),
        Field("state", _("State"), lambda: dict(Enrollment.State.choices)),
        Field("participant", _("Participant")),
        Field("agency", _("Agency")),
        Field("office", _("Office")),
        Field("position", _("Position")),
        Field("language", _("Language"), lambda: dict(User.Language.choices)),
        Field("enrolled_at", _("Enrolled")),
        Field("completed_at", _("Completed")),
        Field("withdrawn_at", _("Withdrawn")),
        Field("withdrawal_reason", _("Reason for withdrawal")),
        Field("left_at", _("Transferred or lapsed")),
        Field("due_on", _("Own due date")),
        Field("records", _("Numbers of the course records")),
    ),
    covers=["curricula.Enrollment.person"],
)
def enrollments(person: User) -> Iterable[Row]:
    """One row a cohort."""
    found = Enrollment.objects.filter(person=person).order_by("enrolled_at", "pk")
    for each in found.select_related(
        "cohort__edition__curriculum", "kept_edition__curriculum", "participant", "agency", "office"
    ).prefetch_related("courses"):
        yield (
            each.cohort.code, str(each.edition), each.state, each.participant.code, each.agency.code,
            each.office.name_es, each.position, each.language, each.enrolled_at, each.completed_at, each.withdrawn_at,
            each.withdrawal_reason, each.left_at, each.due_on, [link.record_id for link in each.courses.all()],
        )  # fmt: skip


@held(
    "evaluations",
    title=_("Evaluations"),
    about=_("Which courses you evaluated. What you said is in no row of yours: it was added to counts."),
    place=105,
    fields=(
        Field("cohort", _("Cohort")),
        Field("course", _("Course")),
    ),
)
def evaluations(person: User) -> Iterable[Row]:
    """One row a course, ordered by its code: the order in which they were given is nobody's matter."""
    found = EvaluationGiven.objects.filter(record__person=person).order_by("record__course__code", "record")
    return found.values_list("record__enrolled__enrollment__cohort__code", "record__course__code")


@held(
    "risk_decisions",
    title=_("Decisions when you were at risk of finishing late"),
    about=_("What your manager wrote down when a rule called you at risk, with the reasons as they stood."),
    place=107,
    fields=(
        Field("cohort", _("Cohort")),
        Field("decided_at", _("When")),
        Field("decision", _("What was decided"), lambda: dict(RiskDecision.Decision.choices)),
        Field("reasons", _("Reasons as they stood")),
        Field("note", _("Note")),
        Field("quiet_until", _("Not asked again before")),
    ),
)
def risk_decisions(person: User) -> Iterable[Row]:
    """The oldest first."""
    found = RiskDecision.objects.filter(enrollment__person=person).select_related("enrollment__cohort")
    for each in found.order_by("decided_at", "pk"):
        reasons = sentences_kept(each.reasons)
        yield each.enrollment.cohort.code, each.decided_at, each.decision, reasons, each.note, each.quiet_until


@held(
    "risk_decisions_made",
    title=_("Decisions that you made about officers at risk"),
    about=_("Kept so that it can be told who decided what."),
    place=125,
    fields=(
        Field("cohort", _("Cohort")),
        Field("decided_at", _("When")),
        Field("decision", _("What was decided"), lambda: dict(RiskDecision.Decision.choices)),
    ),
    covers=["curricula.RiskDecision.decided_by"],
)
def risk_decisions_made(person: User) -> Iterable[Row]:
    """A manager's own deeds; about whom stands with them."""
    columns = ("enrollment__cohort__code", "decided_at", "decision")
    return RiskDecision.objects.filter(decided_by=person).order_by("decided_at", "pk").values_list(*columns)


@held(
    "rosters",
    title=_("Rosters that brought you"),
    about=_("The lists with which you were enrolled. The file itself may be kept for some time."),
    place=110,
    fields=(
        Field("cohort", _("Cohort")),
        Field("file", _("File")),
        Field("sha256", _("SHA-256 of the file")),
        Field("applied_at", _("Applied")),
        Field("file_is_kept", _("File is kept")),
    ),
)
def rosters(person: User) -> Iterable[Row]:
    """For each enrollment the roster that was applied in the same transaction, if one was."""
    mine = list(Enrollment.objects.filter(person=person).order_by("enrolled_at").values_list("cohort", "enrolled_at"))
    imports = RosterImport.objects.filter(cohort__in=[cohort for cohort, _at in mine]).select_related("cohort")
    for cohort, enrolled_at in mine:
        after = [
            each
            for each in imports
            if each.cohort_id == cohort and enrolled_at <= each.applied_at <= enrolled_at + ONE_APPLICATION
        ]
        for each in sorted(after, key=lambda found: found.applied_at)[:1]:
            yield each.cohort.code, each.file_name, each.sha256, each.applied_at, is_kept(each.sha256)


@held(
    "rosters_applied",
    title=_("Rosters that you applied or undid"),
    about=_("Kept so that it can be told who enrolled whom."),
    place=120,
    fields=(
        Field("cohort", _("Cohort")),
        Field("file", _("File")),
        Field("sha256", _("SHA-256 of the file")),
        Field("rows", _("Rows")),
        Field("applied_at", _("Applied")),
        Field("undone_at", _("Undone")),
    ),
    covers=["curricula.RosterImport.applied_by", "curricula.RosterImport.undone_by"],
)
def rosters_applied(person: User) -> Iterable[Row]:
    """A manager's own deeds."""
    columns = ("cohort__code", "file_name", "sha256", "rows", "applied_at", "undone_at")
    found = RosterImport.objects.filter(Q(applied_by=person) | Q(undone_by=person))
    return found.order_by("applied_at").values_list(*columns)


@held(
    "editions",
    title=_("Editions that you proposed, approved or sent back"),
    about=_("An edition stands on the word of two people; who they were stays on record."),
    place=130,
    fields=(
        Field("edition", _("Edition")),
        Field(
            "deed",
            _("What"),
            lambda: {"proposed": _("proposed it"), "approved": _("approved it"), "sent_back": _("asked for changes")},
        ),
        Field("sha256", _("SHA-256 of the edition")),
        Field("at", _("When")),
        Field("comment", _("Your comment")),
    ),
    covers=[
        "curricula.CurriculumEdition.proposed_by",
        "curricula.Approval.approver",
        "curricula.ChangeRequest.requested_by",
    ],
)
def editions(person: User) -> Iterable[Row]:
    """Proposals, then approvals, then requests for changes."""
    for each in CurriculumEdition.objects.filter(proposed_by=person).select_related("curriculum").order_by("pk"):
        yield str(each), "proposed", each.sha256, each.proposed_at, ""
    for given in Approval.objects.filter(approver=person).select_related("edition__curriculum").order_by("pk"):
        yield str(given.edition), "approved", given.sha256, given.decided_at, ""
    for asked in ChangeRequest.objects.filter(requested_by=person).select_related("edition__curriculum").order_by("pk"):
        yield str(asked.edition), "sent_back", asked.sha256, asked.requested_at, asked.comment


@erases(
    "enrollments",
    says=_(
        "Enrollments stay as anonymous statistics with Participant, agency and office, so that figures reported before "
        "can be counted again. Position, reason for withdrawal and managers’ notes are removed; what is still "
        "open ends today."
    ),
    place=200,
)
def unname_enrollments(erasure: Erasure) -> None:
    """What is open ends now: at every earlier cut-off it still counts as it did."""
    mine = Enrollment.objects.filter(person=erasure.person)
    erasure.done["curricula.Enrollment kept"] += mine.update(position="", withdrawal_reason="")
    erasure.done["curricula.RiskDecision kept"] += RiskDecision.objects.filter(enrollment__in=mine).update(note="")
    mine.following().update(state=Enrollment.State.WITHDRAWN, withdrawn_at=clock.now())
    EnrollmentEvent.objects.filter(enrollment__person=erasure.person).exclude(reason="").update(reason="")


@erases(
    "roster_files",
    says=_("Roster files that name the person are deleted; that a roster was applied, and its hash, stays on record."),
    place=210,
)
def forget_roster_files(erasure: Erasure) -> None:
    """Files are kept only so that what is applied is what was shown: whoever needs one has it at home."""
    erasure.files += files_naming([erasure.email, erasure.officer_number])
    for each in RosterImport.objects.all():
        if erasure.is_named_in(each.file_name):
            RosterImport.objects.filter(pk=each.pk).update(file_name=f"{each.sha256[:12]}.csv")


@retained(
    "roster_files",
    title=_("Roster files"),
    about=_(
        "Rosters as they were uploaded, with every row, and how it was before each was applied: after this time an "
        "import cannot be undone. What was applied, by whom and with which hash stays."
    ),
    suggested_days=30,
    remove=remove_files,
)
def old_roster_files(participant: Participant, before: dt.datetime) -> Iterable[Expired]:
    """Files that were applied to the Participant's cohorts, or by its people; and those that nobody applied."""
    return old_files(participant, before)


def erase_people(keys: Sequence[Any]) -> int:
    """Erase accounts by schedule; one that cannot be erased stays and is met again."""
    erased = 0
    for person in User.objects.filter(pk__in=keys, erased_at__isnull=True):
        try:
            with transaction.atomic():
                erase_person(person=person, by=None, reason=Reason.SCHEDULE)
        except DomainError:
            continue
        erased += 1
    return erased


@retained(
    "accounts",
    title=_("Inactive accounts"),
    about=_(
        "People who were not active for so long and are in no cohort that is open or closed since. They are erased: "
        "statistics and certificates stay. Whoever holds a role above trainee is left alone."
    ),
    suggested_days=1825,
    remove=erase_people,
)
def inactive_accounts(participant: Participant, before: dt.datetime) -> Iterable[Expired]:
    """Accounts whose last activity lies before, the longest inactive first. One query."""
    rows = _with_activity(User.objects.filter(participant=participant, erased_at__isnull=True, is_superuser=False))
    left = [Enrollment.State.WITHDRAWN, Enrollment.State.TRANSFERRED]
    recent = Q(cohort__closes_on__gte=before.date()) | Q(due_on__gte=before.date())
    kept = Enrollment.objects.exclude(state__in=left).filter(recent)
    staff = RoleGrant.objects.exclude(role=Role.TRAINEE).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=clock.today())
    )
    found = rows.filter(active_at__lt=before).exclude(pk__in=kept.values("person")).exclude(pk__in=staff.values("user"))
    return (Expired(at, pk) for at, pk in found.order_by("active_at", "pk").values_list("active_at", "pk"))


def _with_activity(people: QuerySet[User]) -> QuerySet[Any]:
    """People with `active_at`: the last of being made, signing in, being enrolled and learning."""
    learned = CourseRecord.objects.filter(person=OuterRef("pk")).values("person")
    enrolled = Enrollment.objects.filter(person=OuterRef("pk")).values("person")
    moments = (
        Subquery(learned.annotate(at=Max("last_activity_at")).values("at"), output_field=DateTimeField()),
        Subquery(enrolled.annotate(at=Max("enrolled_at")).values("at"), output_field=DateTimeField()),
        F("last_login"),
    )
    made = F("created_at")
    return people.annotate(active_at=Greatest(made, *(Coalesce(moment, made) for moment in moments)))
