"""Forms about sessions: planning one, cancelling it, signing officers up, entering a signed sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from courses.models import FrozenCourse, InstructorQualification
from people import clock
from people.access import reach_of
from people.models import Agency, Office, User
from people.roles import Right
from people.selectors import holders_of
from people.time_zones import TimeZone
from people.uploads import Kind, UploadRefused, check_upload

from .models import Cohort, Enrollment, Session, SessionInstructor
from .models.cohort import EnrollmentQuerySet
from .seating import Group
from .services.sessions import Plan

SHARES = 4
"""How many rows for kept seats the form has, besides those that are filled in."""


class InstructorChoice(forms.ModelChoiceField[User]):
    """A person, with the courses and languages that the person is qualified for today."""

    def label_from_instance(self, obj: Any) -> str:
        known = ", ".join(getattr(obj, "qualified", ()))
        return f"{obj.sorting_name} ({known})" if known else str(obj.sorting_name)


class InstructorChoices(forms.ModelMultipleChoiceField[User]):
    label_from_instance = InstructorChoice.label_from_instance  # type: ignore[assignment]


class SessionForm(forms.Form):
    """When, where, for whom, and who teaches. Day and hours are those of the session's time zone."""

    course = forms.ModelChoiceField(label=_("Course"), queryset=FrozenCourse.objects.none())
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    begins = forms.TimeField(label=_("Begins"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Ends"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    time_zone = forms.ChoiceField(
        label=_("Time zone of the place"), choices=[("", _("Choose")), *TimeZone.choices],
        help_text=_("Everybody reads the hours in this zone."),
    )  # fmt: skip
    place = forms.CharField(label=pgettext_lazy("venue", "Place"), max_length=160)
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    online_address = forms.URLField(
        label=_("Online address"), max_length=300, required=False, assume_scheme="https",
        help_text=_("Shown only to those who have a place."),
    )  # fmt: skip
    languages = forms.ChoiceField(label=_("Language"), choices=Session.Languages.choices)
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=2000)
    lead = InstructorChoice(label=_("Lead instructor"), queryset=User.objects.none(), required=False)
    assistants = InstructorChoices(
        label=_("Assistant instructors"), queryset=User.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, cohort: Cohort, by: User, session: Session | None = None, **kwargs: Any) -> None:
        self.session, self.by = session, by
        super().__init__(*args, **kwargs | {"initial": _initial(cohort, session)})
        if session is not None:
            del self.fields["course"]
        else:
            course: Any = self.fields["course"]
            course.queryset = cohort.edition.frozen_courses.defer("content").order_by("code")
            course.label_from_instance = lambda each: f"{each.code} · {each.title}"
        people = instructors_within(by)
        mine = [] if session is None else list(session.instructors.filter(person__in=people))
        for name in ("lead", "assistants"):
            field: Any = self.fields[name]
            field.queryset = people
            field.choices = [*([("", "—")] if name == "lead" else []), *self._people(field, people)]
        parts = SessionInstructor.Part
        self.initial["lead"] = next((each.person_id for each in mine if each.part == parts.LEAD), None)
        self.initial["assistants"] = [each.person_id for each in mine if each.part == parts.ASSISTANT]
        self._add_shares(cohort, session)

    def _people(self, field: Any, people: Any) -> Iterator[tuple[int, str]]:
        """One query for all of them, and one for what they are qualified for."""
        found = list(people.order_by("surname_1", "surname_2", "given_names", "pk"))
        holding = InstructorQualification.objects.on(clock.today()).filter(person__in=found)
        qualified: dict[int, list[str]] = {}
        for person, code, language in holding.order_by("course_code", "language").values_list(
            "person", "course_code", "language"
        ):
            qualified.setdefault(person, []).append(f"{code} {language}")
        for person in found:
            person.qualified = qualified.get(person.pk, [])
            yield person.pk, field.label_from_instance(person)

    def _add_shares(self, cohort: Cohort, session: Session | None) -> None:
        kept = [] if session is None else [(s.agency_id, s.office_id, s.seats) for s in session.shares.all()]
        choices = [("", "—"), *_groups(cohort, kept)]
        self.rows = range(1, len(kept) + SHARES + 1)
        for number in self.rows:
            agency, office, seats = kept[number - 1] if number <= len(kept) else ("", None, None)
            self.fields[f"group_{number}"] = forms.ChoiceField(
                label=_("Agency or office"), choices=choices, required=False,
                initial=f"{agency}-{office or ''}" if agency else "",
            )  # fmt: skip
            self.fields[f"seats_{number}"] = forms.IntegerField(
                label=_("Seats kept"), min_value=1, max_value=2000, required=False, initial=seats
            )

    @property
    def share_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows for kept seats: group and number."""
        return [(self[f"group_{number}"], self[f"seats_{number}"]) for number in self.rows]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_times(cleaned)
        chosen: dict[str, int] = {}
        for number in self.rows:
            group, seats = cleaned.get(f"group_{number}"), cleaned.get(f"seats_{number}")
            if bool(group) != bool(seats) and not self.errors.get(f"seats_{number}"):
                self.add_error(f"seats_{number}", _("Choose an agency or office and say how many seats, or neither."))
            elif group and group in chosen:
                self.add_error(f"group_{number}", _("This one stands in an earlier row. Keep one of the two."))
            elif group:
                chosen[group] = int(seats or 0)
        self.shares: dict[Group, int] = {_group(key): seats for key, seats in chosen.items()}
        return cleaned

    def _clean_times(self, cleaned: dict[str, Any]) -> None:
        if not all(cleaned.get(name) for name in ("day", "begins", "ends", "time_zone")):
            return
        zone, is_backward = ZoneInfo(cleaned["time_zone"]), cleaned["ends"] <= cleaned["begins"]
        for name, moment in (("begins", "starts_at"), ("ends", "ends_at")):
            given = cleaned[name]
            cleaned[moment] = dt.datetime.combine(cleaned["day"], given, zone).astimezone(dt.UTC)
            if cleaned[moment].astimezone(zone).time() != given:
                self.add_error(name, _("Clocks are put forward on that day and leave out this hour. Choose another."))
        if is_backward:
            self.add_error("ends", _("The session ends before it begins. Plan one session for each day."))

    def plan(self) -> Plan:
        """What was decided, of a valid form."""
        names = (
            "starts_at", "ends_at", "time_zone", "place", "capacity", "languages", "room", "online_address"
        )  # fmt: skip
        return Plan(**{name: self.cleaned_data[name] for name in names})

    def instructors(self) -> dict[User, SessionInstructor.Part]:
        """Who teaches; a lead who is chosen as assistant too leads."""
        parts = SessionInstructor.Part
        chosen = dict.fromkeys(self.cleaned_data["assistants"], parts.ASSISTANT)
        lead = self.cleaned_data["lead"]
        return chosen | {lead: parts.LEAD} if lead else chosen


def instructors_within(by: User) -> Any:
    """Whom a manager may assign: active people who lead sessions, within the manager's reach."""
    return holders_of(Right.LEAD_SESSIONS).filter(reach_of(by, Right.MANAGE_COHORTS).of())


