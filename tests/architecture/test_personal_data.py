"""What points to a person is told to that person: in a section of “My data”, or here with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from people.erasing import effects
from people.held_data import sections
from people.models import User

OTHERS_DEED = "names who acted on somebody else’s record; the deed itself stands in the audit record of whoever acted"
REVIEWED = {
    "people.RoleGrant.granted_by": OTHERS_DEED,
    "certificates.Credential.revoked_by": OTHERS_DEED,
    "certificates.Credential.suspended_by": OTHERS_DEED,
    "courses.InstructorQualification.granted_by": OTHERS_DEED,
    "courses.ExerciseAssessment.assessed_by": OTHERS_DEED,
    "courses.ExerciseAssessment.confirmed_by": OTHERS_DEED,
    "people.Invitation.invited_by": OTHERS_DEED,
    "people.User_groups.user": "groups follow from the roles, which are told",
    "people.User_user_permissions.user": "permissions are given by roles alone; none is stored for a person",
}
NOT_INSTALLED = {
    "socialaccount.SocialAccount.user",
    "usersessions.UserSession.user",
    "people.Letter.recipient",
    "people.Invitation.person",
    "people.AuditEntry.actor",
}
"""Told once their tables are installed."""


def pointing_to_a_person() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            is_own = getattr(field, "model", None) is model and isinstance(field, models.ForeignKey)
            if is_own and field.related_model is User and not getattr(field.remote_field, "parent_link", False):
                yield f"{model._meta.label}.{field.name}"


def test_every_table_that_points_to_a_person_is_told_or_reviewed() -> None:
    covered = {column for section in sections() for column in section.covers}
    pointing = set(pointing_to_a_person())
    assert len(pointing) > 25
    assert not sorted(pointing - covered - set(REVIEWED)), "register a section in the app’s personal_data, or review it"
    assert not sorted((covered | set(REVIEWED)) - pointing - NOT_INSTALLED - {"people.Invitation.invited_by"}), (
        "covered or reviewed, but not there"
    )
    assert not covered & set(REVIEWED)


def test_every_app_says_what_an_erasure_does_and_the_account_comes_last() -> None:
    modules = [effect.step.__module__ for effect in effects()]
    apps_named = [name.split(".")[0] for name in modules]
    assert {"people", "jobs", "courses", "curricula", "certificates", "lms"} <= set(apps_named)
    account = modules.index("people.personal_data.account")
    assert set(apps_named[account:]) == {"people"}
