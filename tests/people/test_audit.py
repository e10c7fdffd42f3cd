"""The record of who did what: what writes into it, what stands in it, and what can never be done to it."""

from __future__ import annotations

import ast
import re
import threading
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from courses.models import CourseRecord, GlossaryTerm
from curricula.models import Cohort, Enrollment, RosterImport
from curricula.services.completion import complete_enrollment_of
from curricula.services.enrollments import withdraw
from curricula.services.rosters import apply_roster
from people import audit, clock
from people.audit_actions import sentence_of
from people.audit_chain import GENESIS, digest
from people.models import Agency, AuditEntry, AuditHead, Office, RoleGrant, User
from people.roles import Role
from people.services.roles import end_role, grant_role
from tests.school import School, build, with_second_factor

APPS = ("people", "jobs", "courses", "curricula", "certificates", "reports", "lms")
ROSTER = (
    "officer_number,given_names,surname_1,surname_2,email,agency,office,position,language\n"
    "X-1,Ximena,Quiroz,Ledesma,ximena@aduanas.example,AGA,Nogales,Verificadora,es\n"
)


@pytest.fixture
def school(db: None) -> School:
    return build()


def latest(action: str) -> AuditEntry:
    entry = AuditEntry.objects.filter(action=action).first()
    assert entry is not None, f"nothing was recorded as {action}"
    return entry


def test_every_code_in_the_source_has_its_sentence() -> None:
    codes = set()
    for app in APPS:
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                    name = ast.unparse(node.func)
                    if name in {"audit.record", "record", "Deed", "audit.Deed", "_record_states"}:
                        codes.add(str(node.args[0].value))
    assert len(codes) > 30
    assert not {code for code in codes if sentence_of(code) == code}


def test_entries_are_numbered_without_gaps_and_chained(school: School) -> None:
    entries = list(AuditEntry.objects.order_by("sequence"))
    assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
    before = GENESIS
    for entry in entries:
        assert entry.previous_sha256 == before and entry.sha256 == digest(entry.row)
        before = entry.sha256
    head = AuditHead.objects.get()
    assert (head.sequence, head.sha256) == (entries[-1].sequence, before)


def test_a_deed_that_is_taken_back_leaves_no_entry_and_no_gap(school: School) -> None:
    number = AuditHead.objects.get().sequence
    with transaction.atomic():
        grant_role(user=school.person(), role=Role.MANAGER, participant=school.participants["SHCP"], by=None)
        transaction.set_rollback(True)
    assert AuditHead.objects.get().sequence == number == AuditEntry.objects.count()
    with audit.gathering():
        with transaction.atomic():
            audit.record("people.role.granted", None, by=None, data={"taken": "back"})
            transaction.set_rollback(True)
        audit.record("people.role.ended", None, by=None)
    assert AuditEntry.objects.count() == number + 1
    assert AuditEntry.objects.latest("sequence").action == "people.role.ended"


