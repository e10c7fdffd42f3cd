"""Issuing what is missing to many officers at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from curricula.bulk import BulkAction, BulkForm, Given, bulk_action
from curricula.models import Enrollment
from people.models import User
from people.roles import Right

from .exceptions import HeldAlready, NotCompleted
from .models import Credential
from .services.issuance import issue_credential


def cannot_issue(enrollments: Sequence[Enrollment], _given: Given) -> dict[int, str]:
    """Whoever has not completed, or holds the certificate of this enrollment. One query."""
    cohorts = {one.cohort_id for one in enrollments}
    held = set(Credential.objects.filter(enrollment__cohort__in=cohorts).values_list("enrollment", flat=True))
    refused: dict[int, str] = {}
    for one in enrollments:
        if one.state != Enrollment.State.COMPLETED:
            refused[one.pk] = str(NotCompleted(person=one.person))
        elif one.pk in held:
            refused[one.pk] = str(HeldAlready(person=one.person))
    return refused


def do_issue(enrollment: Enrollment, _given: Given, by: User) -> None:
    """As the completion itself does it; the document follows as a job."""
    if enrollment.completed_at is None:
        raise NotCompleted(person=enrollment.person)
    issue_credential(enrollment=enrollment, at=enrollment.completed_at, by=by)


bulk_action(BulkAction("issue", _("Issue missing certificates"), BulkForm, cannot_issue, do_issue, right=Right.CERTIFY))
