"""What can be done to many officers of a cohort at once, and what stands in the way for each.

An action is registered in a module `bulk_actions` of an app. Its obstacle is asked in the preview and must not ask the
database; doing it goes through the service that does it to one officer, which decides again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise

from people.models import User
from people.roles import Right

from .models import Cohort, Enrollment

Given = Mapping[str, Any]
"""What the form said, as JSON: text, numbers, days as ISO 8601."""

BULK = "bulk_action"


class BulkForm(forms.Form):
    """What an action must know. `given` is what is kept of it until the job does it."""

    def __init__(self, *args: Any, user: User, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.cohort = user, cohort

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


@dataclass(frozen=True, slots=True)
class BulkAction:
    """An action with its name in the reader's language. `obstacles` gives, for the enrollments that it is asked about,
    a sentence by primary key where it cannot be done; it may ask the database once for all of them."""

    name: str
    title: str | Promise
    form: type[BulkForm]
    obstacles: Callable[[Sequence[Enrollment], Given], dict[int, str]]
    act: Callable[[Enrollment, Given, User], None]
    right: Right = Right.MANAGE_COHORTS


_actions: dict[str, BulkAction] = {}


def bulk_action(action: BulkAction) -> BulkAction:
    """Register an action."""
    _actions[action.name] = action
    return action


def bulk_actions() -> list[BulkAction]:
    """All actions in the order in which they were registered."""
    return list(_actions.values())


def bulk_action_of(name: str) -> BulkAction | None:
    """The action of that name."""
    return _actions.get(name)
