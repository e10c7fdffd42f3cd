"""The administration's pages of people and of their roles, each over those within the administrator's reach."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from .access import people_administered_by
from .forms.directory import PersonForm, RoleGrantForm
from .models import RoleGrant, User
from .own_side import OwnSideViewSet, own_object


class PersonFilters(WagtailFilterSet):  # type: ignore[misc]
    """In use or closed."""

    is_active = django_filters.BooleanFilter(label=gettext_lazy("Active"))

    class Meta:
        model = User
        fields = ["is_active"]


class PersonList(generic.IndexView):  # type: ignore[misc]
    """The people that one administers, each with the way to the roles."""

    page_title = gettext_lazy("People")
    add_item_label = gettext_lazy("Add a person")

    def get_base_queryset(self) -> QuerySet[User]:
        return people_administered_by(self.request.user).select_related("agency", "office")

    @cached_property
    def columns(self) -> list[Any]:
        """Surnames first, leading to the person and with the further ways."""
        name = self._get_title_column_class(TitleColumn)
        label = gettext_lazy("Name")
        return [
            name("sorting_name", label=label, sort_key="surname_1", get_url=self.get_edit_url),
            *super().columns,
        ]

    def get_list_more_buttons(self, instance: User) -> list[Any]:
        address = reverse("wagtailsnippets_people_rolegrant:list") + "?" + urlencode({"q": instance.email})
        label = _("Roles of %(name)s") % {"name": instance.full_name}
        where = _("Where %(name)s is signed in") % {"name": instance.full_name}
        sessions = reverse("people:sign_ins", args=[instance.pk])
        return [
            *super().get_list_more_buttons(instance),
            Button(_("Roles"), address, icon_name="key", attrs={"aria-label": label}, priority=20),
            Button(_("Sessions"), sessions, icon_name="desktop", attrs={"aria-label": where}, priority=30),
        ]


class PersonViewSet(ModelViewSet):  # type: ignore[misc]
    """People: who they are, where they work, whether their account is in use. Nobody is deleted here."""

    model = User
    icon = "user"
    menu_label = gettext_lazy("People")
    menu_order = 215
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 50
    ordering = ["surname_1", "surname_2", "given_names", "pk"]
    search_fields = ["email", "given_names", "surname_1", "surname_2", "officer_number"]
    filterset_class = PersonFilters
    list_display = [
        Column("email", label=gettext_lazy("E-mail"), sort_key="email"),
        "officer_number",
        Column("agency", label=gettext_lazy("Agency"), accessor="agency.code"),
        Column("office", label=gettext_lazy("Office"), accessor="office.name"),
        BooleanColumn("is_active", label=gettext_lazy("Active")),
    ]
    index_view_class = PersonList
    edit_view_class = own_object(generic.EditView)
    delete_view_class = own_object(generic.DeleteView)
    history_view_class = own_object(ModelViewSet.history_view_class)
    usage_view_class = own_object(ModelViewSet.usage_view_class)
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("given_names"),
                    FieldRowPanel([FieldPanel("surname_1"), FieldPanel("surname_2")]),
                    FieldPanel("email"),
                    FieldRowPanel([FieldPanel("preferred_language"), FieldPanel("is_active")]),
                ],
                heading=gettext_lazy("Person"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("participant", widget=forms.Select),
                    FieldRowPanel(
                        [FieldPanel("agency", widget=forms.Select), FieldPanel("office", widget=forms.Select)]
                    ),
                    FieldRowPanel([FieldPanel("officer_number"), FieldPanel("position")]),
                    FieldPanel("supervisor_email"),
                ],
                heading=gettext_lazy("Post"),
            ),
        ],
        base_form_class=PersonForm,
    )

    def get_form_class(self, for_update: bool = False) -> Any:
        return self._edit_handler.get_form_class()


class GrantAdd(OwnSideViewSet.add_view_class):  # type: ignore[misc, name-defined]
    """The form of a new grant, filled with the address that the person's page sends."""

    def get_form_kwargs(self) -> dict[str, Any]:
        initial = {"email": self.request.GET.get("email", "")}
        return {**super().get_form_kwargs(), "initial": initial}


class RoleGrantViewSet(OwnSideViewSet):
    """Who may do what, where, from when until when."""

    model = RoleGrant
    icon = "key"
    list_display = ["user", "role", "agency", "office", "from_on", "until_on"]
    list_filter = ["role"]
    search_fields = ["user__email", "user__surname_1", "user__surname_2", "user__given_names"]
    copy_view_enabled = False
    add_view_class = GrantAdd

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleGrant]:
        return super().get_queryset(request).select_related("user", "agency", "office")

    edit_handler = ObjectList(
        [
            FieldPanel("email"),
            FieldPanel("role"),
            MultiFieldPanel(
                [
                    FieldPanel("participant", widget=forms.Select),
                    FieldRowPanel(
                        [FieldPanel("agency", widget=forms.Select), FieldPanel("office", widget=forms.Select)]
                    ),
                ],
                heading=gettext_lazy("Where it holds: all of the Participant, one agency, or one office"),
            ),
            FieldRowPanel([FieldPanel("from_on"), FieldPanel("until_on")]),
        ],
        base_form_class=RoleGrantForm,
    )


class _Closed(BulkAction):  # type: ignore[misc]
    """Wagtail's bulk actions on people go past roles, dates and the record; here there are none."""

    display_name = aria_label = ""
    models = [User]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        raise Http404


closed_actions = [
    type(f"Closed_{name}", (_Closed,), {"action_type": name}) for name in ("assign_role", "delete", "set_active_state")
]
