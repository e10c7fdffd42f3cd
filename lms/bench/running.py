"""One run: the school, the server, the workloads in their order, the report."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from . import certificates, cohort_views, lesson_pages, quiz_flows, rosters, school
from .figures import Figures
from .machine import machine
from .processes import web_server
from .stage import Stage

STANDARD = 1500
MEASURES: dict[str, Callable[[Stage], None]] = {
    "A": lesson_pages.measure,
    "B": quiz_flows.measure,
    "C": cohort_views.progress,
    "C'": cohort_views.officers,
    "C''": cohort_views.board,
    "D": rosters.measure,
    "E": certificates.measure,
}


def run(*, officers: int, only: Collection[str], say: Callable[[str], None]) -> tuple[dict[str, Any], Figures]:
    """Measure; the machine and the figures."""
    started = time.monotonic()

    def timed(line: str) -> None:
        say(f"{time.monotonic() - started:6.1f} s  {line}")

    on = machine()
    timed(_("Making a school of %(officers)s officers …") % {"officers": officers})
    figures = Figures(officers)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    made = school.build(officers)
    with web_server() as server:
        stage = Stage(made, server, figures, timed)
        for name, measure in MEASURES.items():
            if name in only:
                timed(_("Workload %(name)s …") % {"name": name})
                measure(stage)
    timed(_("Done."))
    return on | {"seconds": round(time.monotonic() - started, 1)}, figures


def report(on: dict[str, Any], figures: Figures) -> str:
    """What the command prints."""
    lines = [
        _("%(cores)s cores of %(processor)s, %(system)s, Python %(python)s, %(database)s on %(file_system)s") % on,
        _("measured %(measured_at)s in %(seconds)s seconds; load before the run %(load_before)s") % on,
        _("%(officers)s officers") % {"officers": figures.officers},
    ]
    if figures.officers != STANDARD:
        lines.append(
            _("Fewer officers than 1,500: what the peer was measured at with 1,500 is left out.")
            if figures.officers < STANDARD
            else _("Only what the peer was measured at with so many officers stands beside C, D and E.")
        )
    return "\n".join([*lines, "", figures.table()])


def write_json(path: Path, on: dict[str, Any], figures: Figures) -> None:
    """The same as the table, for programs."""
    content = {"machine": on, "officers": figures.officers, "figures": figures.as_json()}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
