"""Reminders: the rules, what they would do now, and the log of what went out."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from people import audit, clock
from people.access import participants_visible_to, reach_of, right_required
from people.bilingual import active, pick
from people.letters import letter_kind_of
from people.models import Office, Participant, User
from people.roles import Right
from people.spreadsheets import disarmed

from .. import reminder_letter_kinds as letter_kinds
from ..access import cohort_for, cohorts_visible_to, enrollments_visible_to, reminders_visible_to
from ..models import Cohort, Reminder
from ..reminder_forms import CohortRemindersForm, LogFilter, PlanFilter, ReminderRulesForm
from ..reminder_plan import Planned, Verdict, plan
from ..reminder_rules import rules_that_hold
from ..reminder_words import VERDICTS, about, why
from ..services.reminders import set_cohort_reminders, set_reminder_rules

SHOWN = 50


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """The rules and hours of the own Participant: read by its managers, set by those who follow all of it."""
    participant, may_set = _own_side(request)
    hold = rules_that_hold()
    form = ReminderRulesForm(
        request.POST or None, days=hold.days_of(participant.pk), hours=hold.hours_of(participant.pk)
    )
    if request.method == "POST":
        if not may_set:
            raise PermissionDenied
        if form.is_valid():
            set_reminder_rules(participant=participant, hours=form.hours, days=form.days, by=cast("User", request.user))
            messages.success(request, _("The rules are set. Reminders follow them from now on."))
            return redirect("curricula:reminders")
    cohorts = _open_cohorts(request)
    context = {
        "participant": participant,
        "may_set": may_set,
        "form": form,
        "cohorts": [(cohort, (participant.pk, cohort.pk) in hold.rows) for cohort in cohorts],
        "kinds": [letter_kind_of(name) for name in (letter_kinds.DUE, letter_kinds.INACTIVE, letter_kinds.ESCALATED)],
    }
    return render(request, "curricula/reminder_rules.html", context)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cohort_rules(request: HttpRequest, code: str) -> HttpResponse:
    """What is different for the own Participant's officers of one cohort."""
    cohort = cohort_for(request.user, code)
    participant, may_set = _own_side(request)
    hold = rules_that_hold()
    own = hold.rows.get((participant.pk, cohort.pk), {})
    form = CohortRemindersForm(request.POST or None, own=own, for_all=hold.days_of(participant.pk))
    if request.method == "POST":
        if not may_set:
            raise PermissionDenied
        if form.is_valid():
            by = cast("User", request.user)
            set_cohort_reminders(participant=participant, cohort=cohort, days=form.cleaned_data, by=by)
            messages.success(request, _("The reminders of this cohort are set."))
            return redirect("curricula:reminders")
    context = {"participant": participant, "cohort": cohort, "may_set": may_set, "form": form}
    return render(request, "curricula/reminder_cohort.html", context)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def dry_run(request: HttpRequest) -> HttpResponse:
    """Who would get what now, who would not, and why: of one cohort, over the officers that the reader follows.

    Nothing is written. The count of queries is constant.
    """
    cohorts = _open_cohorts(request)
    code = request.GET.get("cohort") or (cohorts[0].code if cohorts else "")
    cohort = next((each for each in cohorts if each.code == code), None)
    every = _planned(request, cohort) if cohort else []
    offices = Office.objects.in_bulk({row.enrollment.office_id for row in every})
    asked = request.GET.copy()
    asked["cohort"] = code
    form = PlanFilter(asked, cohorts=cohorts, offices=offices.values())
    rows = [row for row in every if form.lets_through(row)]
    page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    counts = Counter(row.verdict for row in every)
    asked.pop("page", None)
    context = {
        "form": form,
        "cohort": cohort,
        "page": page,
        "rows": [_shown(row, offices) for row in page],
        "counts": [(VERDICTS[verdict], counts[verdict]) for verdict in Verdict],
        "asked": asked.urlencode(),
        "as_of": clock.now(),
    }
    return render(request, "curricula/reminder_dry_run.html", context, status=200 if form.is_valid() else 400)


