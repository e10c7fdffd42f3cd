"""The demonstration accounts, one for each role. Their password is public: they exist only where asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from people.models import Agency, Office, Participant, User
from people.roles import Role
from people.services.roles import grant_role

PASSWORD = "puente-demo-2026"  # noqa: S105 (printed at each start of the demonstration)


@dataclass(frozen=True, slots=True)
class Account:
    """Who signs in, as what."""

    email: str
    given_names: str
    surname_1: str
    surname_2: str
    participant: str
    agency: str
    language: str
    role: Role
    is_operator: bool = False
    """An operator belongs to no side and reaches both."""


ACCOUNTS = (
    Account("author@cbp.example", "Rachel", "Whitfield", "", "DHS", "CBP", "en", Role.INSTRUCTOR),
    Account("autora@aduanas.example", "Lucía", "Ibáñez", "Güemes", "SHCP", "AGA", "es", Role.INSTRUCTOR),
    Account("manager@cbp.example", "Dana", "Castillo", "", "DHS", "CBP", "en", Role.MANAGER),
    Account("gestion@aduanas.example", "Rodrigo Iván", "Muñiz", "Peña", "SHCP", "AGA", "es", Role.MANAGER),
    Account("approver@dhs.example", "Howard", "Lindqvist", "", "DHS", "CBP", "en", Role.APPROVER),
    Account("aprobacion@hacienda.example", "María del Carmen", "Ordóñez", "Núñez", "SHCP", "SAT", "es", Role.APPROVER),
    Account("esc@dhs.example", "Elaine", "Prescott", "", "DHS", "ICE", "en", Role.ESC),
    Account("comite@hacienda.example", "Joaquín", "Villaseñor", "Rey", "SHCP", "SAT", "es", Role.ESC),
    Account("admin@cbp.example", "Marcus", "Delaney", "", "DHS", "CBP", "en", Role.ADMINISTRATOR),
    Account("administracion@aduanas.example", "Teresa", "Olvera", "Quiñones", "SHCP", "AGA", "es", Role.ADMINISTRATOR),
    Account("operator@puente.example", "Alex", "Moreno", "", "", "", "en", Role.ADMINISTRATOR, is_operator=True),
)


HOLDER = "josefina.mora@aduanas.example"
"""A trainee who has completed everything and holds a certificate."""


def trainee_emails() -> dict[str, str]:
    """The trainees of the two rosters who can sign in as part of the demonstration, with the language each prefers: two
    who have begun, and one who has completed."""
    return {"guillermo.herrera@aduanas.example": "es", "oscar.hernandez@cbp.example": "en", HOLDER: "es"}


@transaction.atomic
def make_accounts() -> dict[str, User]:
    """Create the accounts that do not exist yet; returns all of them by e-mail."""
    participants = Participant.objects.in_bulk(field_name="code")
    agencies = Agency.objects.in_bulk(field_name="code")
    users = {}
    for account in ACCOUNTS:
        values: dict[str, Any] = {
            "given_names": account.given_names,
            "surname_1": account.surname_1,
            "surname_2": account.surname_2,
            "participant": participants.get(account.participant),
            "agency": agencies.get(account.agency),
            "office": _headquarters(agencies.get(account.agency)),
            "preferred_language": account.language,
            "is_demo": True,
            "is_superuser": account.is_operator,
        }
        user = User.objects.filter(email=account.email).first() or User.objects.create_user(
            account.email, PASSWORD, **values
        )
        grant_role(user=user, role=account.role, participant=user.participant, by=None)
        users[account.email] = user
    return users


def _headquarters(agency: Agency | None) -> Office | None:
    if agency is None:
        return None
    names = {"name_en": "Headquarters", "name_es": "Oficinas centrales"}
    return Office.objects.get_or_create(agency=agency, code="headquarters", defaults=names)[0]


def open_trainees() -> None:
    """Give the demonstration trainees of the rosters their password."""
    for user in User.objects.filter(email__in=trainee_emails()):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
