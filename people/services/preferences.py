"""What a person sets for themselves."""

from __future__ import annotations

from django.db import transaction

from .. import audit
from ..models import User


@transaction.atomic
def choose_language(*, person: User, language: str, by: User) -> None:
    """The language of mails to a person."""
    before = User.objects.select_for_update().values_list("preferred_language", flat=True).get(pk=person.pk)
    if before == language:
        return
    person.preferred_language = language
    person.save(update_fields=["preferred_language"])
    audit.record("people.language.chosen", person, by=by, data={"before": before, "after": language})
