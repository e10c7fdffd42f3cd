"""A role holds where it was granted: in a Participant, in an agency, or in one office."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command

from curricula.services.roster_plans import plan_roster
from jobs.models import Job
from people import clock
from people.access import may, people_visible_to
from people.models import Agency, Office, Participant, RoleGrant, User
from people.roles import Right, Role
from people.services.roles import end_role, grant_role
from tests.school import School, build

HEADING = "officer_number,given_names,surname_1,surname_2,email,agency,office,position,language"


@pytest.fixture
def school(db: None) -> School:
    return build()


def at(school: School, office: str, **fields: object) -> User:
    """An enrolled officer of an office of AGA."""
    agency = Agency.objects.get(code="AGA")
    place, _ = Office.objects.get_or_create(agency=agency, code=office, defaults={"name_en": office, "name_es": office})
    return school.trainee(office=place, **fields)[0]


def manager_for(school: School, **place: object) -> User:
    user = school.person("SHCP")
    grant_role(user=user, role=Role.MANAGER, participant=user.participant, by=None, **place)  # type: ignore[arg-type]
    return user


def test_a_manager_of_an_office_sees_that_offices_officers_and_no_others(school: School) -> None:
    here = at(school, "tijuana", surname_1="Cabrera")
    at(school, "manzanillo", surname_1="Domínguez")
    for place in ({"office": here.office}, {"office": here.office, "agency": here.agency}):
        RoleGrant.objects.filter(role=Role.MANAGER).delete()
        manager = manager_for(school, **place)
        assert set(people_visible_to(manager)) == {here, manager}
        client = school.client(manager)
        with clock.simulated(clock.now() + dt.timedelta(days=20)):  # by then whoever has opened nothing is named
            board = client.get("/en/manage/cohorts/cohort-1/").content.decode()
        assert "Cabrera" in board and "Domínguez" not in board and "manzanillo" not in board
        officers = client.get("/en/manage/cohorts/cohort-1/export/officers.csv").getvalue().decode()
        assert "Cabrera" in officers and "Domínguez" not in officers
        assert "0 of 1 officers" in client.get("/en/manage/cohorts/").content.decode()


def test_a_manager_of_an_agency_sees_all_its_offices_and_no_other_agency(school: School) -> None:
    here = at(school, "tijuana", surname_1="Cabrera")
    sat = Agency.objects.get(code="SAT")
    office = Office.objects.create(agency=sat, code="central", name_en="Central", name_es="Central")
    other = school.trainee(agency=sat, office=office, surname_1="Domínguez")[0]
    of_aga, of_all = manager_for(school, agency=here.agency), manager_for(school)
    assert here in people_visible_to(of_aga) and other not in people_visible_to(of_aga)
    assert {here, other} <= set(people_visible_to(of_all))


def test_a_manager_of_an_office_brings_in_only_that_offices_officers(school: School) -> None:
    here, there = at(school, "tijuana"), at(school, "manzanillo")
    manager = manager_for(school, office=here.office)
    rows = (
        "A-1,Ana,Ruiz,,ana@aduanas.example,AGA,tijuana,Officer,es",
        "A-2,Luis,Paz,,luis@aduanas.example,AGA,manzanillo,Officer,es",
        "A-3,Eva,Sol,,eva@aduanas.example,AGA,Nowhere yet,Officer,es",
        f"A-4,Taken,Over,,{there.email},AGA,tijuana,Officer,es",
        "A-5,Rosa,Mar,,rosa@sat.example,SAT,tijuana,Officer,es",
    )
    plan = plan_roster(cohort=school.cohort, data="\n".join((HEADING, *rows)).encode(), by=manager)
    assert [officer.email for officer in plan.good] == ["ana@aduanas.example"]
    found = {error.row: error.code for error in plan.errors}
    assert found == {3: "office_elsewhere", 4: "office_elsewhere", 5: "email_elsewhere", 6: "agency_unknown"}


def test_a_roster_does_not_take_over_an_operator(school: School) -> None:
    operator = User.objects.create_superuser("operator@puente.example", given_names="Sol", surname_1="Vega")
    row = f"A-1,Not,Sol,,{operator.email},AGA,Port,Officer,es"
    plan = plan_roster(cohort=school.cohort, data=f"{HEADING}\n{row}".encode(), by=manager_for(school))
    assert [error.code for error in plan.errors] == ["email_elsewhere"] and not plan.changed


def test_a_role_for_the_former_participant_gives_nothing(school: School) -> None:
    manager = school.person("SHCP", Role.MANAGER)
    grant_role(user=manager, role=Role.TRAINEE, participant=manager.participant, by=None)
    User.objects.filter(pk=manager.pk).update(participant=Participant.objects.get(code="DHS"))
    moved = User.objects.get(pk=manager.pk)
    assert not may(moved, Right.MANAGE_COHORTS)
    assert set(people_visible_to(moved)) == {moved}
    call_command("sync_roles", verbosity=0)
    assert not moved.groups.exclude(name="trainee").exists()


def test_a_closed_account_holds_no_right(school: School) -> None:
    manager = school.person("SHCP", Role.MANAGER, is_active=False)
    assert not may(manager, Right.MANAGE_COHORTS)


def test_the_administration_is_closed_on_the_day_after_the_last_even_before_groups_follow(school: School) -> None:
    author = school.person("SHCP", Role.INSTRUCTOR)
    client = school.client(author)
    assert client.get("/en/admin/").status_code == 200
    RoleGrant.objects.filter(user=author).update(
        from_on=clock.today() - dt.timedelta(days=9), until_on=clock.yesterday()
    )
    assert author.groups.exists()
    assert client.get("/en/admin/").status_code == 302


def test_groups_follow_at_sign_in(school: School) -> None:
    author = school.person("SHCP", Role.INSTRUCTOR)
    RoleGrant.objects.filter(user=author).update(
        from_on=clock.today() - dt.timedelta(days=9), until_on=clock.yesterday()
    )
    school.client(author)
    assert not author.groups.exists()


def test_a_role_that_is_ended_here_ends_at_once(school: School) -> None:
    author = school.person("SHCP", Role.INSTRUCTOR)
    end_role(grant=author.grants.get(), by=None)
    assert not author.groups.exists() and not may(User.objects.get(pk=author.pk), Right.AUTHOR)


def test_a_job_asked_for_under_the_former_participant_is_not_found(school: School) -> None:
    manager = school.person("SHCP", Role.MANAGER)
    job = Job.objects.create(kind="esc_report", requested_by=manager, participant=manager.participant)
    client = school.client(manager)
    assert client.get(f"/en/jobs/{job.pk}/").status_code == 200
    User.objects.filter(pk=manager.pk).update(participant=Participant.objects.get(code="DHS"))
    assert client.get(f"/en/jobs/{job.pk}/").status_code == 404
