"""Wagtail's administration of users, with the house's own page of people in the place of Wagtail's."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAdministrationConfig(WagtailUsersAppConfig):  # type: ignore[misc]
    user_viewset = "people.viewsets.PersonViewSet"
