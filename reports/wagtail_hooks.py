"""What the administration shows of reports."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from people.access import may
from people.roles import Right


@hooks.register("register_log_actions")
def report_actions(actions: LogActionRegistry) -> None:
    """The stable codes of what is done here, and the sentence shown for each."""
    actions.register_action("reports.snapshot.frozen", _("Freeze a period"), _("Period frozen"))
    actions.register_action("reports.report.made", _("Make a report"), _("Report made"))
    actions.register_action("reports.report.downloaded", _("Download a report"), _("Report downloaded"))
    actions.register_action("reports.report.written_out", _("Download a report"), _("Report written to a folder"))
    actions.register_action("reports.cohort.exported", _("Export a cohort"), _("Cohort exported"))
    actions.register_action("reports.export.saved", _("Export a cohort"), _("Export saved, to be repeated"))
    actions.register_action("reports.export.stopped", _("Export a cohort"), _("Repeated export stopped"))


class ReportsMenuItem(MenuItem):
    """The entry for those who read reports."""

    def is_shown(self, request: Any) -> bool:
        return may(request.user, Right.READ_REPORTS)


@hooks.register("register_admin_menu_item")
def reports_menu_item() -> MenuItem:
    return ReportsMenuItem(_("Reports"), reverse("reports:reports"), icon_name="doc-full", order=140)
