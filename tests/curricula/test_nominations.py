"""Nominations: offices propose, the round's manager decides; seats are held; nobody is merged, nobody crosses sides."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certificates.models import Credential, ValidityRule
from certificates.services.issuance import issue_credential
from curricula.likeness import Identity, alike_by_name
from curricula.models import Cohort, Enrollment, Likeness, Nomination, Requirement, Round
from curricula.nomination_files import read_nominees
from curricula.round_personal_data import old_nominations, remove_nominations
from curricula.services.deciding import accept_nominations
from curricula.services.enrollments import enroll
from curricula.services.nominating import Nominee, nominate
from people import clock
from people.access import Reach
from people.erasing import Reason
from people.exceptions import DomainError
from people.models import Invitation, Letter, Office, User
from people.roles import Role
from people.services.erasure import erase_person
from tests.school import School

from .test_rounds import PAGE, make_round, office_manager

LIST = f"{PAGE}nominations/"
HEADING = "officer_number,given_names,surname_1,surname_2,email,agency,office,position,language"


def port(school: School, side: str = "SHCP") -> Office:
    """The office of the school's people."""
    office = school.person(side).office
    assert office
    return office


def nominee(office: Office, number: int = 1, **more: str) -> Nominee:
    values = {
        "email": f"officer{number}@aga.example", "given_names": f"Ana{chr(64 + number % 26)}",
        "surname_1": f"Ruiz{number}", "surname_2": "", "officer_number": f"X-{number}", "position": "Officer",
        "language": "es", **more,
    }  # fmt: skip
    return Nominee(office=office, **values)


def form_of(one: Nominee, **more: Any) -> dict[str, Any]:
    fields = ("email", "given_names", "surname_1", "surname_2", "officer_number", "position", "language")
    return {name: getattr(one, name) for name in fields} | {
        "agency": one.office.agency_id, "office": one.office.pk, "cohort": "", **more
    }  # fmt: skip


def decide(client: Client, decision: str, *chosen: Nomination, **more: Any) -> Any:
    given = {"decision": decision, "nomination": [each.pk for each in chosen], **more}
    return client.post(LIST, given)


def file_of(*rows: str, name: str = "nominees.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([HEADING, *rows]).encode(), "text/csv")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("Javier", "Núñez", "Ávila"), ("JAVIER", "Nunez", "Avila"), True),
        (("Javier", "Núñez", "Ávila"), ("Javier", "Ávila", "Núñez"), True),
        (("Javier", "Núñez", "Ávila"), ("Javier", "Núñez", ""), True),
        (("Javier", "Núñez", "Ávila"), ("Javier", "Ávila", ""), True),
        (("Javier Antonio", "Núñez", "Ávila"), ("Javier", "Núñez Ávila", ""), True),
        (("María", "de la Cruz", "Peña"), ("Maria", "Cruz", "Pena"), True),
        (("Javier", "Núñez", "Ávila"), ("Javier", "Núñez", "Peña"), False),
        (("Javier", "Núñez", "Ávila"), ("Xavier", "Núñez", "Ávila"), False),
        (("Javier", "Núñez", ""), ("Antonio Javier", "Núñez", ""), False),
    ],
)
def test_which_names_may_be_one_person(one: Any, other: Any, alike: bool) -> None:
    first, second = (Identity(None, *names, "", "", 1) for names in (one, other))
    assert alike_by_name(first, second) is alike is alike_by_name(second, first)


