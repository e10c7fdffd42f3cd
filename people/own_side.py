"""Wagtail's lists, forms, histories, choosers and bulk actions over the rows that a person may see, and over no others.

A model whose rows belong to a Participant is given its gate once, by `keep_to_own_side`; everything of Wagtail that
shows or changes such rows asks it here. What lies outside is not found, as if it were not there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import classproperty
from django.views import View
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList, Panel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import User

Gate = Callable[[Any], QuerySet[Any]]
"""The rows that a person may see."""

gated: list[type[Model]] = []
"""The models that have such a gate, in the order of their registration."""


class OwnSidePolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """What a role may do with a model, limited to the rows behind the gate."""

    def __init__(self, model: type[Model], gate: Gate) -> None:
        super().__init__(model)
        self.rows = gate

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_permission(user, action) and self.rows(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        rows = self.rows(user)
        return rows if self.user_has_any_permission(user, actions) else rows.none()


def keep_to_own_side(model: type[Model], gate: Gate) -> None:
    """Give a model its gate. Call it before a viewset of the model is registered."""
    register_permission_policy(model, OwnSidePolicy(model, gate))
    gated.append(model)


def rows_for(user: Any, model: type[Model]) -> QuerySet[Any]:
    """The rows of a gated model that a person may see."""
    rows: QuerySet[Any] = policy_registry.get_by_type(model).rows(user)
    return rows


def own_object(view: Any) -> Any:
    """A view of one object to which those outside are not found."""

    class OwnObject(view):
        def get_object(self, *args: Any, **kwargs: Any) -> Model:
            if not rows_for(self.request.user, self.model).filter(pk=self.kwargs["pk"]).exists():
                raise Http404
            found: Model = super().get_object(*args, **kwargs)
            return found

    return OwnObject


def _own_choice(view: Any) -> Any:
    class OwnChoice(view):
        def get_object_list(self) -> QuerySet[Any]:
            return rows_for(self.request.user, self.model_class)

        def get_object(self, pk: str) -> Model:
            found: Model | None = self.get_object_list().filter(pk=pk).first() if pk.isdigit() else None
            if found is None:
                raise Http404
            return found

        def get_objects(self, pks: list[str]) -> QuerySet[Any]:
            return self.get_object_list().filter(pk__in=[pk for pk in pks if pk.isdigit()])

    return OwnChoice


class _NothingIsMadeInAChooser(View):
    """A chooser's own form knows nobody who fills it in; such rows are made in their own pages."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        raise Http404


class ChooserOfWhatIsThere(SnippetChooserViewSet):  # type: ignore[misc]
    """A chooser in which nothing new is made."""

    @property
    def create_view(self) -> Any:
        return _NothingIsMadeInAChooser.as_view()


class OwnSideChooserViewSet(ChooserOfWhatIsThere):
    """A chooser that offers, and lets be chosen, only what the person may see."""

    choose_view_class = _own_choice(SnippetChooserViewSet.choose_view_class)
    choose_results_view_class = _own_choice(SnippetChooserViewSet.choose_results_view_class)
    chosen_view_class = _own_choice(SnippetChooserViewSet.chosen_view_class)
    chosen_multiple_view_class = _own_choice(SnippetChooserViewSet.chosen_multiple_view_class)


class OwnSideViewSet(SnippetViewSet):  # type: ignore[misc]
    """The list, the forms, the history and the chooser of a gated model."""

    edit_view_class = own_object(SnippetViewSet.edit_view_class)
    copy_view_class = own_object(SnippetViewSet.copy_view_class)
    delete_view_class = own_object(SnippetViewSet.delete_view_class)
    history_view_class = own_object(SnippetViewSet.history_view_class)
    usage_view_class = own_object(SnippetViewSet.usage_view_class)
    inspect_view_class = own_object(SnippetViewSet.inspect_view_class)
    chooser_viewset_class = OwnSideChooserViewSet

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return rows_for(request.user, self.model)


class OwnSideForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A form whose choices are rows that the person may see, whatever is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is None:
            raise TypeError("Such a form is filled in by somebody.")
        for field in self.fields.values():
            choices = getattr(field, "queryset", None)
            if choices is not None and choices.model in gated:
                field.queryset = rows_for(self.for_user, choices.model)


def own_panels(*panels: Panel) -> ObjectList:
    """The panels of a form whose choices are rows that the person may see."""
    return ObjectList(panels, base_form_class=OwnSideForm)


class OwnSideDelete(DeleteBulkAction):  # type: ignore[misc]
    """Wagtail's bulk deletion names what one may not delete; here it does not know what lies outside."""

    @classproperty
    def models(self) -> list[type[Model]]:
        return [model for model in gated if model is not User]  # people are not deleted in bulk at all

    def get_queryset(self, model: type[Model], object_ids: list[str]) -> list[Model]:
        found = list(rows_for(self.request.user, model).filter(pk__in=[pk for pk in object_ids if str(pk).isdigit()]))
        if not found:
            raise Http404
        return found
