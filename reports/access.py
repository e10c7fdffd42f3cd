"""The gate to reports: joint figures without names, for those who may read reports."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from people.access import may
from people.models import User
from people.roles import Right

from .models import Report


def report_for(user: User | AnonymousUser, pk: int) -> Report:
    """The report, or 404 for whom it is not there."""
    if may(user, Right.READ_REPORTS):
        report = Report.objects.select_related("snapshot", "created_by").filter(pk=pk).first()
        if report is not None:
            return report
    raise Http404