def test_an_office_nominates_and_the_rounds_manager_accepts(school: School, settings: Any) -> None:
    made = make_round(school, "SHCP")
    local, office = office_manager(school)
    client = school.client(local)
    form = form_of(nominee(office), cohort=school.cohort.pk)
    Cohort.objects.update(participant=school.participants["SHCP"])
    assert client.post(f"{PAGE}nominate/", form).headers["Location"] == LIST
    found = Nomination.objects.get()
    assert (found.nominated_by, found.person, found.state) == (local, None, "proposed")
    assert found.held_until == clock.today() + dt.timedelta(days=settings.PUENTE_SEAT_HOLD_DAYS)
    assert not User.objects.filter(email=found.email).exists() and not Letter.objects.exists()
    assert client.get(LIST).status_code == 200
    assert decide(client, "accept", found).status_code == 403, "whoever nominates for an office does not decide"
    lead = school.client(made.owner)
    assert decide(lead, "accept", found).status_code == 302
    found.refresh_from_db()
    person = User.objects.get(email="officer1@aga.example")
    assert found.state == "accepted" and found.enrollment and found.enrollment.person == person == found.person
    assert found.enrollment.state == "invited" and found.enrollment.courses.count() == 1
    assert person.grants.get().role == Role.TRAINEE and not person.has_usable_password()
    assert Invitation.objects.get().person == person
    letters = {letter.kind: letter for letter in Letter.objects.all()}
    assert set(letters) == {"invitation", "nomination_accepted", "nominations_decided"}
    assert letters["nomination_accepted"].language == "es" and "Grupo uno" in letters["nomination_accepted"].subject
    assert letters["nominations_decided"].recipient == local
    page = client.get(LIST).content.decode()
    assert "accepted" in page and "was decided already" in decide(lead, "accept", found).content.decode()
    assert mail.outbox == []


def test_waiting_and_declining_need_a_reason_that_the_nominator_reads(school: School) -> None:
    made = make_round(school, "SHCP")
    local, office = office_manager(school)
    result = nominate(training_round=made, cohort=None, nominees=[nominee(office, n) for n in (1, 2)], by=local)
    lead = school.client(made.owner)
    assert "Give the reason" in decide(lead, "decline", *result.made).content.decode()
    assert "Choose the cohort" in decide(lead, "accept", result.made[0]).content.decode()
    assert decide(lead, "wait", result.made[0], reason="No seats").status_code == 302
    assert decide(lead, "decline", result.made[1], reason="Wrong post").status_code == 302
    assert list(Nomination.objects.values_list("state", "reason")) == [
        ("waiting", "No seats"), ("declined", "Wrong post")
    ]  # fmt: skip
    assert list(Letter.objects.values_list("kind", flat=True)) == ["nominations_decided"] * 2
    assert "Wrong post" in school.client(local).get(LIST).content.decode()
    again = nominate(training_round=made, cohort=None, nominees=[nominee(office, 2)], by=local)
    assert len(again.made) == 1, "whoever was declined can be nominated anew"
    assert decide(lead, "accept", result.made[0], cohort=school.cohort.pk).status_code == 302


def test_seats_are_held_until_a_day_and_then_are_free_again(school: School) -> None:
    made = make_round(school)
    Cohort.objects.update(seats=2)
    school.cohort.refresh_from_db()
    office = port(school)
    first = nominate(training_round=made, cohort=school.cohort, nominees=[nominee(office, n) for n in (1, 2)], by=None)
    second = nominate(training_round=made, cohort=school.cohort, nominees=[nominee(office, 3)], by=None)
    assert (first.holding, second.holding, second.waiting) == (2, 0, 1)
    with pytest.raises(DomainError, match="0 are free"):
        accept_nominations(nominations=second.made, cohort=None, by=made.owner)
    assert (
        "0 are free"
        in decide(
            school.client(made.owner), "hold", *second.made, cohort=school.cohort.pk, day=clock.today().isoformat()
        ).content.decode()
    )
    assert User.objects.filter(email__startswith="officer").count() == 0, "nothing is left of what was refused"
    accept_nominations(nominations=first.made[:1], cohort=None, by=made.owner)
    after = clock.now() + dt.timedelta(days=15)
    with clock.simulated(after):
        accept_nominations(nominations=second.made, cohort=None, by=made.owner)
        with pytest.raises(DomainError, match="0 are free"):
            accept_nominations(nominations=first.made[1:], cohort=None, by=made.owner)
    with pytest.raises(DomainError, match="2 seats"):
        enroll(people=[school.person()], cohort=school.cohort, by=None)
    assert Enrollment.objects.filter(cohort=school.cohort).count() == 2


