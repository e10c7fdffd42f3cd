"""Why a job says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.exceptions import DomainError


class UnknownKind(DomainError):
    code = "unknown_job_kind"
    message = _("There is no job of the kind “%(kind)s”.")


class Canceled(Exception):
    """Raised inside a running job when somebody canceled it; what was kept so far stays."""


class Superseded(Exception):
    """Raised inside a run that was taken over: another worker holds the job now."""