def test_many_entries_cost_as_many_statements_as_one(
    school: School, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        audit.record("people.role.granted", None, by=None)
    with django_assert_num_queries(3):
        audit.record_all([audit.Deed("people.role.granted", None)] * 500, by=None)
    with django_assert_num_queries(3), audit.gathering():
        for _ in range(20):
            audit.record("people.role.granted", None, by=None)


def test_who_what_when_and_for_whom(school: School) -> None:
    manager = school.person("SHCP", Role.MANAGER)
    officer, enrollment, _ = school.trainee("SHCP")
    at = clock.now().replace(microsecond=123456)
    with clock.simulated(at):
        withdraw(enrollment=enrollment, reason="illness of the officer", by=manager)
    entry = latest("curricula.enrollment.withdrawn")
    assert (entry.actor, entry.at) == (manager, at)
    assert entry.acting_for == entry.concerns == school.participants["SHCP"]
    assert (entry.object_type, entry.object_id) == ("curricula.enrollment", str(enrollment.pk))
    assert (entry.before, entry.after) == ({"state": "active"}, {"state": "withdrawn"})
    assert entry.data == {"person": officer.pk, "cohort": school.cohort.pk}


def test_a_completion_and_its_certificate_are_recorded_with_the_side_they_concern(school: School) -> None:
    _, enrollment, record = school.trainee("SHCP")
    CourseRecord.objects.filter(pk=record.pk).update(completed_at=clock.now(), objects_done=record.objects_total)
    complete_enrollment_of(record_id=record.pk, at=clock.now(), by=None)
    for action in ("curricula.enrollment.completed", "certificates.credential.issued"):
        entry = latest(action)
        assert entry.actor is None and entry.acting_for is None
        assert entry.concerns == school.participants["SHCP"]
    assert latest("certificates.credential.issued").data["enrollment"] == enrollment.pk


def test_a_roster_is_recorded_person_by_person_without_a_name(school: School) -> None:
    manager = school.person("SHCP", Role.MANAGER)
    apply_roster(cohort=school.cohort, data=ROSTER.encode(), file_name="Ximena Quiroz.csv", by=manager)
    person = User.objects.get(email="ximena@aduanas.example")
    added = latest("curricula.roster.person_added")
    assert (added.object_id, added.after["position"]) == (str(person.pk), audit.MASK)
    assert latest("curricula.roster.office_added").after == {"code": "nogales"}
    assert latest("curricula.enrollment.opened").data["person"] == person.pk
    moved = ROSTER.replace("Quiroz", "Quirós").replace("Nogales", "Tijuana").replace("Verificadora", "Jefa")
    apply_roster(cohort=school.cohort, data=moved.encode(), file_name="b.csv", by=manager)
    changed = latest("curricula.roster.person_changed")
    assert changed.before["position"] == changed.after["position"] == audit.MASK
    assert changed.before["office_id"] != changed.after["office_id"]
    assert changed.before["surname_1"] == changed.after["surname_1"] == audit.MASK
    whole = latest("curricula.roster.applied")
    assert whole.data["changed"] == 1 and whole.data["roster"] == RosterImport.objects.latest("pk").pk


def test_no_name_and_no_address_stands_in_the_record(school: School) -> None:
    manager = school.person("SHCP", Role.MANAGER)
    apply_roster(cohort=school.cohort, data=ROSTER.encode(), file_name="Ximena.csv", by=manager)
    _, enrollment, _ = school.trainee("SHCP")
    withdraw(enrollment=enrollment, reason="Javier is ill", by=manager)
    audit.record(
        "people.person.added",
        manager,
        by=None,
        data={"email": manager.email, "given_names": ["a", "Javier"], "sent to": manager.email, "address": "Calle"},
    )
    Client().post("/en/account/login/", {"login": "nobody@nowhere.example", "password": "x"})
    Client().post("/en/account/login/", {"login": manager.email, "password": "x"})
    text = repr(list(AuditEntry.objects.values()))
    names = User.objects.values_list("email", "given_names", "surname_1", "surname_2", "officer_number")
    told = {part for row in names for part in row if len(part) > 2} | {"nowhere.example", "ill", "Ximena.csv", "Calle"}
    assert not {part for part in told if re.search(rf"\b{re.escape(part)}\b", text)}


def test_a_role_that_ends_says_until_when_it_was_held(school: School) -> None:
    user = school.person("DHS", Role.MANAGER)
    end_role(grant=RoleGrant.objects.get(user=user), by=None)
    entry = latest("people.role.ended")
    assert entry.before["until_on"] is None and entry.after["until_on"] == clock.yesterday().isoformat()


def test_signing_in_and_out_is_recorded(school: School) -> None:
    user = school.person("DHS", Role.TRAINEE)
    client = Client()
    client.post("/en/account/login/", {"login": user.email, "password": "wrong"})
    refused = latest("people.session.refused")
    assert refused.actor is None and refused.object_id == str(user.pk)
    assert refused.concerns == school.participants["DHS"]
    client.post("/en/account/login/", {"login": "nobody@nowhere.example", "password": "wrong"})
    unknown = latest("people.session.refused")
    assert (unknown.object_type, unknown.object_id, unknown.data) == ("", "", {})
    client.post("/en/account/login/", {"login": user.email, "password": "a-long-password"})
    assert latest("people.session.opened").actor == user
    client.post("/en/account/logout/")
    assert latest("people.session.closed").actor == user


def operator() -> tuple[Client, User]:
    user = User.objects.create_superuser("operator@puente.example", "a-long-password", given_names="O", surname_1="P")
    with_second_factor(user)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client, user


def test_what_the_administration_creates_changes_and_deletes_is_recorded(school: School) -> None:
    client, user = operator()
    fields = {
        "code": "CNF", "name_en": "Coast", "name_es": "Costa", "participant": str(school.participants["DHS"].pk),
        "valid_from": "2026-01-01", "valid_until": "",
    }  # fmt: skip
    assert client.post("/en/admin/snippets/people/agency/add/", fields).status_code == 302
    agency = Agency.objects.get(code="CNF")
    created = latest("people.agency.created")
    assert created.actor == user and created.object_id == str(agency.pk) and created.before == {}
    assert created.after["name_en"] == "Coast" and created.concerns == school.participants["DHS"]
    address = f"/en/admin/snippets/people/agency/edit/{agency.pk}/"
    assert client.post(address, fields | {"name_en": "Coast guard"}).status_code == 302
    changed = latest("people.agency.changed")
    assert (changed.before, changed.after) == ({"name_en": "Coast"}, {"name_en": "Coast guard"})
    assert client.post(f"/en/admin/snippets/people/agency/delete/{agency.pk}/").status_code == 302
    deleted = latest("people.agency.deleted")
    assert deleted.before["code"] == "CNF" and deleted.object_id == str(agency.pk)


def test_bulk_removal_in_the_administration_is_recorded(school: School) -> None:
    client, user = operator()
    offices = [
        Office.objects.create(agency=Agency.objects.get(code="CBP"), code=code, name_en=code, name_es=code)
        for code in ("one", "two")
    ]
    address = "/en/admin/bulk/people/office/delete/?" + "&".join(f"id={office.pk}" for office in offices)
    assert client.post(address).status_code == 302
    assert not Office.objects.filter(code__in=["one", "two"]).exists()
    entries = AuditEntry.objects.filter(action="people.office.deleted")
    assert {entry.before["code"] for entry in entries} == {"one", "two"}
    assert {entry.actor for entry in entries} == {user}


def test_a_signatory_is_recorded_without_the_name(school: School) -> None:
    client, _ = operator()
    fields = {
        "participant": str(school.participants["DHS"].pk), "agency": "", "name": "Margaret Lindholm",
        "post_en": "Director", "post_es": "Directora", "from_on": "2026-01-01", "until_on": "",
    }  # fmt: skip
    assert client.post("/en/admin/snippets/certificates/signatory/add/", fields).status_code == 302
    entry = latest("certificates.signatory.created")
    assert entry.after["name"] == audit.MASK and entry.after["post_en"] == "Director"


def test_a_cohort_and_a_grant_in_the_administration_are_recorded(school: School) -> None:
    client, user = operator()
    cohort = Cohort.objects.get(pk=school.cohort.pk)
    fields = {
        "code": cohort.code, "name_en": "Cohort one", "name_es": "Grupo uno", "edition": str(cohort.edition_id),
        "participant": "", "opens_on": cohort.opens_on.isoformat(), "closes_on": cohort.closes_on.isoformat(),
        "target_persons": "77",
    }  # fmt: skip
    assert client.post(f"/en/admin/snippets/curricula/cohort/edit/{cohort.pk}/", fields).status_code == 302
    entry = latest("curricula.cohort.changed")
    assert (entry.before, entry.after) == ({"target_persons": 10}, {"target_persons": 77})
    assert entry.acting_for is None and entry.actor == user


def test_a_page_of_the_editor_is_recorded_with_wagtails_code(school: School) -> None:
    entry = latest("wagtail.publish")
    assert entry.object_type.startswith("courses.") and not entry.before and not entry.after
    assert sentence_of(entry.action) != entry.action


def test_texts_are_recorded_by_wagtails_log_and_their_removal_even_in_bulk(school: School) -> None:
    client, user = operator()
    fields = {"en": "bond", "es": "fianza", "domain": "", "definition_en": "", "definition_es": "", "note_en": "",
              "note_es": ""}  # fmt: skip
    assert client.post("/en/admin/snippets/courses/glossaryterm/add/", fields).status_code == 302
    term = GlossaryTerm.objects.get(en="bond")
    created = AuditEntry.objects.filter(object_type="courses.glossaryterm", object_id=str(term.pk))
    assert [(entry.action, entry.actor) for entry in created] == [("wagtail.create", user)]
    assert client.post(f"/en/admin/bulk/courses/glossaryterm/delete/?id={term.pk}").status_code == 302
    assert latest("courses.glossaryterm.deleted").object_id == str(term.pk)


def test_the_database_refuses_to_change_remove_or_misplace_an_entry(school: School) -> None:
    last = AuditEntry.objects.latest("sequence")
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=last.pk).update(action="people.nothing.happened")
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=1).delete()
    row = AuditEntry.objects.filter(pk=last.pk).values().get()
    for sequence in (last.sequence, last.sequence + 2):
        with pytest.raises(IntegrityError), transaction.atomic():
            AuditEntry.objects.bulk_create([AuditEntry(**row | {"sequence": sequence})])
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.bulk_create([AuditEntry(**row | {"sequence": last.sequence + 1})])
    around = {
        "sqlite": "INSERT OR REPLACE INTO people_auditentry SELECT * FROM people_auditentry WHERE sequence = 1",
        "postgresql": "TRUNCATE people_auditentry",
    }
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(around[connection.vendor])
    assert AuditEntry.objects.latest("sequence").sha256 == last.sha256


