"""The one table of roles and what each may do. Rights are asked, roles never are."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    TRAINEE = "trainee", _("Trainee")
    INSTRUCTOR = "instructor", _("Instructor")
    MANAGER = "manager", _("Program manager")
    APPROVER = "approver", _("Approver")
    ESC = "esc", _("ESC member")
    ADMINISTRATOR = "administrator", _("Administrator")


class Right(models.TextChoices):
    """What a person may do. Named records are limited further, to the own Participant (`people.access`)."""

    LEARN = "learn", _("take courses")
    READ_CURRICULA = "read_curricula", _("read curricula before they are published")
    AUTHOR = "author", _("write courses and items")
    APPROVE = "approve", _("approve an edition for the own Participant")
    PUBLISH = "publish", _("publish an edition that both Participants have approved")
    MANAGE_COHORTS = "manage_cohorts", _("follow cohorts and import rosters")
    LEAD_SESSIONS = "lead_sessions", _("lead the sessions that they are assigned to, and record attendance there")
    INVITE = "invite", _("invite people of the own Participant")
    ACCOMMODATE = "accommodate", _("grant officers of the own Participant more time and breaks in assessments")
    QUALIFY = "qualify", _("say which instructors of the own Participant are qualified for which course")
    ASSESS = "assess", _("score practical exercises of officers of the own Participant")
    EXPORT_NAMED = "export_named", _("export named records of the own Participant")
    CERTIFY = "certify", _("suspend, revoke and reissue certificates of the own Participant")
    READ_REPORTS = "read_reports", _("read reports of the Executive Steering Committee")
    MAKE_REPORTS = "make_reports", _("make reports of the Executive Steering Committee")
    READ_AUDIT = "read_audit", _("read the record of who did what for the own Participant")
    READ_LETTERS = "read_letters", _("see which e-mail was sent to people of the own Participant")
    ADMINISTER = "administer", _("set up agencies, offices, people and roles of the own Participant")
    ENTER_ADMIN = "enter_admin", _("enter the administration")


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.TRAINEE: frozenset({Right.LEARN}),
    Role.INSTRUCTOR: frozenset(
        {Right.LEARN, Right.READ_CURRICULA, Right.AUTHOR, Right.ASSESS, Right.LEAD_SESSIONS, Right.ENTER_ADMIN}
    ),
    Role.MANAGER: frozenset(
        {
            Right.READ_CURRICULA,
            Right.MANAGE_COHORTS,
            Right.INVITE,
            Right.ACCOMMODATE,
            Right.QUALIFY,
            Right.EXPORT_NAMED,
            Right.CERTIFY,
            Right.READ_REPORTS,
            Right.MAKE_REPORTS,
            Right.ENTER_ADMIN,
        }
    ),
    Role.APPROVER: frozenset({Right.READ_CURRICULA, Right.APPROVE, Right.PUBLISH, Right.ENTER_ADMIN}),
    Role.ESC: frozenset({Right.READ_CURRICULA, Right.READ_REPORTS}),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.READ_CURRICULA,
            Right.AUTHOR,
            Right.INVITE,
            Right.QUALIFY,
            Right.READ_AUDIT,
            Right.READ_LETTERS,
            Right.ADMINISTER,
            Right.ENTER_ADMIN,
        }
    ),
}
