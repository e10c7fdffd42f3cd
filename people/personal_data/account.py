"""The account and its roles."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from .. import clock
from ..erasing import ERASED, Erasure, erases
from ..held_data import Field, Row, held, is_about_a_person
from ..models import RoleGrant, User
from ..roles import Role

is_about_a_person("people.User", "pk")
is_about_a_person("people.RoleGrant", "user")


@held(
    "account",
    title=_("Account"),
    about=_("Who you are here. It comes from your agency’s roster, or from whoever made your account."),
    place=10,
    fields=(
        Field("given_names", _("Given names")),
        Field("surname_1", _("First surname")),
        Field("surname_2", _("Second surname")),
        Field("email", _("E-mail")),
        Field("officer_number", _("Officer number")),
        Field("participant", _("Participant")),
        Field("agency", _("Agency")),
        Field("office", _("Office")),
        Field("position", _("Position")),
        Field("has_supervisor", _("A supervisor is named")),
        Field("preferred_language", _("Preferred language"), lambda: dict(User.Language.choices)),
        Field("is_active", _("Account is active")),
        Field("is_demonstration", _("Demonstration data")),
        Field("created_at", _("Created")),
        Field("last_signed_in_at", _("Last signed in")),
    ),
    covers=["people.User.supervisor"],
)
def account(person: User) -> Iterable[Row]:
    """One row."""
    found = User.objects.select_related("participant", "agency", "office").get(pk=person.pk)
    yield (
        found.given_names, found.surname_1, found.surname_2, found.email, found.officer_number,
        found.participant.code if found.participant else None, found.agency.code if found.agency else None,
        found.office.name_es if found.office else None, found.position,
        found.supervisor_id is not None, found.preferred_language, found.is_active,
        found.is_demo, found.created_at, found.last_login,
    )  # fmt: skip


@held(
    "roles",
    title=_("Roles"),
    about=_(
        "What you may do here, from when until when. Ended roles are kept, so that it can be told who could see what."
    ),
    place=20,
    fields=(
        Field("role", _("Role"), lambda: dict(Role.choices)),
        Field("participant", _("Participant")),
        Field("agency", _("Agency")),
        Field("office", _("Office")),
        Field("from_on", _("From")),
        Field("until_on", _("Until")),
    ),
    covers=["people.RoleGrant.user"],
)
def roles(person: User) -> Iterable[Row]:
    """All grants, the latest first."""
    return (
        RoleGrant.objects.filter(user=person)
        .order_by("-from_on", "-pk")
        .values_list("role", "participant__code", "agency__code", "office__name_es", "from_on", "until_on")
    )


@erases(
    "account",
    says=_(
        "The name, the e-mail address and the officer number are replaced by a random pseudonym. Agency, office and "
        "position of the account are removed, and who supervised whom. Nobody can sign in with the account any more."
    ),
    place=900,
)
def forget_account(erasure: Erasure) -> None:
    """The row stays, as figures hang on it, and names nobody."""
    person = erasure.person
    person.given_names, person.surname_1, person.surname_2 = ERASED, erasure.pseudonym, ""
    person.email, person.officer_number = f"{erasure.pseudonym.lower()}@erased.invalid", erasure.pseudonym
    person.agency = person.office = person.supervisor = None
    User.objects.filter(supervisor=person).update(supervisor=None)
    person.position = ""
    person.set_unusable_password()
    person.last_login, person.erased_at = None, clock.now()
    person.is_active = person.is_superuser = False
    person.save()
    erasure.done["people.User"] += 1


@erases(
    "roles",
    says=_("All roles end, and the account leaves all groups. Which roles were held when stays on record, unnamed."),
    place=910,
)
def end_roles(erasure: Erasure) -> None:
    """Grants that hold today end with yesterday; later ones never begin."""
    yesterday = clock.yesterday()
    lasting = RoleGrant.objects.on(clock.today()).filter(user=erasure.person)
    ending = lasting | RoleGrant.objects.filter(user=erasure.person, from_on__gt=yesterday)
    erasure.done["people.RoleGrant"] += ending.update(from_on=Least(F("from_on"), yesterday), until_on=yesterday)
    erasure.person.groups.clear()
    erasure.person.user_permissions.clear()