def test_a_late_joiner_has_an_own_due_date(school: School) -> None:
    made = make_round(school)
    result = nominate(training_round=made, cohort=school.cohort, nominees=[nominee(port(school))], by=None)
    day = clock.today() + dt.timedelta(days=100)
    assert decide(school.client(made.owner), "accept", *result.made, day=day.isoformat()).status_code == 302
    enrollment = Enrollment.objects.get(nomination=result.made[0])
    assert enrollment.due_on == enrollment.last_day == day
    letter = Letter.objects.get(kind="nomination_accepted")
    assert letter.context["due_on"] == day.isoformat()


def test_possible_duplicates_are_shown_side_by_side_and_decided_by_a_person(school: School) -> None:
    made = make_round(school)
    office = port(school)
    known = school.person(given_names="Javier", surname_1="Núñez", surname_2="Ávila", officer_number="AGA-77")
    by_number = nominee(office, 1, officer_number="aga-77", given_names="Javier", surname_1="Nunez")
    by_name = nominee(office, 2, given_names="JAVIER", surname_1="Ávila", surname_2="Nuñez")
    by_email = nominee(office, 3, email=known.email.upper(), given_names="Pedro", surname_1="Páramo")
    fresh = nominee(office, 4)
    result = nominate(
        training_round=made, cohort=school.cohort, nominees=[by_number, by_name, by_email, fresh], by=made.owner
    )
    assert result.to_decide == 3
    found = Likeness.objects.filter(person=known).order_by("nomination").values_list("why", flat=True)
    assert list(found) == ["number", "name", "email"]
    assert Likeness.objects.filter(other=result.made[0], nomination=result.made[1]).get().why == "name"
    lead = school.client(made.owner)
    refused = decide(lead, "accept", *result.made).content.decode()
    assert "resembles somebody" in refused and not Enrollment.objects.filter(cohort=school.cohort).exists()
    page = lead.get(f"{LIST}{result.made[0].pk}/").content.decode()
    assert known.email in page and "officer1@aga.example" in page and "the same officer number" in page
    same = Likeness.objects.get(nomination=result.made[0], person=known)
    lead.post(f"{LIST}{result.made[0].pk}/", {"likeness": same.pk, "is": "same"})
    accept_nominations(nominations=[result.made[0]], cohort=None, by=made.owner)
    assert Enrollment.objects.get(cohort=school.cohort).person == known
    email = known.email
    known.refresh_from_db()
    assert known.email == email, "the account keeps its address"
    twice = Likeness.objects.get(nomination=result.made[1], person=known)
    said = lead.post(f"{LIST}{result.made[1].pk}/", {"likeness": twice.pk, "is": "same"}, follow=True)
    assert "nominated for this round already" in said.content.decode()
    other = Likeness.objects.get(nomination=result.made[1], other=result.made[0])
    lead.post(f"{LIST}{result.made[1].pk}/", {"likeness": other.pk, "is": "same"})
    assert Nomination.objects.get(pk=result.made[1].pk).state == "declined"
    third = Likeness.objects.get(nomination=result.made[2])
    lead.post(f"{LIST}{result.made[2].pk}/", {"likeness": third.pk, "is": "different"})
    with pytest.raises(DomainError, match="cannot be enrolled"):  # another person needs another address
        accept_nominations(nominations=[result.made[2]], cohort=None, by=made.owner)


def test_an_account_with_the_same_address_and_name_is_linked_and_nobody_is_nominated_twice(school: School) -> None:
    made = make_round(school)
    known = school.person(given_names="Ana", surname_1="Güemes")
    office = known.office
    assert office
    one = nominee(office, 1, email=known.email, given_names="Ana", surname_1="Guemes", officer_number="")
    result = nominate(training_round=made, cohort=None, nominees=[one, one], by=made.owner)
    assert result.made[0].person == known and len(result.made) == 1 and result.known == [one]
    assert not Likeness.objects.exists()


