"""B: the whole quiz by fresh officers, eight at a time, every step a request, every form with its token."""

from __future__ import annotations

import re

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from courses.models import Attempt

from . import history, source
from .client import Asks, Browser, Fields, Inside, expect, in_parallel
from .school import Officer
from .stage import Stage, address, p95, token_in

_SHOWN = re.compile(r'name="shown" value="([^"]+)"')
_INSIDE = 2
"""The last officers take the quiz in this process, where queries are counted."""


def measure(stage: Stage) -> None:
    """Open, start, page, save twenty answers, review, hand in, result."""
    history.complete_lessons(stage.school)
    officers, rest = stage.school.officers[:-_INSIDE], stage.school.officers[-_INSIDE:]
    times: list[float] = []

    def take(browser: Browser, officer: Officer) -> None:
        browser.become(officer.session)
        times.append(flow(browser, officer))

    before = Attempt.objects.filter(passed=True).count()
    meter = stage.server.meter()
    spent = in_parallel(officers, take, stage.server.port)
    cpu = meter.seconds()
    passed = Attempt.objects.filter(passed=True).count() - before
    if passed != len(officers):
        raise CommandError(
            _("%(flows)s quizzes were taken and %(passed)s passed.") % {"flows": len(officers), "passed": passed}
        )
    for officer in rest:
        inside = Inside(officer.session)
        flow(inside, officer)
    stage.figures.add("B.cpu", 1000 * cpu / len(officers))
    stage.figures.add("B.rate", len(officers) / spent.wall)
    stage.figures.add("B.p95", 1000 * p95(times))
    stage.figures.add("B.client", 1000 * spent.client / len(officers))
    stage.figures.add_queries("B", inside.reads, inside.writes)


def flow(browser: Asks, officer: Officer) -> float:
    """Seven requests; the seconds that handing in took."""
    language = "es" if officer.number % 2 else "en"
    quiz = address("quiz", source.COURSE.lower(), language=language)
    start = expect(browser.get(quiz), 200, quiz)
    attempt = expect(browser.post(quiz, [token_in(start.text)]), 302, quiz).location
    page = expect(browser.get(attempt), 200, attempt).text
    codes = _SHOWN.findall(page)
    given = source.answers_of(officer.number, codes)
    fields: Fields = [token_in(page), ("page", "1"), ("go", "review"), *(("shown", code) for code in codes)]
    fields += [(f"item-{code}", letter) for code, letters in given.items() for letter in letters]
    review = expect(browser.post(attempt, fields), 302, attempt).location
    token = token_in(expect(browser.get(review), 200, review).text)
    handed_in = expect(browser.post(review, [token]), 302, review)
    expect(browser.get(handed_in.location), 200, handed_in.location)
    return handed_in.seconds
