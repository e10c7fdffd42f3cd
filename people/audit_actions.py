"""The words for the codes of the record. Each app names its own with Wagtail's `register_log_actions`: one registry, so
that the history of a page and the record say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.log_actions import registry

ENDINGS = {
    "created": pgettext_lazy("record", "Created"),
    "changed": pgettext_lazy("record", "Changed"),
    "deleted": pgettext_lazy("record", "Deleted"),
}
"""For objects whose own values are recorded (`audit_admin.watch`, `audit.record_saved`): their codes begin with the
model and end so."""

FACTORS = {
    "code": gettext_lazy("code by e-mail"),
    "password": gettext_lazy("password"),
    "recovery_codes": gettext_lazy("recovery code"),
    "socialaccount": gettext_lazy("identity provider"),
    "totp": gettext_lazy("authenticator app"),
    "webauthn": gettext_lazy("passkey"),
}
"""The words for what somebody shows of themselves, as django-allauth names it."""

FACTS = {
    "added": gettext_lazy("people added"),
    "changed": gettext_lazy("people changed"),
    "absent": gettext_lazy("absent"),
    "address": gettext_lazy("address"),
    "code": gettext_lazy("code"),
    "count": gettext_lazy("how many"),
    "credential": gettext_lazy("certificate"),
    "days": gettext_lazy("days"),
    "cohort": gettext_lazy("cohort"),
    "content": gettext_lazy("content"),
    "course": gettext_lazy("course"),
    "documents": gettext_lazy("documents"),
    "enrolled": gettext_lazy("enrolled"),
    "enrollment": gettext_lazy("enrollment"),
    "exercise": gettext_lazy("practical exercise"),
    "extract": gettext_lazy("extract"),
    "factor": gettext_lazy("shown by"),
    "file": gettext_lazy("file"),
    "files": gettext_lazy("files"),
    "filters": gettext_lazy("filters"),
    "format": gettext_lazy("format"),
    "from_on": gettext_lazy("from"),
    "grant": gettext_lazy("role grant"),
    "held": gettext_lazy("held"),
    "how": gettext_lazy("how"),
    "kind": gettext_lazy("kind"),
    "language": gettext_lazy("language"),
    "number": gettext_lazy("number"),
    "participant": gettext_lazy("Participant"),
    "people": gettext_lazy("people"),
    "provider": gettext_lazy("identity provider"),
    "removed": gettext_lazy("removed"),
    "person": gettext_lazy("person"),
    "session": gettext_lazy("session"),
    "state": gettext_lazy("state"),
    "persons": gettext_lazy("people"),
    "record": gettext_lazy("course record"),
    "role": gettext_lazy("role"),
    "roster": gettext_lazy("roster import"),
    "rows": gettext_lazy("rows"),
    "sha256": "SHA-256",
    "to_on": gettext_lazy("until"),
    "until_on": gettext_lazy("until"),
    "why": gettext_lazy("why"),
}
"""The words for the details of an entry; a detail without words shows its code."""

Words = Callable[[], Mapping[str, str | Promise]]

_words: dict[tuple[str, str], Words] = {}


def say_codes(actions: str, fact: str, words: Words) -> None:
    """What the codes of a fact are called, in entries whose action begins so. Each app says it for its own."""
    _words[actions, fact] = words


def word_of(action: str, fact: str, code: object) -> object:
    """What a code of such a fact is called, in the reader's language; any other value as it is."""
    if not isinstance(code, str):
        return code
    for (actions, name), words in _words.items():
        if name == fact and action.startswith(actions):
            return words().get(code, code)
    return code


say_codes("people.", "factor", lambda: FACTORS)


def sentence_of(action: str) -> str:
    """What a code says, in the reader's language; the code itself when nobody named it."""
    registry.scan_for_actions()
    formatter = registry.formatters.get(action)
    if formatter is not None:
        return str(formatter.message or formatter.label)
    model, _dot, what = action.rpartition(".")
    return str(ENDINGS[what]) if what in ENDINGS and model in _models() else action


def choices_of_actions() -> list[tuple[str, str]]:
    """All codes with their words for a filter, sorted by the words. What begins with a full stop is an ending."""
    registry.scan_for_actions()
    known = [(code, sentence_of(code)) for code in registry.formatters]
    known += [(f".{what}", str(words)) for what, words in ENDINGS.items()]
    return sorted(known, key=lambda choice: (choice[1].casefold(), choice[0]))


def choices_of_objects() -> list[tuple[str, str]]:
    """The kinds of objects that may stand in the record, with their names, sorted by them."""
    labels = {code.split(".")[0] for code in registry.formatters} | {"wagtailimages", "wagtaildocs"}
    kinds = [(label, name_of(label)) for label, app in _models().items() if app in labels]
    return sorted(kinds, key=lambda choice: (choice[1].casefold(), choice[0]))


def name_of(object_type: str) -> str:
    """The name of a kind of object, in the reader's language."""
    if object_type not in _models():
        return object_type or _("the system")
    return str(apps.get_model(object_type)._meta.verbose_name)


def name_of_field(object_type: str, name: str) -> str:
    """The name of a field of a kind of object; the field's own name when it has no other."""
    field = _field(object_type, name)
    return str(field.verbose_name) if field else name


def choice_of_field(object_type: str, name: str, value: object) -> object:
    """What a code in such a field says; any other value as it is."""
    field = _field(object_type, name)
    return dict(field.flatchoices).get(value, value) if field and isinstance(value, str) else value


def _field(object_type: str, name: str) -> models.Field[Any, Any] | None:
    if object_type not in _models():
        return None
    fields = apps.get_model(object_type)._meta.concrete_fields
    return next((field for field in fields if name in {field.name, field.attname}), None)


def _models() -> dict[str, str]:
    """Label and app of every model."""
    return {model._meta.label_lower: model._meta.app_label for model in apps.get_models()}
