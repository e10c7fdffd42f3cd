"""The gate to reports: joint figures without names, for those who may read reports."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from curricula.access import cohorts_visible_to
from people.access import may
from people.models import User
from people.roles import Right

from .models import Report, SavedExport


def report_for(user: User | AnonymousUser, pk: int) -> Report:
    """The report, or 404 for whom it is not there."""
    if may(user, Right.READ_REPORTS):
        report = Report.objects.select_related("snapshot", "created_by").filter(pk=pk).first()
        if report is not None:
            return report
    raise Http404


def saved_exports_of(user: User | AnonymousUser) -> QuerySet[SavedExport]:
    """One's own exports that are still repeated, of cohorts that one still follows."""
    if not user.is_authenticated:
        return SavedExport.objects.none()
    return SavedExport.objects.running().filter(asked_by=user.pk, cohort__in=cohorts_visible_to(user))


def saved_export_for(user: User | AnonymousUser, pk: int) -> SavedExport:
    """One's own saved export, or 404."""
    found = saved_exports_of(user).select_related("cohort").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