def test_whom_a_nominee_resembles_on_the_other_side_is_told_to_nobody(school: School) -> None:
    made = make_round(school)
    theirs = school.person("DHS", given_names="Javier", surname_1="Quillfeather", surname_2="")
    mine = nominee(port(school), 1, given_names="Javier", surname_1="Quillfeather")
    result = nominate(training_round=made, cohort=None, nominees=[mine], by=made.owner)
    assert result.to_decide == 0
    client = school.client(made.owner)
    form = form_of(nominee(port(school), 2, email=theirs.email))
    said = client.post(f"{PAGE}nominate/", form).content.decode()
    assert "cannot be nominated from your side" in said and "Quillfeather" not in said


def test_who_may_see_nominate_and_decide(school: School) -> None:
    made = make_round(school)
    result = nominate(
        training_round=made, cohort=None, nominees=[nominee(port(school), 1, surname_1="Güemes")], by=made.owner
    )
    one = f"{LIST}{result.made[0].pk}/"
    other = school.client(school.person("DHS", Role.MANAGER))
    local = school.client(office_manager(school)[0])
    for client in (other, local):
        assert client.get(one).status_code == 404 and "Güemes" not in client.get(LIST).content.decode()
    decide(other, "decline", *result.made, reason="r")
    assert "Tick at least one" in decide(school.client(made.owner), "decline", reason="r").content.decode()
    assert decide(local, "decline", *result.made, reason="r").status_code == 403
    assert Nomination.objects.get().state == "proposed"
    form = form_of(nominee(port(school), 5))
    for client in (other, local):
        assert "Select a valid choice" in client.post(f"{PAGE}nominate/", form).content.decode()
    for role in (Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ESC, Role.ADMINISTRATOR):
        client = school.client(school.person("SHCP", role))
        assert client.get(LIST).status_code == 403 and client.post(f"{PAGE}nominate/", form).status_code == 403
    assert Client().get(LIST).status_code == 302
    assert Nomination.objects.count() == 1


def test_a_file_nominates_all_or_nobody_and_says_every_error(school: School) -> None:
    made = make_round(school)
    local, office = office_manager(school)
    client = school.client(local)
    good = [f"F-{n},Luz{chr(65 + n)},Ibáñez{n},Peña,luz{n}@aga.example,AGA,Port two,Officer,es" for n in range(3)]
    bad = ["F-8,Sol,Vega,,sol@aga,AGA,Port two,Officer,es", "F-9,Mar,Rey,,mar@aga.example,AGA,Port,Officer,es"]
    address = f"{PAGE}nominate/"
    page = client.post(address, {"by_file": "1", "several-file": file_of(*good, *bad)}).content.decode()
    assert "2 errors to mend" in page and "not an e-mail address" in page and "not an office" in page
    assert not Nomination.objects.exists()
    sent = client.post(address, {"by_file": "1", "several-file": file_of(*good)}, follow=True)
    assert "3 officers are nominated" in sent.content.decode()
    assert Nomination.objects.filter(round=made, office=office, state="proposed").count() == 3
    again = client.post(address, {"by_file": "1", "several-file": file_of(*good)}, follow=True)
    assert "3 were nominated for this round already" in again.content.decode()
    es = client.post(address.replace("/en/", "/es/"), {"by_file": "1", "several-file": file_of(*bad)}).content.decode()
    assert "errores" in es


def test_statements_do_not_grow_with_the_nominees(school: School) -> None:
    made = make_round(school)
    office = port(school)
    counted: dict[str, list[int]] = {"nominate": [], "accept": [], "list": []}
    client = school.client(made.owner)
    for start, size in ((1, 4), (100, 60)):
        some = [nominee(office, n, given_names=f"N{n}") for n in range(start, start + size)]
        with CaptureQueriesContext(connection) as queries:
            result = nominate(training_round=made, cohort=school.cohort, nominees=some, by=made.owner)
        counted["nominate"].append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counted["list"].append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            accept_nominations(nominations=result.made, cohort=None, by=made.owner)
        counted["accept"].append(len(queries))
    assert all(few >= many for few, many in counted.values()), counted
    assert Enrollment.objects.filter(cohort=school.cohort).count() == 64


