"""Qualifications of instructors in the administration: each side sees and gives those of its own people."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from people import clock
from people.bilingual import pick
from people.exceptions import DomainError
from people.models import User
from people.own_side import OwnSideForm, OwnSideViewSet

from .access import people_qualified_by
from .models import CoursePage, InstructorQualification
from .services.qualifications import check_end, check_qualification, end_qualification, qualify_instructor


def course_choices() -> list[tuple[str, str]]:
    """Codes and titles of all courses that were ever published."""
    pages = CoursePage.objects.filter(published__isnull=False).order_by("code")
    return [(page.code, f"{page.code} · {pick(page, 'title')}") for page in pages]


class QualificationForm(OwnSideForm):
    """A qualification of an instructor within reach. Once given, only its last day changes."""

    instance: InstructorQualification
    email = forms.EmailField(label=_("E-mail of the instructor"))
    course_code = forms.ChoiceField(label=_("Course"), choices=course_choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["email"].initial = self.instance.person.email
            code = self.instance.course_code
            self.fields["course_code"].choices = [(code, code)]
            for name, field in self.fields.items():
                field.disabled = name != "until_on"

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip()
        if self.instance.pk:
            return email
        person = people_qualified_by(self.for_user).filter(email__iexact=email).first()
        if person is None:
            raise ValidationError(_("There is no instructor with this address among your own. Check the address."))
        self.instance.person = person
        return email

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        given = self.instance
        try:
            if given.pk:
                check_end(qualification=given, until_on=given.until_on, by=self.for_user)
            else:
                check_qualification(
                    person=given.person, course_code=given.course_code, language=given.language,
                    from_on=given.from_on, until_on=given.until_on, by=self.for_user,
                )  # fmt: skip
        except DomainError as refusal:
            self.add_error(None, ValidationError(str(refusal), code=refusal.code))

    def save(self, commit: bool = True) -> InstructorQualification:
        given = self.instance
        if given.pk:
            return end_qualification(qualification=given, until_on=given.until_on, by=self.for_user)
        self.instance = qualify_instructor(
            person=given.person, course_code=given.course_code, language=given.language, from_on=given.from_on,
            until_on=given.until_on, note=given.note, by=self.for_user,
        )  # fmt: skip
        return self.instance


class QualificationFilters(WagtailFilterSet):  # type: ignore[misc]
    """By course and language, and those that hold today."""

    course_code = django_filters.ChoiceFilter(label=_("Course"), choices=course_choices)
    language = django_filters.ChoiceFilter(label=_("Language"), choices=User.Language.choices)
    holds = django_filters.BooleanFilter(label=_("Holds today"), method="holding")

    class Meta:
        model = InstructorQualification
        fields = ["course_code", "language"]

    def holding(self, rows: Any, _name: str, wanted: bool) -> Any:
        today = InstructorQualification.objects.on(clock.today()).values("pk")
        return rows.filter(pk__in=today) if wanted else rows.exclude(pk__in=today)


class QualificationViewSet(OwnSideViewSet):
    """Who may hold sessions and score, for what, in which language, from when until when. Nothing is deleted here."""

    model = InstructorQualification
    icon = "check"
    menu_label = _("Qualified instructors")
    menu_order = 216
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    list_display = ["person", "course_code", "language", "from_on", "until_on", "note"]
    filterset_class = QualificationFilters
    search_fields = ["person__email", "person__surname_1", "person__surname_2", "person__given_names", "course_code"]
    edit_handler = ObjectList(
        [
            FieldPanel("email"),
            FieldRowPanel([FieldPanel("course_code"), FieldPanel("language")]),
            FieldRowPanel([FieldPanel("from_on"), FieldPanel("until_on")]),
            FieldPanel("note"),
        ],
        base_form_class=QualificationForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[InstructorQualification]:
        return super().get_queryset(request).select_related("person")
