"""What administrators may do to people and roles, and above all what not: over HTTP, as a browser sends it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from people import clock
from people.access import may, rights_of
from people.models import Agency, Office, Participant, RoleGrant, User
from people.roles import RIGHTS, Right, Role
from people.services.roles import grant_role
from tests.school import School, build

GRANTS = "/en/admin/snippets/people/rolegrant/"
PEOPLE = "/en/admin/users/"


@pytest.fixture
def school(db: None) -> School:
    return build()


@pytest.fixture
def administrator(school: School) -> User:
    return school.person("SHCP", Role.ADMINISTRATOR)


@pytest.fixture
def client(school: School, administrator: User) -> Client:
    return school.client(administrator)


def grant_form(person: User, role: Role, **more: Any) -> dict[str, Any]:
    return {
        "email": person.email, "role": role.value, "participant": person.participant_id, "agency": "", "office": "",
        "from_on": clock.today().isoformat(), "until_on": "", **more,
    }  # fmt: skip


def person_form(**more: Any) -> dict[str, Any]:
    agency = Agency.objects.get(code="AGA")
    office, _ = Office.objects.get_or_create(
        agency=agency, code="port", defaults={"name_en": "Port", "name_es": "Puerto"}
    )
    return {
        "given_names": "Ana", "surname_1": "Ruiz", "surname_2": "Ávila", "email": "Ana.Ruiz@aduanas.example",
        "participant": agency.participant_id, "agency": agency.pk, "office": office.pk, "officer_number": "R-1",
        "position": "Vista", "preferred_language": "es", "is_active": "on", **more,
    }  # fmt: skip


def data_of(person: User, **more: Any) -> dict[str, Any]:
    names = ("given_names", "surname_1", "surname_2", "email", "officer_number", "position", "preferred_language")
    return {
        **{name: getattr(person, name) for name in names}, "participant": person.participant_id or "",
        "agency": person.agency_id or "", "office": person.office_id or "", "is_active": "on", **more,
    }  # fmt: skip


def test_an_administrator_adds_a_person_and_gives_a_role(school: School, client: Client) -> None:
    assert client.post(f"{PEOPLE}new/", person_form()).status_code == 302
    person = User.objects.get(email="ana.ruiz@aduanas.example")
    assert person.participant and person.participant.code == "SHCP" and not person.has_usable_password()
    assert not person.is_superuser and not rights_of(person)
    assert client.post(f"{GRANTS}add/", grant_form(person, Role.MANAGER)).status_code == 302
    assert may(User.objects.get(pk=person.pk), Right.MANAGE_COHORTS)
    assert person.groups.filter(name="manager").exists()
    grant = person.grants.get()
    assert (
        grant.granted_by
        and grant.granted_by.email in client.get(f"{PEOPLE}?q={grant.granted_by.email}").content.decode()
    )


def test_a_role_for_an_office_names_its_agency_and_participant(school: School, client: Client) -> None:
    person = school.person("SHCP")
    assert client.post(f"{GRANTS}add/", grant_form(person, Role.MANAGER, office=person.office_id)).status_code == 302
    grant = person.grants.get()
    assert (grant.office, grant.agency, grant.participant) == (person.office, person.agency, person.participant)
    again = client.post(f"{GRANTS}add/", grant_form(person, Role.MANAGER, office=person.office_id))
    assert again.status_code == 200 and "holds this role already" in again.content.decode()


def test_nobody_gives_themself_a_role(client: Client, administrator: User) -> None:
    for role in Role:
        page = client.post(f"{GRANTS}add/", grant_form(administrator, role))
        assert page.status_code == 200 and "Nobody sets their own roles" in page.content.decode()
    own = administrator.grants.get()
    dated = client.post(f"{GRANTS}edit/{own.pk}/", {"until_on": "2099-01-01"})
    assert dated.status_code == 200
    assert rights_of(User.objects.get(pk=administrator.pk)) == RIGHTS[Role.ADMINISTRATOR]


def test_nobody_gives_a_role_to_or_for_the_other_side(school: School, client: Client) -> None:
    american, mexican = school.person("DHS"), school.person("SHCP")
    dhs, cbp = Participant.objects.get(code="DHS"), Agency.objects.get(code="CBP")
    for form in (
        grant_form(american, Role.MANAGER),
        grant_form(mexican, Role.MANAGER, participant=dhs.pk),
        grant_form(mexican, Role.MANAGER, agency=cbp.pk),
        grant_form(mexican, Role.MANAGER, office=american.office_id),
    ):
        page = client.post(f"{GRANTS}add/", form)
        assert page.status_code == 200 and american.surname_1 not in page.content.decode()
    assert not RoleGrant.objects.filter(user__in=[american, mexican]).exists()


def test_a_grant_is_history_only_its_last_day_moves(school: School, client: Client) -> None:
    person = school.person("SHCP", Role.MANAGER)
    grant = person.grants.get()
    other = school.person("SHCP")
    form = grant_form(other, Role.ADMINISTRATOR, from_on="2020-01-01", until_on=clock.today().isoformat())
    assert client.post(f"{GRANTS}edit/{grant.pk}/", form).status_code == 302
    grant.refresh_from_db()
    assert (grant.user, grant.role, grant.from_on, grant.until_on) == (person, "manager", clock.today(), clock.today())
    longer_ago = (clock.today() - dt.timedelta(days=30)).isoformat()
    assert client.post(f"{GRANTS}edit/{grant.pk}/", {"until_on": longer_ago}).status_code == 200
    assert client.post(f"{GRANTS}add/", grant_form(other, Role.MANAGER, from_on=longer_ago)).status_code == 200
    assert client.post(f"{GRANTS}delete/{grant.pk}/").status_code == 302
    assert RoleGrant.objects.filter(pk=grant.pk).exists()


def test_people_are_kept_on_the_own_side(school: School, client: Client) -> None:
    american, dhs = school.person("DHS"), Participant.objects.get(code="DHS")
    for wrong in (
        {"participant": dhs.pk},
        {"agency": american.agency_id, "office": american.office_id},
        {"office": american.office_id},
        {"participant": dhs.pk, "agency": american.agency_id, "office": american.office_id},
    ):
        assert client.post(f"{PEOPLE}new/", person_form(**wrong)).status_code == 200
    assert not User.objects.filter(email__startswith="ana").exists()
    for page in ("edit", "history", "usage", "delete"):
        assert client.get(f"{PEOPLE}{page}/{american.pk}/").status_code == 404
    assert client.post(f"{PEOPLE}edit/{american.pk}/", person_form()).status_code == 404
    listed = client.get(f"{PEOPLE}?q={american.email}").content.decode()
    assert american.full_name not in listed


def test_an_operator_is_out_of_an_administrators_reach(school: School, client: Client) -> None:
    operator = school.person("SHCP", is_superuser=True)
    assert client.get(f"{PEOPLE}edit/{operator.pk}/").status_code == 404
    assert operator.email not in client.get(PEOPLE).content.decode()
    assert client.post(f"{GRANTS}add/", grant_form(operator, Role.TRAINEE)).status_code == 200
    page = client.post(f"{PEOPLE}new/", person_form(is_superuser="on", groups="1", is_staff="on", password1="x"))
    assert page.status_code == 302
    made = User.objects.get(email="ana.ruiz@aduanas.example")
    assert not made.is_superuser and not made.groups.exists() and not made.has_usable_password()


def test_the_address_of_those_who_may_more_is_the_operators(school: School, client: Client) -> None:
    manager, trainee = school.person("SHCP", Role.MANAGER), school.person("SHCP", Role.TRAINEE)
    client.post(f"{PEOPLE}edit/{manager.pk}/", data_of(manager, email="mine@aduanas.example", position="Jefa"))
    client.post(f"{PEOPLE}edit/{trainee.pk}/", data_of(trainee, email="new@aduanas.example"))
    manager.refresh_from_db()
    trainee.refresh_from_db()
    assert manager.email != "mine@aduanas.example" and manager.position == "Jefa"
    assert trainee.email == "new@aduanas.example"


def test_nobody_closes_the_own_account_but_may_close_another(
    school: School, client: Client, administrator: User
) -> None:
    other = school.person("SHCP", Role.MANAGER)
    signed_in = school.client(other)
    for person, is_active in ((administrator, True), (other, False)):
        form = data_of(person)
        del form["is_active"]
        client.post(f"{PEOPLE}edit/{person.pk}/", form)
        person.refresh_from_db()
        assert person.is_active is is_active
    assert signed_in.get("/en/manage/cohorts/").status_code == 302 and not other.groups.exists()


def test_an_administrator_of_an_office_reaches_that_office(school: School) -> None:
    local = school.person("SHCP")
    grant_role(user=local, role=Role.ADMINISTRATOR, participant=local.participant, office=local.office, by=None)
    elsewhere = Office.objects.create(agency=Agency.objects.get(code="AGA"), code="x", name_en="Else", name_es="Otra")
    here, there = school.person("SHCP", surname_1="Cabrera"), school.person("SHCP", office=elsewhere, surname_1="Durán")
    client = school.client(local)
    listed = client.get(PEOPLE).content.decode()
    assert "Cabrera" in listed and "Durán" not in listed
    assert client.get(f"{PEOPLE}edit/{there.pk}/").status_code == 404
    assert client.post(f"{GRANTS}add/", grant_form(here, Role.MANAGER)).status_code == 200, "for all of the Participant"
    assert client.post(f"{GRANTS}add/", grant_form(here, Role.MANAGER, office=here.office_id)).status_code == 302
    assert client.post(f"{GRANTS}add/", grant_form(there, Role.MANAGER, office=here.office_id)).status_code == 200
    assert client.post(f"{PEOPLE}new/", person_form(office=elsewhere.pk)).status_code == 200


def test_only_the_operator_sets_up_participants(school: School, client: Client) -> None:
    """Whoever could end the other Participant would need its approval no longer."""
    for code in ("SHCP", "DHS"):
        pk = Participant.objects.get(code=code).pk
        client.post(f"/en/admin/snippets/people/participant/edit/{pk}/", {"valid_until": "2020-01-01"})
    client.post("/en/admin/snippets/people/participant/add/", {"code": "third", "name_en": "x", "name_es": "x"})
    assert Participant.objects.on(clock.today()).count() == Participant.objects.count() == 2


def test_wagtails_own_ways_to_change_people_in_bulk_are_closed(school: School, client: Client) -> None:
    person, operator = school.person("SHCP"), User.objects.create_superuser("o@puente.example")
    for who in (client, school.client(operator)):
        for action in ("assign_role", "delete", "set_active_state"):
            address = f"/en/admin/bulk/people/user/{action}/?id={person.pk}"
            assert who.post(address, {"role": 1, "mark_as_active": "False"}).status_code == 404
    person.refresh_from_db()
    assert person.is_active and not person.groups.exists()


def test_a_joint_cohort_is_not_taken_away_from_the_other_side(school: School) -> None:
    school.trainee("DHS")
    manager = school.client(school.person("SHCP", Role.MANAGER))
    form = {
        "code": "cohort-1", "name_en": "One", "name_es": "Uno", "edition": school.edition.pk,
        "participant": school.participants["SHCP"].pk, "opens_on": "2026-01-01", "closes_on": "2026-12-01",
        "target_persons": 0, "seats": 0,
    }  # fmt: skip
    page = manager.post(f"/en/admin/snippets/curricula/cohort/edit/{school.cohort.pk}/", form)
    assert page.status_code == 200 and "stays a joint one" in page.content.decode()


def test_lists_of_people_and_roles_ask_the_same_number_of_questions_for_any_number_of_rows(
    school: School, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        school.person("SHCP", Role.TRAINEE)
    client.get(PEOPLE)
    counts = []
    for _ in range(2):
        row = []
        for address in (PEOPLE, GRANTS):
            with django_assert_max_num_queries(40) as captured:
                client.get(address)
            row.append(len(captured))
        counts.append(row)
        for _ in range(8):
            school.person("SHCP", Role.TRAINEE)
    assert counts[0] == counts[1]