def _initial(cohort: Cohort, session: Session | None) -> dict[str, Any]:
    """A new session has the place and the zone of the cohort's last one."""
    names = ["time_zone", "place", "room", "languages", "capacity"]
    if session is None:
        last = cohort.sessions.order_by("-pk").first()
        return {name: getattr(last, name) for name in names} if last else {}
    names.append("online_address")
    starts, ends = session.starts_at.astimezone(session.zone), session.ends_at.astimezone(session.zone)
    times = {"day": starts.date(), "begins": starts.time(), "ends": ends.time()}
    return {name: getattr(session, name) for name in names} | times


def _groups(cohort: Cohort, kept: list[tuple[int, int | None, int]]) -> Iterator[tuple[str, str]]:
    """The agencies and offices of the cohort's officers, and those for which seats are kept already. Two queries."""
    officers = Enrollment.objects.filter(cohort=cohort)
    agencies = {agency for agency, _office, _seats in kept}
    offices = {office for _agency, office, _seats in kept if office}
    known = Office.objects.filter(pk__in=officers.values("office")) | Office.objects.filter(pk__in=offices)
    by_agency: dict[int, list[Office]] = {}
    for office in known.order_by("name_es"):
        by_agency.setdefault(office.agency_id, []).append(office)
    for agency in Agency.objects.filter(pk__in=agencies | set(by_agency)).order_by("code"):
        yield f"{agency.pk}-", str(agency)
        for office in by_agency.get(agency.pk, []):
            yield f"{agency.pk}-{office.pk}", f"{agency.code} · {office.name}"