def _planned(request: HttpRequest, cohort: Cohort) -> list[Planned]:
    """Those that the reader follows, what is written first; other cohorts of the same people only count."""
    mine = enrollments_visible_to(request.user, cohort)
    keys = set(mine.values_list("pk", flat=True))
    order = list(Verdict)
    rows = [row for row in plan(mine, clock.now()) if row.enrollment.pk in keys]
    return sorted(rows, key=lambda row: (order.index(row.verdict), row.enrollment.person.sorting_name))


def _shown(row: Planned, offices: dict[int, Office]) -> dict[str, Any]:
    office, occasion = offices.get(row.enrollment.office_id), row.occasion
    return {
        "person": row.enrollment.person,
        "office": pick(office, "name") if office else "",
        "kind": Reminder.Kind(occasion.kind).label if occasion else "–",
        "about": about(occasion.kind, occasion.day, occasion.number) if occasion else "",
        "to": row.recipient,
        "is_to_another": row.recipient.pk != row.enrollment.person_id,
        "verdict": VERDICTS[row.verdict],
        "why": why(row),
    }


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What went out and what was held back, the latest first; the address keeps the filters."""
    form = LogFilter(request.GET, cohorts=cohorts_visible_to(request.user))
    page = Paginator(_log_rows(request, form), SHOWN).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": [(row, about(row.kind, row.day, row.number)) for row in page],
        "asked": asked.urlencode(),
    }
    return render(request, "curricula/reminder_log.html", context, status=200 if form.is_valid() else 400)


@right_required(Right.MANAGE_COHORTS)
@never_cache
@require_safe
def log_csv(request: HttpRequest) -> HttpResponseBase:
    """All rows that the filter lets through, as CSV: UTF-8 with a byte order mark. That it was taken is recorded."""
    form = LogFilter(request.GET, cohorts=cohorts_visible_to(request.user))
    if not form.is_valid():
        raise Http404
    audit.record("curricula.reminders.exported", None, by=cast("User", request.user), data={"kind": "csv"})
    rows = _log_rows(request, form).iterator(chunk_size=1000)
    answer = StreamingHttpResponse(_csv(rows, active()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="reminders-{clock.today():%Y-%m-%d}.csv"'
    return answer


def _log_rows(request: HttpRequest, form: LogFilter) -> Any:
    with_names = ("enrollment__person", "enrollment__cohort", "enrollment__office", "recipient", "letter")
    return form.narrow(reminders_visible_to(request.user)).select_related(*with_names)


class _Echo:
    """What `csv` writes to comes back at once."""

    def write(self, text: str) -> str:
        return text


def _csv(rows: Iterable[Reminder], language: str) -> Iterator[bytes]:
    writer: Any = csv.writer(_Echo(), lineterminator="\r\n")
    with translation.override(language):
        heading = [
            _("When (UTC)"), _("Officer"), _("Officer number"), _("Cohort"), _("Office"), _("To whom"), _("What about"),
            _("Day that it is about"), _("Days"), _("State"), _("Why it was held back"), _("E-mail"),
        ]  # fmt: skip
        yield ("\ufeff" + writer.writerow(heading)).encode()
        for row in rows:
            person, sits = row.enrollment.person, row.enrollment
            cells = [
                f"{row.written_at:%Y-%m-%d %H:%M:%S}", person.full_name, person.officer_number, sits.cohort.code,
                pick(sits.office, "name"), row.recipient.full_name, row.get_kind_display(), row.day, row.number,
                row.get_state_display(), row.get_reason_display(), row.letter.get_state_display() if row.letter else "",
            ]  # fmt: skip
            yield writer.writerow([disarmed(str(cell)) for cell in cells]).encode()


def _own_side(request: HttpRequest) -> tuple[Participant, bool]:
    """The Participant whose rules are shown, and whether the reader may set them."""
    participant = participants_visible_to(request.user).order_by("code").first()
    if participant is None:
        raise Http404
    reach = reach_of(request.user, Right.MANAGE_COHORTS)
    return participant, reach.covers(participant=participant.pk, agency=None, office=None)


def _open_cohorts(request: HttpRequest) -> list[Cohort]:
    """The cohorts that are open today, the newest first."""
    today = clock.today()
    return list(cohorts_visible_to(request.user).filter(opens_on__lte=today, closes_on__gte=today))
