"""Tells holders, before their certificates end: once for each notice of the edition's rule, in their own language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Prefetch
from django.urls import reverse
from django.utils.translation import override

from curricula.models import Reminder
from curricula.reminder_rules import openings
from curricula.services.reminders import Note, note_reminders
from people import clock
from people.models import Letter
from people.services.correspondence import Draft, write_letters

from ..letter_kinds import CERTIFICATE_ENDS
from ..models import Credential, ExpiryNotice, Standing, ValidityRule
from ..models.credential import CredentialQuerySet

NOTICES = "certificate_notices"
BATCH = 500


def write_due_notices() -> Iterator[int]:
    """Write the letters that are due, batch by batch; how many each batch had. Harmless when repeated.

    Whoever was not told in time, as the installation stood still, gets the last notice alone. Letters and the note of
    them are committed together. They leave when the quiet hours of the holder's office end.
    """
    last = 0
    while ids := list(_ending().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = ids[-1]
        if written := _write(ids):
            yield written


def notices_are_due() -> bool:
    """Whether a letter is to be written now. Three queries, and one more for each five hundred that end soon."""
    candidates = _with_notices(_ending()).iterator(chunk_size=BATCH)
    today = clock.today()
    return any(_due(credential, today) for credential in candidates)


@transaction.atomic
def _write(ids: Sequence[int]) -> int:
    """Holds the rows of the certificates, so that two workers do not tell the same."""
    list(Credential.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))
    today = clock.today()
    due = [(held, days) for held in _with_notices(_ending().filter(pk__in=ids)) if (days := _due(held, today))]
    ExpiryNotice.objects.bulk_create([ExpiryNotice(credential=held, days=days) for held, days in due])
    opens = openings(held.person for held, _ in due)
    letters = write_letters(kind=CERTIFICATE_ENDS, drafts=[_draft(held, opens[held.person_id]) for held, _ in due])
    _log(due, letters)
    return len(due)


def _log(due: Sequence[tuple[Credential, int]], letters: Sequence[Letter]) -> None:
    """They count among what a holder gets in a week, and are never held back for it."""
    note_reminders(
        kind=Reminder.Kind.CERTIFICATE,
        notes=[
            Note(held.enrollment, held.person, f"{held.number}/{days}", held.valid_until, letter)
            for (held, days), letter in zip(due, letters, strict=True)
            if held.enrollment and held.valid_until
        ],
    )


def _ending() -> CredentialQuerySet:
    """Valid certificates that end within the longest notice of any rule."""
    longest = ValidityRule.objects.aggregate(first=Max("first_notice_days"), last=Max("last_notice_days"))
    days = max(longest["first"] or 0, longest["last"] or 0)
    latest = clock.today() + dt.timedelta(days=days)
    valid = Credential.objects.standing(Standing.VALID, clock.now())
    return valid.filter(valid_until__lte=latest, person__is_active=True, person__erased_at__isnull=True)


def _with_notices(found: CredentialQuerySet) -> CredentialQuerySet:
    notices = Prefetch("expiry_notices", ExpiryNotice.objects.all())
    return found.select_related(
        "person__office__agency__participant", "person__participant", "enrollment", "edition__curriculum",
        "edition__validity_rule",
    ).prefetch_related(notices)  # fmt: skip


def _due(credential: Credential, today: dt.date) -> int | None:
    """The notice that is due: the latest whose day has come, unless it or a later one was written."""
    rule = getattr(credential.edition, "validity_rule", None)
    if rule is None or credential.valid_until is None:
        return None
    left = (credential.valid_until - today).days
    reached = [days for days in (rule.first_notice_days, rule.last_notice_days) if days and left <= days]
    written = [notice.days for notice in credential.expiry_notices.all()]
    return min(reached) if reached and min(reached) < min(written, default=10_000) else None


def _draft(credential: Credential, opens_at: dt.datetime) -> Draft:
    person, curriculum = credential.person, credential.edition.curriculum
    assert credential.valid_until and credential.renewable_from
    with override(person.preferred_language):
        address = reverse("certificates:certificate", args=[credential.number])
    return Draft(
        to=person,
        not_before=opens_at,
        values={
            "name": person.full_name,
            "number": credential.number,
            "title_en": curriculum.title_en,
            "title_es": curriculum.title_es,
            "valid_until": credential.valid_until.isoformat(),
            "renewable_from": credential.renewable_from.isoformat(),
            "link": f"{str(settings.PUENTE_BASE_URL).rstrip('/')}{address}",
        },
    )