def _group(key: str) -> Group:
    agency, office = key.split("-")
    return int(agency), int(office) if office else None


class CancelForm(forms.Form):
    """Why a session is not held."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=Session.Reason.choices, widget=forms.RadioSelect,
        help_text=_("It stands in the e-mail, in each officer’s language."),
    )  # fmt: skip


class SignUpForm(forms.Form):
    """Which officers of the cohort get a place: those with these numbers, or all of an office that have none."""

    office = forms.ChoiceField(label=_("Officers of"), required=False)
    numbers = forms.CharField(
        label=_("Officer numbers"), required=False, widget=forms.Textarea(attrs={"rows": 5}), max_length=40_000,
        help_text=_("One a line. Left empty, all officers of the office who have no place yet are signed up."),
    )  # fmt: skip

    def __init__(self, *args: Any, waiting: EnrollmentQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        people = list(waiting.select_related("office", "agency"))
        offices: dict[str, list[Enrollment]] = {}
        for each in people:
            offices.setdefault(str(each.office_id), []).append(each)
        total = ngettext("%(n)s officer of all offices", "%(n)s officers of all offices", len(people))
        names = {key: f"{rows[0].agency.code} · {rows[0].office.name} ({len(rows)})" for key, rows in offices.items()}
        field: Any = self.fields["office"]
        field.choices = [("", _("Choose")), ("all", total % {"n": len(people)}),
                         *sorted(names.items(), key=lambda each: each[1])]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        numbers = list(dict.fromkeys((cleaned.get("numbers") or "").split()))
        office = cleaned.get("office")
        if not numbers and not office:
            raise forms.ValidationError(_("Write officer numbers, or choose an office."), code="nobody")
        found = self.waiting.select_related("person").order_by("person__surname_1", "pk")
        if office and office != "all":
            found = found.filter(office=office)
        if numbers:
            by_number = {each.person.officer_number: each for each in found}
            unknown = [number for number in numbers if number not in by_number]
            if unknown:
                said = _("Nobody of yours without a place has: %(numbers)s. Check the numbers and the office.")
                raise forms.ValidationError(said, code="unknown", params={"numbers": ", ".join(unknown[:20])})
            self.officers = [by_number[number] for number in numbers]
        else:
            self.officers = list(found)
        return cleaned


class SheetForm(forms.Form):
    """The signed sheet as a list: pasted, or a file."""

    text = forms.CharField(
        label=_("List"), required=False, widget=forms.Textarea(attrs={"rows": 10}), max_length=200_000,
        help_text=_(
            "One officer a line: number, how the officer attended, minutes. “AGA-1001” alone means present; "
            "“AGA-1002, partial, 90”; “AGA-1003, absent”; “AGA-1004, excused”."
        ),
    )  # fmt: skip
    file = forms.FileField(
        label=_("or a file (CSV)"), required=False, widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"})
    )
    rest_absent = forms.BooleanField(label=_("Whoever is not in the list was absent"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file:
            try:
                check_upload(file, kinds={Kind.TEXT}, most_bytes=200_000, is_kept=False)
            except UploadRefused as refusal:
                raise forms.ValidationError(str(refusal), code=refusal.reason) from None
            file.seek(0)
            data = file.read()
            try:
                cleaned["text"] = data.decode("utf-8-sig")
            except UnicodeDecodeError:
                cleaned["text"] = data.decode("cp1252", errors="replace")
        if not (cleaned.get("text") or "").strip():
            raise forms.ValidationError(_("Paste the list, or choose a file."), code="empty")
        return cleaned
