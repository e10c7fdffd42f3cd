"""Why certificates say no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from people.exceptions import DomainError


class CertificateError(DomainError):
    """The base of the refusals of this floor."""


class NotCompleted(CertificateError):
    code = "enrollment_not_completed"
    message = _("%(person)s has not completed the curriculum. A certificate is issued only for a completed one.")


class HeldAlready(CertificateError):
    code = "held_already"
    message = _("%(person)s holds the certificate of this enrollment already.")


class BodiesMissing(CertificateError):
    code = "bodies_missing"
    message = _(
        "A certificate is issued by two Participants, but %(found)s are set up for %(day)s. "
        "Ask an administrator to add them."
    )


class RevokedAlready(CertificateError):
    code = "revoked_already"
    message = _("Certificate %(number)s was revoked on %(day)s already.")


class StandingForbids(CertificateError):
    code = "standing_forbids"
    message = _("Certificate %(number)s is %(standing)s; this is done only to a valid one.")


class NotSuspended(CertificateError):
    code = "not_suspended"
    message = _("Certificate %(number)s is not suspended, or was revoked since.")


class NameUnchanged(CertificateError):
    code = "name_unchanged"
    message = _(
        "Certificate %(number)s names %(name)s, as the account does. Have the name of the account changed first."
    )


class ReasonMissing(CertificateError):
    code = "reason_missing"
    message = _("Write the reason in both languages; whoever checks the certificate reads it.")


class SentenceIncomplete(CertificateError):
    code = "sentence_incomplete"
    message = _(
        "“%(sentence)s” stands in one language only. Write it in both, or leave both empty for the standard one."
    )


class LetterMissing(CertificateError):
    code = "letter_missing"
    message = _("The faces of the document do not have %(letters)s. Write “%(sentence)s” without it.")


class IssuerUnreadable(CertificateError):
    code = "issuer_unreadable"
    message = _("Certificates cannot be signed: %(problem)s. Ask the operator to look at the issuer's key.")


class IssuerExpired(CertificateError):
    code = "issuer_expired"
    message = _(
        "The issuer's certificate expired on %(day)s. Ask the operator for a new key; "
        "certificates signed before stay as they are."
    )


class TimestampMissing(CertificateError):
    code = "timestamp_missing"
    message = _(
        "Documents cannot be signed, as the time-stamping authority does not answer as it should (%(problem)s). "
        "They are waiting; ask the operator, then find missing certificates again."
    )