def test_the_record_outlives_the_person(school: School) -> None:
    user = User.objects.create_user("gone@dhs.example", given_names="Gone", surname_1="Soon")
    audit.record("people.session.opened", user, by=user)
    number = user.pk
    user.delete()
    entry = latest("people.session.opened")
    assert entry.actor_id == number and entry.sha256 == digest(entry.row)


def test_what_a_database_would_give_back_otherwise_is_made_plain_first(school: School) -> None:
    data = {
        "share": 1e22,
        "day": clock.today(),
        "person": school.person(),
        "odd": "a\x00b\ud800",
        "list": (1, None, True),
    }
    audit.record("people.session.opened", None, by=None, data=data)
    entry = latest("people.session.opened")
    assert entry.sha256 == digest(entry.row)
    assert entry.data["day"] == clock.today().isoformat() and entry.data["list"] == [1, None, True]


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_writers_at_once_leave_a_chain_without_gaps(postgresql: None) -> None:
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for round_ in range(25):
                try:
                    with transaction.atomic():
                        audit.record("people.session.opened", None, by=None, data={"writer": number})
                        if round_ % 5 == 4:
                            raise ZeroDivisionError
                except ZeroDivisionError:
                    pass
        except BaseException as fault:  # noqa: BLE001
            failures.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    entries = list(AuditEntry.objects.order_by("sequence"))
    assert [entry.sequence for entry in entries] == list(range(1, 81))
    assert all(late.previous_sha256 == early.sha256 for early, late in pairwise(entries))
    assert not Enrollment.objects.exists()
