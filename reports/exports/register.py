"""The register of certificates as a table."""

from __future__ import annotations

from certificates.models import Credential
from certificates.models.credential import CredentialQuerySet

from ..snapshots.schema import Column, Table
from .shape import DEMONSTRATION, WHO, Filled, Row, Subject

ABOUT = Subject("certificates", "Register of certificates", "Registro de certificados", {"register": "certificates"})
TABLE = Table(
    "register",
    "Certificates, the latest first",
    "Certificados, el más reciente primero",
    (
        Column("number", "text", "Certificate", "Certificado"),
        *WHO,
        Column("curriculum", "text", "Curriculum", "Programa"),
        Column("edition", "text", "Edition", "Edición"),
        Column("period", "count", "Period", "Periodo"),
        Column("issued_on", "day", "Issued", "Expedido"),
        Column("valid_until", "day", "Valid until", "Vigente hasta"),
        Column("standing", "text", "How it stands", "Situación"),
        Column("superseded_by", "text", "Superseded by", "Sustituido por"),
        DEMONSTRATION,
    ),
)


def register_table(found: CredentialQuerySet) -> Filled:
    """The certificates found, in their order. One query."""
    rows = found.select_related(
        "person__office", "person__agency", "person__participant", "edition__curriculum", "superseded_by"
    )
    return Filled(TABLE, [_row(credential) for credential in rows])


def _row(credential: Credential) -> Row:
    person, edition = credential.person, credential.edition
    return (
        credential.number, person.officer_number, person.surname_1, person.surname_2, person.given_names, person.email,
        person.participant.code if person.participant else "", person.agency.code if person.agency else "",
        person.office.name if person.office else "", edition.curriculum.code, edition.label, credential.period,
        credential.issued_at.date(), credential.valid_until, str(credential.standing.label),
        credential.superseded_by.number if credential.superseded_by else "", int(bool(credential.said.demonstration)),
    )  # fmt: skip
