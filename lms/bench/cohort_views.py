"""C, C', C'': the whole cohort as a file and on one page, a new connection for each request."""

from __future__ import annotations

import time
from statistics import median

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from . import history
from .client import Answer, Browser, Inside, expect
from .stage import Stage, address, sign_in

_TIMES = 9


def progress(stage: Stage) -> None:
    """C: who completed which learning object when."""
    _file(stage, "C", "progress")


def officers(stage: Stage) -> None:
    """C': the officers with their marks."""
    _file(stage, "C'", "officers")


def board(stage: Stage) -> None:
    """C'': the board."""
    answer = _page(stage, "C''", address("curricula:board", stage.school.cohort.code))
    stage.figures.add("C''.bytes", len(answer.data) / 1000)


def _file(stage: Stage, workload: str, content: str) -> None:
    """Twenty downloads: as many as a person may ask for in a minute, so a new one is waited for."""
    time.sleep(60 - time.time() % 60)
    answer = _page(stage, workload, address("reports:export_file", stage.school.cohort.code, content))
    lines = len(answer.data.splitlines())
    if lines != stage.school.size + 1:
        raise CommandError(
            _("The file holds %(lines)s lines for %(officers)s officers.")
            % {"lines": lines, "officers": stage.school.size}
        )
    stage.figures.add(f"{workload}.rows", lines - 1)
    stage.figures.add(f"{workload}.bytes", len(answer.body) / 1000)


def _page(stage: Stage, workload: str, path: str) -> Answer:
    history.complete_lessons(stage.school)
    history.finish_attempts(stage.school.officers)
    browser = Browser(stage.server.port)
    sign_in(browser, stage.school)
    answers = []
    for _time in range(_TIMES):  # both processes of the server get warm
        browser.close()
        expect(browser.get(path), 200, path)
    meter = stage.server.meter()
    for _time in range(_TIMES):
        browser.close()
        answers.append(expect(browser.get(path), 200, path))
    cpu, peak = meter.seconds(), stage.server.peak_memory()
    browser.close()
    for _time in range(2):
        inside = Inside(browser.cookies["sessionid"])
        expect(inside.get(path), 200, path)
    stage.figures.add(f"{workload}.wall", median(answer.seconds for answer in answers))
    stage.figures.add(f"{workload}.cpu", 1000 * cpu / _TIMES)
    stage.figures.add(f"{workload}.memory", peak)
    stage.figures.add_queries(workload, inside.reads, inside.writes)
    return answers[-1]
