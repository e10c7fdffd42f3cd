"""What certificates hold about a person: the proof, frozen as it was issued, which outlives an erasure."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from people.erasing import Erasure, erases
from people.held_data import Field, Row, held, is_about_a_person
from people.models import User

from .models import Credential

is_about_a_person("certificates.Credential", "person")


@held(
    "certificates",
    title=_("Certificates"),
    about=_(
        "What each certificate says, as it was frozen on the day of issue. Whoever you showed it to can check it, "
        "even after an erasure; to have it revoked, write to the program manager of your Participant."
    ),
    place=300,
    fields=(
        Field("number", _("Number")),
        Field("code", _("Code")),
        Field("issued_at", _("Issued")),
        Field("valid_until_on", _("Valid until")),
        Field("superseded_at", _("Superseded")),
        Field("suspended_at", _("Suspended")),
        Field("suspension_reason", _("Reason for the suspension")),
        Field("revoked_at", _("Revoked")),
        Field("revocation_reason", _("Reason for the revocation")),
        Field("signed_at", _("Signed")),
        Field("document_sha256", _("SHA-256 of the document")),
        Field("document_problem", _("Why there is no document")),
        Field("payload_sha256", _("SHA-256 of the payload")),
        Field("payload", _("What it says")),
    ),
    covers=["certificates.Credential.person"],
)
def certificates(person: User) -> Iterable[Row]:
    """One row a certificate, with its whole payload."""
    for each in Credential.objects.filter(person=person).order_by("issued_at", "pk"):
        reason = {"en": each.revocation_reason_en, "es": each.revocation_reason_es} if each.is_revoked else None
        suspension = {"en": each.suspension_reason_en, "es": each.suspension_reason_es} if each.suspended_at else None
        yield (
            each.number, each.shown_code, each.issued_at, each.valid_until, each.superseded_at, each.suspended_at,
            suspension, each.revoked_at, reason, each.signed_at, each.document_sha256,
            each.document_problem, each.payload_sha256, each.payload,
        )  # fmt: skip


@erases(
    "certificates",
    says=_(
        "Certificates already issued stay as they are, with the name and the officer number of that day, and whoever "
        "holds one can go on checking it: they are the holder’s proof of training. No list of people leads to them any "
        "more. Revoking one is a separate decision, with a public reason."
    ),
    place=100,
)
def keep_certificates(erasure: Erasure) -> None:
    """The proof is frozen; only what a fault noted beside it may quote the name."""
    mine = Credential.objects.filter(person=erasure.person)
    erasure.done["certificates.Credential kept"] += mine.count()
    for credential in mine.exclude(document_problem=""):
        if erasure.is_named_in(credential.document_problem):
            Credential.objects.filter(pk=credential.pk).update(document_problem="CharacterMissing")
