"""Reads that pages share."""

from __future__ import annotations

from django.db.models import QuerySet

from people.models import User

from .models import Credential


def certificates_of(person: User) -> QuerySet[Credential]:
    """A person's certificates, newest first, each with its edition and curriculum. One query."""
    return Credential.objects.filter(person=person).select_related("edition__curriculum")
