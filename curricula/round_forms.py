"""Forms about rounds, targets and nominations. What is to choose lies within the reach of the reader."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from people import clock
from people.access import agencies_within, offices_within, participants_visible_to
from people.models import Agency, Office, Participant, User
from people.roles import Right
from people.selectors import holders_of

from .access import cohorts_visible_to, leads_rounds, managed_by
from .models import Cohort, Curriculum, Round
from .nomination_files import addresses_elsewhere
from .roster_forms import RosterForm
from .services.nominating import Nominee
from .services.rounds import Target

WRONG_OFFICE = _("This office belongs to another agency. Choose one of the agency above.")


def date_input() -> forms.DateInput:
    """The calendar of the browser."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def date_field(**options: Any) -> forms.DateField:
    """A day, with the calendar of the browser."""
    return forms.DateField(widget=date_input(), **options)


class Places(forms.BaseForm):
    """The agencies and offices within reach, today."""

    def offer_places(self, user: User) -> None:
        reach = managed_by(user)
        agency, office = self.fields["agency"], self.fields["office"]
        agency.queryset = agencies_within(reach).on(clock.today())  # type: ignore[attr-defined]
        office.queryset = offices_within(reach).on(clock.today()).select_related("agency")  # type: ignore[attr-defined]
        office.label_from_instance = lambda each: f"{each.agency.code} · {each.name}"  # type: ignore[attr-defined]


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]
    """The frame of a round."""

    curricula = forms.ModelMultipleChoiceField(
        label=_("Curricula"), queryset=Curriculum.objects.all(), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Round
        fields = ["code", "name_en", "name_es", "participant", "owner", "curricula", "opens_on", "closes_on", "plan"]
        widgets = {"opens_on": date_input(), "closes_on": date_input()}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participant"].queryset = participants_visible_to(user)  # type: ignore[attr-defined]
        self.fields["participant"].empty_label = _("joint: both Participants")  # type: ignore[attr-defined]
        managers = holders_of(Right.MANAGE_COHORTS).filter(participant__in=participants_visible_to(user))
        self.fields["owner"].queryset = managers  # type: ignore[attr-defined]

    def clean_owner(self) -> User:
        owner: User = self.cleaned_data["owner"]
        if not leads_rounds(owner):
            raise forms.ValidationError(
                _("The owner of a round manages all of a Participant. Choose somebody who does.")
            )
        return owner

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code == "new":
            raise forms.ValidationError(_("This word has another use. Choose another code."))
        return code

    def clean_participant(self) -> Participant | None:
        side: Participant | None = self.cleaned_data["participant"]
        found = self.instance
        if side and found.pk:
            others = (
                found.nominations.exclude(participant=side),
                found.target_versions.exclude(participant=side),
                found.cohorts.exclude(participant=side),
            )
            if any(rows.exists() for rows in others):
                raise forms.ValidationError(_("The other Participant takes part in this round. It stays a joint one."))
        return side


class TargetForm(forms.Form, Places):
    """One line of the targets; a line without persons counts for nothing."""

    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.none(), required=False, empty_label=_("all agencies")
    )
    office = forms.ModelChoiceField(
        label=_("Office"), queryset=Office.objects.none(), required=False, empty_label=_("all offices")
    )
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    persons = forms.IntegerField(label=_("Persons"), min_value=0, max_value=1_000_000, required=False)

    def __init__(self, *args: Any, user: User, participant: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_places(user)
        for name, path in (("agency", "participant"), ("office", "agency__participant")):
            field = self.fields[name]
            field.queryset = field.queryset.filter(**{path: participant})  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        agency, office = given.get("agency"), given.get("office")
        if office and agency and office.agency_id != agency.pk:
            self.add_error("office", WRONG_OFFICE)
        return given

    def target(self) -> Target | None:
        """What the line says; None where it names no persons."""
        given = self.cleaned_data
        if not given.get("persons"):
            return None
        office = given.get("office")
        agency = office.agency if office else given.get("agency")
        return Target(agency, office, " ".join(given.get("position", "").split()), given["persons"])


TargetFormSet: type[BaseFormSet[TargetForm]] = formset_factory(TargetForm, extra=4, max_num=200)


class TargetReasonForm(forms.Form):
    """Why targets change, and from when on."""

    holds_from = date_field(label=_("Holds from"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is kept with the version, for both Participants to read. Name no persons."),
        error_messages={"required": _("Say in one sentence why the targets are set so.")},
    )


def _cohorts(user: User, found: Round, form: forms.BaseForm, *, label: Any) -> None:
    field = form.fields["cohort"]
    field.queryset = cohorts_visible_to(user).filter(round=found, closes_on__gte=clock.today())  # type: ignore[attr-defined]
    field.empty_label = label  # type: ignore[attr-defined]
    if user.participant_id:
        own = field.queryset.filter(participant=user.participant_id)  # type: ignore[attr-defined]
        joint = field.queryset.filter(participant=None)  # type: ignore[attr-defined]
        field.queryset = own | joint  # type: ignore[attr-defined]


class NominateForm(forms.Form, Places):
    """One officer to nominate."""

    given_names = forms.CharField(label=_("Given names"), max_length=120)
    surname_1 = forms.CharField(label=_("First surname"), max_length=80)
    surname_2 = forms.CharField(label=_("Second surname"), max_length=80, required=False)
    email = forms.EmailField(label=_("Work e-mail address"))
    officer_number = forms.CharField(label=_("Officer number"), max_length=40)
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none())
    office = forms.ModelChoiceField(label=_("Office"), queryset=Office.objects.none())
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language of the person"), choices=User.Language.choices)
    cohort = forms.ModelChoiceField(
        label=_("Cohort"),
        queryset=Cohort.objects.none(),
        required=False,
        help_text=_("With a cohort, a seat of it is held while any are free."),
    )

    def __init__(self, *args: Any, user: User, training_round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_places(user)
        _cohorts(user, training_round, self, label=_("the round’s manager chooses"))
        if training_round.participant_id:
            for name, path in (("agency", "participant"), ("office", "agency__participant")):
                field = self.fields[name]
                field.queryset = field.queryset.filter(**{path: training_round.participant_id})  # type: ignore[attr-defined]
        self.fields["language"].initial = user.preferred_language

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        agency, office, email = given.get("agency"), given.get("office"), given.get("email", "").lower()
        if office and agency and office.agency_id != agency.pk:
            self.add_error("office", WRONG_OFFICE)
        if agency and email and email in addresses_elsewhere([email], {agency}):
            self.add_error("email", _("This address cannot be nominated from your side. Check the address."))
        return given

    def nominee(self) -> Nominee:
        """What the form says, for the service."""
        given = self.cleaned_data
        names = ("given_names", "surname_1", "surname_2", "officer_number", "position")
        texts = {name: " ".join(given[name].split()) for name in names}
        return Nominee(email=given["email"].lower(), language=given["language"], office=given["office"], **texts)


class NominationFileForm(RosterForm):
    """Several officers to nominate, as a roster."""

    cohort = forms.ModelChoiceField(
        label=_("Cohort"),
        queryset=Cohort.objects.none(),
        required=False,
        help_text=_("With a cohort, a seat of it is held while any are free."),
    )

    def __init__(self, *args: Any, user: User, training_round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _cohorts(user, training_round, self, label=_("the round’s manager chooses"))


class DecideForm(forms.Form):
    """What is decided on the nominations that were ticked."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("accept", _("accept and enroll")), ("hold", _("hold a seat until a day")),
                 ("wait", _("put on the waiting list")), ("decline", _("decline"))],
        widget=forms.RadioSelect,
        initial="accept",
    )  # fmt: skip
    cohort = forms.ModelChoiceField(label=_("Cohort"), queryset=Cohort.objects.none(), required=False)
    day = date_field(
        label=_("Day"),
        required=False,
        help_text=_("Accepting: the own due date of late joiners. Holding: the last day of the hold."),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Needed for waiting and declining.")
    )

    def __init__(self, *args: Any, user: User, training_round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _cohorts(user, training_round, self, label=_("as nominated"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        decision = given.get("decision")
        if decision in {"wait", "decline"} and not given.get("reason", "").strip():
            self.add_error("reason", _("Give the reason: whoever nominated reads it."))
        if decision == "hold" and not (given.get("cohort") and given.get("day")):
            self.add_error("day", _("Choose the cohort and the day until which the seats are held."))
        if given.get("day") and given["day"] < clock.today():
            self.add_error("day", _("This day lies in the past. Choose today or a later day."))
        return given