def test_a_closed_round_takes_nobody(school: School) -> None:
    made = make_round(school)
    Round.objects.update(opens_on=clock.today() - dt.timedelta(days=9), closes_on=clock.yesterday())
    made.refresh_from_db()
    page = school.client(made.owner).post(f"{PAGE}nominate/", form_of(nominee(port(school)))).content.decode()
    assert "has ended" in page


def test_an_erasure_leaves_a_nomination_without_a_name_and_old_ones_go_by_schedule(school: School) -> None:
    made = make_round(school)
    office = port(school)
    known = school.person(given_names="Ana", surname_1="Güemes", officer_number="G-1")
    mine = nominee(office, 1, email=known.email, given_names="Ana", surname_1="Güemes")
    nominate(training_round=made, cohort=school.cohort, nominees=[mine, nominee(office, 2)], by=made.owner)
    erase_person(person=known, by=None, reason=Reason.REQUESTED)
    left = Nomination.objects.get(person=known)
    assert (left.full_name, left.email, left.officer_number, left.state) == ("", "", "", "declined")
    side = school.participants["SHCP"]
    later = dt.datetime.combine(made.closes_on + dt.timedelta(days=1), dt.time(), dt.UTC)
    assert list(old_nominations(side, clock.now())) == [], "the round goes on"
    keys = [each.key for each in old_nominations(side, later + dt.timedelta(days=1))]
    assert remove_nominations(keys) == 2 and not Nomination.objects.exists()


def test_operators_read_files_of_both_sides(school: School) -> None:
    port(school, "SHCP"), port(school, "DHS")
    rows = ["1,Ana,Ruiz,,a@aga.example,AGA,Port,,es", "2,Bob,Hill,,b@cbp.example,CBP,Port,,en"]
    data = "\n".join([HEADING, *rows]).encode()
    assert len(read_nominees(data, Reach(everywhere=True)).nominees) == 2
    mine = read_nominees(data, Reach(participant=school.participants["SHCP"].pk, in_all_of_it=True))
    assert [error.code for error in mine.errors] == ["agency_unknown"]


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql", "no_worker")
def test_of_those_who_want_the_last_seat_at_once_one_gets_it(school: School) -> None:
    made = make_round(school)
    Cohort.objects.update(seats=1)
    office = port(school)
    result = nominate(training_round=made, cohort=None, nominees=[nominee(office, n) for n in range(1, 5)], by=None)
    gate, found = threading.Barrier(4), list[str]()

    def accept(one: Nomination) -> None:
        gate.wait()
        try:
            accept_nominations(nominations=[one], cohort=school.cohort, by=made.owner)
            found.append("accepted")
        except DomainError as refusal:
            found.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=(one,)) for one in result.made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["accepted", *["seats_taken"] * 3]
    assert Enrollment.objects.filter(cohort=school.cohort).count() == 1
    assert User.objects.filter(email__startswith="officer").count() == 1


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql", "no_worker")
def test_offices_that_nominate_one_officer_at_once_nominate_once(school: School) -> None:
    made = make_round(school)
    one = nominee(port(school))
    gate, found = threading.Barrier(4), list[int]()

    def propose() -> None:
        gate.wait()
        try:
            found.append(len(nominate(training_round=made, cohort=None, nominees=[one], by=None).made))
        finally:
            connection.close()

    threads = [threading.Thread(target=propose) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 0, 0, 1] and Nomination.objects.count() == 1


def requirement_of(school: School, **more: Any) -> Requirement:
    values = {"name_en": "Officers", "name_es": "Oficiales", "curriculum": school.curriculum,
              "participant": school.participants["SHCP"], "from_on": clock.today(), "renewal_days": 30}  # fmt: skip
    return Requirement.objects.create(**(values | more))


