"""What the administration shows of jobs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from people.audit_actions import say_codes

from .registry import titles

say_codes("jobs.", "kind", titles)


@hooks.register("register_log_actions")
def job_actions(actions: LogActionRegistry) -> None:
    """The stable codes of what is done here, and the sentence shown for each."""
    actions.register_action("jobs.job.requested", _("Ask for a job"), _("Job asked for"))
    actions.register_action("jobs.job.canceled", _("Cancel a job"), _("Job canceled"))
    actions.register_action("jobs.result.downloaded", _("Download a result"), _("Result of a job downloaded"))
