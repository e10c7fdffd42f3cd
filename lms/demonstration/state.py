"""Whether this installation holds demonstration data, and how far the demonstration round has come."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from curricula.models import Cohort
from jobs.models import Job

KIND = "demonstration"


@dataclass(frozen=True, slots=True)
class DemonstrationState:
    """What the strip at the top of each page says. `percent` is None when nothing is being filled."""

    is_demonstration: bool
    percent: int | None


def demonstration_state() -> DemonstrationState:
    """Asked at most every five seconds while it is filled, and otherwise as seldom as the settings say."""
    state: DemonstrationState | None = cache.get("demonstration-state")
    if state is None:
        state = _read()
        cache.set("demonstration-state", state, 5 if state.percent is not None else settings.PUENTE_STATE_SECONDS)
    return state


def ask_anew() -> None:
    """Something has begun or ended: the next page asks."""
    cache.delete("demonstration-state")


def _read() -> DemonstrationState:
    is_demonstration = Cohort.objects.filter(is_demo=True).exists()
    job = Job.objects.filter(kind=KIND).order_by("-pk").values("state", "done", "total").first()
    filling = job is not None and job["state"] in {"queued", "running"}
    percent = min(99, 100 * job["done"] // (job["total"] or 1)) if job and filling else None
    return DemonstrationState(is_demonstration or filling, percent)