def certified(school: School, **more: Any) -> tuple[User, Credential]:
    user, enrollment, _ = school.trainee(**more)
    Enrollment.objects.filter(pk=enrollment.pk).update(state="completed", completed_at=clock.now())
    enrollment.refresh_from_db()
    return user, issue_credential(enrollment=enrollment, at=clock.now())


def test_a_requirement_counts_who_must_and_who_does_and_proposes_the_others_in_one_step(school: School) -> None:
    ValidityRule.objects.create(edition=school.edition, months=2, renewal_days=20)
    made = make_round(school)
    wanted = {"position": "Vista aduanal"}
    certified(school, **wanted)
    lacking = school.person("SHCP", Role.TRAINEE, position="VISTA ADUANAL")
    on_way, _, _ = school.trainee(**wanted)
    school.person("SHCP", Role.TRAINEE, position="Chofer")
    certified(school, side="DHS", **wanted)
    school.person("SHCP", Role.INSTRUCTOR, position="Vista aduanal")
    need = requirement_of(school, position="vista  aduanal")
    client = school.client(made.owner)
    page = client.get(f"/en/manage/requirements/{need.pk}/").content.decode()
    assert "1 of 3 officers hold a valid certificate" in page
    assert lacking.full_name in page and on_way.full_name not in page
    form = {"training_round": made.pk, "cohort": ""}
    assert client.post(f"/en/manage/requirements/{need.pk}/", form).headers["Location"] == LIST
    assert [each.person for each in Nomination.objects.all()] == [lacking]
    page = client.get(f"/en/manage/requirements/{need.pk}/").content.decode()
    assert "Nobody is to be proposed" in page
    with clock.simulated(clock.now() + dt.timedelta(days=40)):
        page = school.client(made.owner).get(f"/en/manage/requirements/{need.pk}/").content.decode()
        assert "certificates that end soon: 1" in page and "1 of 1" in page
    with clock.simulated(clock.now() + dt.timedelta(days=90)):
        page = school.client(made.owner).get(f"/en/manage/requirements/{need.pk}/").content.decode()
        assert "0 of 3 officers" in page


def test_requirements_belong_to_a_side_and_are_set_for_places_that_one_manages(school: School) -> None:
    need = requirement_of(school)
    local, office = office_manager(school)
    form = {
        "name_en": "Port", "name_es": "Puerto", "curriculum": school.curriculum.pk, "position": "", "until_on": "",
        "participant": school.participants["SHCP"].pk, "agency": "", "office": office.pk, "renewal_days": 30,
        "from_on": clock.today().isoformat(),
    }  # fmt: skip
    client = school.client(local)
    assert client.post("/en/manage/requirements/new/", form).status_code == 302
    assert Requirement.objects.latest("pk").office == office
    whole = client.post("/en/manage/requirements/new/", form | {"office": ""})
    assert "only for places that you manage" in whole.content.decode()
    assert client.get(f"/en/manage/requirements/{need.pk}/").status_code == 200
    assert client.post(f"/en/manage/requirements/{need.pk}/edit/", form).status_code == 403
    other = school.client(school.person("DHS", Role.MANAGER))
    for tail in ("", "edit/"):
        assert other.get(f"/en/manage/requirements/{need.pk}/{tail}").status_code == 404
    assert "Officers" not in other.get("/en/manage/requirements/").content.decode().split("<main")[1].split("</h1>")[1]
    for role in (Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ESC, Role.ADMINISTRATOR):
        assert school.client(school.person("SHCP", role)).get("/en/manage/requirements/").status_code == 403


def test_coverage_costs_the_same_for_one_requirement_and_for_many(school: School) -> None:
    client = school.client(school.person("SHCP", Role.MANAGER))
    counted = []
    for number in (1, 12):
        for _ in range(number):
            requirement_of(school)
            school.trainee()
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/manage/requirements/")
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 14
