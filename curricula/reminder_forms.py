"""Forms about reminders: the rules, those of a cohort, and what the dry run and the log show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Office

from .models import Cohort, Reminder, ReminderRule
from .models.reminder import ReminderQuerySet
from .reminder_plan import Planned, Verdict
from .reminder_words import LABELS, VERDICTS
from .reminding import MOST_IN_A_ROW, Hours

MOST_DAYS = 90
BEFORE_DUE, DUE_SOON = ReminderRule.Kind.BEFORE_DUE, ReminderRule.Kind.DUE_SOON
WRONG_ORDER = _("The first reminder goes out before the last one: give it more days.")


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput({"type": "time"}, "%H:%M"))


class ReminderRulesForm(forms.Form):
    """The days of each rule, where empty turns it off; then when and how often."""

    most_per_week = forms.IntegerField(
        label=_("At most so many in seven days to one officer"), min_value=1, max_value=7
    )
    quiet_from = _time(_("Quiet from"))
    quiet_until = _time(_("Quiet until"))
    on_weekends = forms.BooleanField(label=_("Also on Saturdays and Sundays"), required=False)
    escalate_after = forms.IntegerField(
        label=_("Tell the supervisor after so many reminders without activity"),
        min_value=1,
        max_value=MOST_IN_A_ROW,
        required=False,
        help_text=_("Empty: never. Only where a supervisor is named with the person."),
    )

    def __init__(self, *args: Any, days: Mapping[str, int], hours: Hours, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in LABELS.items():
            self.fields[kind] = forms.IntegerField(
                label=label,
                required=False,
                min_value=1,
                max_value=MOST_DAYS,
                initial=days.get(kind),
                help_text=_("Empty: not sent."),
            )
        self.order_fields([*LABELS, *ReminderRulesForm.base_fields])
        for name in ReminderRulesForm.base_fields:
            self.fields[name].initial = getattr(hours, name) or None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if (first := cleaned.get(BEFORE_DUE)) and (last := cleaned.get(DUE_SOON)) and first <= last:
            self.add_error(BEFORE_DUE, WRONG_ORDER)
        times = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if None not in times and times[0] == times[1]:
            self.add_error("quiet_until", _("Quiet hours that end when they begin never end. Change one of the two."))
        return cleaned

    @property
    def days(self) -> dict[str, int | None]:
        """The days of each rule, None for one that is off."""
        return {kind: self.cleaned_data[kind] for kind in LABELS}

    @property
    def hours(self) -> Hours:
        """When and how often."""
        given = {name: self.cleaned_data[name] for name in ReminderRulesForm.base_fields}
        return Hours(**given | {"escalate_after": given["escalate_after"] or 0})


class CohortRemindersForm(forms.Form):
    """What is different for one cohort."""

    def __init__(self, *args: Any, own: Mapping[str, int | None], for_all: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_all = for_all
        for kind, label in LABELS.items():
            self.fields[kind] = forms.IntegerField(
                label=label,
                required=False,
                min_value=0,
                max_value=MOST_DAYS,
                initial=(own[kind] or 0) if kind in own else None,
                help_text=_("Empty: %(days)s, as for all cohorts. 0: not sent in this cohort.")
                % {"days": for_all.get(kind, "–")},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = (self._holds(cleaned.get(kind), kind) for kind in (BEFORE_DUE, DUE_SOON))
        if first and last and first <= last:
            self.add_error(BEFORE_DUE, WRONG_ORDER)
        return cleaned

    def _holds(self, number: int | None, kind: str) -> int:
        return self.for_all.get(kind, 0) if number is None else number


def _choices(first: Any, found: Iterable[tuple[Any, Any]]) -> list[tuple[str, Any]]:
    return [("", first), *((str(key), name) for key, name in found)]


class PlanFilter(forms.Form):
    """Which cohort the dry run looks at, and which of its officers it shows."""

    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    verdict = forms.ChoiceField(
        label=_("What becomes of it"), required=False, choices=lambda: _choices(_("all"), VERDICTS.items())
    )
    office = forms.ChoiceField(label=_("Office"), required=False)

    def __init__(self, *args: Any, cohorts: Iterable[Cohort], offices: Iterable[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(cohort.code, f"{cohort.code} · {cohort.name}") for cohort in cohorts]
        self.fields["cohort"].choices = shown  # type: ignore[attr-defined]
        rows = sorted(((office.pk, office.name) for office in offices), key=lambda row: row[1])
        self.fields["office"].choices = _choices(_("all offices"), rows)  # type: ignore[attr-defined]

    def lets_through(self, row: Planned) -> bool:
        """Whether it is shown; a filter that is not understood shows nothing."""
        if not self.is_valid():
            return False
        asked = self.cleaned_data
        return asked["verdict"] in {"", Verdict(row.verdict).value} and asked["office"] in {
            "", str(row.enrollment.office_id)
        }  # fmt: skip


class LogFilter(forms.Form):
    """Which rows of the log are shown. The address keeps all fields."""

    who = forms.CharField(label=_("Name or officer number"), required=False, max_length=120)
    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    kind = forms.ChoiceField(
        label=_("What about"), required=False, choices=lambda: _choices(_("all"), Reminder.Kind.choices)
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=lambda: _choices(_("all"), Reminder.State.choices)
    )
    from_on = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, *args: Any, cohorts: Iterable[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(cohort.code, f"{cohort.code} · {cohort.name}") for cohort in cohorts]
        self.fields["cohort"].choices = _choices(_("all"), names)  # type: ignore[attr-defined]

    def narrow(self, found: ReminderQuerySet) -> ReminderQuerySet:
        """The rows that the filter lets through, the latest first; none while it cannot be read."""
        if not self.is_valid():
            return found.none()
        asked = self.cleaned_data
        since = asked["from_on"]
        plain = {
            "enrollment__cohort__code": asked["cohort"],
            "kind": asked["kind"],
            "state": asked["state"],
            "written_at__gte": dt.datetime.combine(since, dt.time(0), dt.UTC) if since else None,
        }
        found = found.filter(**{name: value for name, value in plain.items() if value})
        for word in asked["who"].split()[:5]:
            named = Q()
            for column in ("given_names", "surname_1", "surname_2", "officer_number"):
                named |= Q(**{f"enrollment__person__{column}__icontains": word})
            found = found.filter(named)
        return found
