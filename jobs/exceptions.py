"""Why a job says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.exceptions import DomainError


class UnknownKind(DomainError):
    code = "unknown_job_kind"
    message = _("There is no job of the kind “%(kind)s”.")


class GivenUp(DomainError):
    code = "given_up"
    message = _(
        "The job was begun %(starts)s times and its worker was lost each time. "
        "Ask the operator to look at the worker’s log."
    )


class Unexpected(DomainError):
    code = "unexpected"
    message = _(
        "Something unexpected happened, and the job stopped. Try again; if it happens again, "
        "ask the operator to look at the worker’s log for job %(job)s."
    )


class ResultGone(DomainError):
    code = "result_gone"
    message = _("The file of this result is no longer there. Ask for it again.")


class Canceled(Exception):
    """Raised inside a running job when somebody canceled it; what was kept so far stays."""


class Superseded(Exception):
    """Raised inside a run that was taken over: another worker holds the job now."""
