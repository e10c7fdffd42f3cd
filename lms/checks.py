"""What must be true before others may rely on an installation: `manage.py check --deploy`, and the refusal to start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.utils.translation import gettext as _

from people.models import User


@register(Tags.security, deploy=True)
def signer_is_real(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Certificates are signed by a key of the issuer, neither missing nor a specimen nor expired."""
    from cryptography import x509

    from certificates.exceptions import CertificateError
    from certificates.services.issuer import issuer  # half a second that other commands need not pay
    from certificates.signing.signer import SPECIMEN

    mend = _(
        "Put the issuer’s key (PKCS#12) where only the server reads it, and name it in PUENTE_ISSUER_FILE and "
        "PUENTE_ISSUER_PASSWORD."
    )
    if not settings.PUENTE_ISSUER_FILE:
        return [Error(_("Certificates would be signed by the development issuer."), hint=mend, id="puente.E001")]
    try:
        certificate = x509.load_der_x509_certificate(issuer().signer.certificate)
    except CertificateError as refusal:
        return [Error(str(refusal), hint=mend, id="puente.E002")]
    if SPECIMEN in certificate.subject.rfc4514_string() or SPECIMEN in certificate.issuer.rfc4514_string():
        return [Error(_("The issuer’s key is a specimen, without legal effect."), hint=mend, id="puente.E003")]
    return []


@register(Tags.security, deploy=True)
def nobody_is_invented(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Demonstration accounts, whose password is public, are not here. Silent before the first migration."""
    try:
        invented = User.objects.filter(is_demo=True).count()
    except DatabaseError:
        return []
    if not invented:
        return []
    return [
        Error(
            _("%(count)s demonstration accounts are in this database, and their password is public.")
            % {"count": invented},
            hint=_("Begin with an empty database: `manage.py migrate`, `manage.py load_curricula`."),
            id="puente.E004",
        )
    ]


def refuse_unsafe_start() -> None:
    """Called by the web server and the worker before they take work; only the served installation is so strict.

    Raises:
        ImproperlyConfigured: certificates would not be signed by a real key; it says how to mend that.
    """
    if getattr(settings, "PUENTE_IS_SERVED", False):
        _raise(signer_is_real(None))


def _raise(found: Sequence[CheckMessage]) -> None:
    if found:
        raise ImproperlyConfigured(" ".join(f"{each.id}: {each.msg} {each.hint}" for each in found))
