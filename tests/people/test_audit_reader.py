"""The reader of the record: for administrators, over the own Participant and the system; never over the other side."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from curricula.services.enrollments import withdraw
from people import audit, clock
from people.models import AuditEntry, User
from people.roles import RIGHTS, Right, Role
from people.services.roles import grant_role
from tests.school import School, build

PAGE, FILE = "/en/manage/audit/", "/en/manage/audit/audit.csv"


@pytest.fixture
def school(db: None) -> School:
    return build()


@pytest.fixture
def both(school: School) -> dict[str, Any]:
    """Each side's manager has withdrawn an officer of the own side."""
    made: dict[str, Any] = {}
    for side in ("DHS", "SHCP"):
        manager = school.person(side, Role.MANAGER, given_names=f"Manager{side}")
        officer, enrollment, _ = school.trainee(side, given_names=f"Officer{side}")
        withdraw(enrollment=enrollment, reason="transfer", by=manager)
        reader = school.person(side, Role.ADMINISTRATOR, given_names=f"Reader{side}")
        made[side] = {"manager": manager, "officer": officer, "enrollment": enrollment, "client": school.client(reader)}
    return made


def rows(client: Client, **asked: object) -> list[dict[str, str]]:
    response = client.get(FILE, asked)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("role", list(Role))
def test_only_those_with_the_right_read_it(school: School, role: Role) -> None:
    client = school.client(school.person("SHCP", role))
    expected = 200 if Right.READ_AUDIT in RIGHTS[role] else 403
    assert client.get(PAGE).status_code == client.get(FILE).status_code == expected
    assert ("/manage/audit/" in client.get("/en/").content.decode()) == (expected == 200)


def test_strangers_are_asked_to_sign_in(school: School) -> None:
    assert Client().get(PAGE).status_code == Client().get(FILE).status_code == 302


def test_each_side_reads_its_own_and_never_the_others(both: dict[str, Any]) -> None:
    for own, other in (("DHS", "SHCP"), ("SHCP", "DHS")):
        client = both[own]["client"]
        page = client.get(PAGE, {"action": "curricula.enrollment.withdrawn"}).content.decode()
        assert f"enrollment {both[own]['enrollment'].pk}" in page and f"Manager{own}" in page
        assert f"enrollment {both[other]['enrollment'].pk}<" not in page and f"Manager{other}" not in page
        found = rows(client)
        assert {row["Acting for"] for row in found} | {row["Whose record"] for row in found} <= {own, ""}
        assert f"Manager{other}" not in repr(found) and f"Officer{other}" not in repr(found)
        manager = both[other]["manager"]
        assert not rows(client, person=manager.email)
        assert not rows(client, kind="curricula.enrollment", number=both[other]["enrollment"].pk)
        assert not rows(client, kind="people.user", number=manager.pk)


def test_who_reached_over_is_seen_by_the_side_it_concerns_without_the_name(both: dict[str, Any]) -> None:
    stranger = both["DHS"]["manager"]
    audit.record("certificates.credential.downloaded", both["SHCP"]["officer"], by=stranger)
    [row] = rows(both["SHCP"]["client"], action="certificates.credential.downloaded")
    assert (row["Acting for"], row["Whose record"]) == ("DHS", "SHCP")
    assert row["Who"] == f"person {stranger.pk}" and stranger.surname_1 not in repr(row)
    assert not rows(both["DHS"]["client"], action="certificates.credential.downloaded")


def test_an_operator_reads_all_and_nobodys_administrator_only_the_system(school: School, both: dict[str, Any]) -> None:
    operator = User.objects.create_superuser("o@puente.example", "a-long-password", given_names="O", surname_1="P")
    assert len(rows(school.client(operator))) == AuditEntry.objects.count()
    lonely = school.person("DHS", participant=None)
    grant_role(user=lonely, role=Role.ADMINISTRATOR, participant=None, by=None)
    found = rows(school.client(lonely))
    assert found and {row[column] for row in found for column in ("Acting for", "Whose record")} == {""}


def test_filters_narrow_what_is_shown(both: dict[str, Any]) -> None:
    client, own = both["DHS"]["client"], both["DHS"]
    name = own["manager"].full_name
    assert {name} == {row["On whom"] or row["Who"] for row in rows(client, person="managerdhs")}
    assert {row["Code"] for row in rows(client, action="people.role.granted")} == {"people.role.granted"}
    assert {row["Number of the object"] for row in rows(client, kind="curricula.enrollment")} == {
        str(own["enrollment"].pk)
    }
    today = clock.today()
    assert rows(client, from_on=today, until_on=today)
    assert not rows(client, from_on=today + dt.timedelta(days=1))
    assert not rows(client, until_on=today - dt.timedelta(days=1))
    assert client.get(PAGE, {"from_on": "never"}).status_code == 400
    assert "Nothing fits" in client.get(PAGE, {"person": "nobody at all"}).content.decode()


def test_pages_of_fifty_lead_to_the_first_entry_in_constant_queries(
    school: School, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reader = school.person("SHCP", Role.ADMINISTRATOR)
    people = [school.person("SHCP") for _ in range(12)]
    for n in range(120):
        audit.record("people.session.opened", people[n % 12], by=people[(n + 1) % 12])
    client = school.client(reader)
    client.get(PAGE)
    with django_assert_max_num_queries(10):
        page = client.get(PAGE, {"action": "people.session.opened"})
    assert [line.entry.sequence for line in page.context["lines"]] == list(
        AuditEntry.objects.filter(action="people.session.opened").values_list("sequence", flat=True)[:50]
    )
    seen = 0
    older: str | None = "action=people.session.opened"
    while older:
        page = client.get(f"{PAGE}?{older}")
        seen += len(page.context["lines"])
        older = page.context["older"]
    assert seen == 121


def test_it_speaks_both_languages(both: dict[str, Any]) -> None:
    client = both["SHCP"]["client"]
    asked = {"action": "curricula.enrollment.withdrawn"}
    assert "Officer withdrawn" in client.get(PAGE, asked).content.decode()
    spanish = client.get("/es/manage/audit/", asked).content.decode()
    assert "Officer withdrawn" not in spanish and 'lang="es"' in spanish


def test_the_file_cannot_run_in_a_spreadsheet_and_its_taking_is_recorded(school: School) -> None:
    evil = school.person("SHCP", Role.TRAINEE, given_names='=HYPERLINK("http://x")')
    audit.record("people.session.opened", evil, by=evil)
    reader = school.person("SHCP", Role.ADMINISTRATOR)
    [row] = rows(school.client(reader), person=evil.email, action="people.session.opened")
    assert row["Who"].startswith("'=HYPERLINK")
    taken = AuditEntry.objects.filter(action="people.record.exported").latest("sequence")
    assert taken.actor == reader and taken.data == {"filters": ["person", "action"]}


def test_the_administration_leads_to_it(school: School) -> None:
    page = school.client(school.person("SHCP", Role.ADMINISTRATOR)).get("/en/admin/").content.decode()
    assert page.count("/manage/audit/") >= 2
