"""A: lesson pages of distinct signed-in officers, eight at a time, each opening recorded."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from courses.models import LessonProgress

from . import source
from .client import Browser, Inside, expect, in_parallel
from .school import Officer
from .stage import Stage, address, p95, sign_in

LESSONS_AN_OFFICER = 4
"""Of the ten, so that a run stays short; each pair of officer and lesson is asked for once."""

_WARMING = 5


def measure(stage: Stage) -> None:
    """Each officer opens four lessons; officers and lessons are interleaved."""
    officers = stage.school.officers
    pairs = [(o, _path(o, part)) for part in range(LESSONS_AN_OFFICER) for o in officers]
    _warm(stage)
    before = LessonProgress.objects.count()
    times: list[float] = []

    def open_lesson(browser: Browser, pair: tuple[Officer, str]) -> None:
        officer, path = pair
        browser.become(officer.session)
        times.append(expect(browser.get(path), 200, path).seconds)

    meter = stage.server.meter()
    spent = in_parallel(pairs, open_lesson, stage.server.port)
    cpu = meter.seconds()
    recorded = LessonProgress.objects.count() - before
    if recorded != len(pairs):
        raise CommandError(
            _("%(requests)s lessons were asked for and %(recorded)s openings recorded.")
            % {"requests": len(pairs), "recorded": recorded}
        )
    stage.figures.add("A.cpu", 1000 * cpu / len(pairs))
    stage.figures.add("A.rate", len(pairs) / spent.wall)
    stage.figures.add("A.p95", 1000 * p95(times))
    inside = _counted(officers)
    stage.figures.add("A.client", 1000 * spent.client / len(pairs))
    stage.figures.add_queries("A", inside.reads, inside.writes)


def _path(officer: Officer, part: int) -> str:
    lesson = (officer.number + part) % source.LESSONS + 1
    language = "es" if officer.number % 2 else "en"
    return address("lesson", source.COURSE.lower(), f"lesson-{lesson}", language=language)


def _warm(stage: Stage) -> None:
    """A manager reads every lesson in both languages on several connections; nothing is recorded."""
    browser = Browser(stage.server.port)
    sign_in(browser, stage.school)
    session = browser.cookies["sessionid"]
    browser.close()

    def read(line: Browser, path: str) -> None:
        line.become(session)
        expect(line.get(path), 200, path)

    officers = stage.school.officers[: 2 * source.LESSONS]
    in_parallel([_path(o, part) for o in officers for part in range(_WARMING)] * _WARMING, read, stage.server.port)


def _counted(officers: list[Officer]) -> Inside:
    """A first view in this process, after another officer's has filled what a process keeps."""
    for officer in (officers[-1], officers[0]):
        inside = Inside(officer.session)
        path = _path(officer, LESSONS_AN_OFFICER)
        expect(inside.get(path), 200, path)
    return inside
