"""Rounds: each side sets its own targets and sees its own officers; every version is kept; figures cost the same."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from curricula.models import Cohort, Round, TargetVersion
from curricula.services.enrollments import enroll
from curricula.services.rounds import Target, save_round, set_targets
from people import clock
from people.exceptions import DomainError
from people.models import Agency, AuditEntry, Office, User
from people.roles import Role
from people.services.roles import grant_role
from tests.school import School

PAGE = "/en/manage/rounds/fall/"


def make_round(school: School, side: str = "", code: str = "fall", owner: User | None = None) -> Round:
    """A round to which the cohort of the school belongs."""
    owner = owner or school.person(side or "SHCP", Role.MANAGER)
    made = save_round(
        training_round=Round(
            code=code, name_en="Fall round", name_es="Ronda de otoño", owner=owner,
            participant=school.participants[side] if side else None,
            opens_on=school.cohort.opens_on, closes_on=school.cohort.closes_on,
        ),
        curricula=[school.curriculum],
        by=owner,
    )  # fmt: skip
    Cohort.objects.filter(pk=school.cohort.pk).update(round=made)
    school.cohort.refresh_from_db()
    return made


def office_manager(school: School, side: str = "SHCP", name: str = "Port two") -> tuple[User, Office]:
    """Who manages the officers of one office alone."""
    agency = Agency.objects.get(code={"SHCP": "AGA", "DHS": "CBP"}[side])
    office = Office.objects.create(agency=agency, code=name.lower().replace(" ", "-"), name_en=name, name_es=name)
    person = school.person(side)
    grant_role(user=person, role=Role.MANAGER, participant=agency.participant, agency=agency, office=office, by=None)
    return person, office


def lines(*rows: tuple[str, int], participant: str = "") -> dict[str, str]:
    """The form of targets: position and persons of each line."""
    form = {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0", "participant": participant,
            "holds_from": clock.today().isoformat(), "reason": "As agreed"}  # fmt: skip
    for number, (position, persons) in enumerate(rows):
        form |= {f"lines-{number}-position": position, f"lines-{number}-persons": str(persons)}
    return form


def test_a_manager_sets_up_a_round_and_the_offices_of_one_place_do_not(school: School) -> None:
    manager = school.person("SHCP", Role.MANAGER)
    form = {
        "code": "fall", "name_en": "Fall", "name_es": "Otoño", "participant": "", "curricula": school.curriculum.pk,
        "opens_on": "2026-09-01", "closes_on": "2026-12-18", "plan": "even", "owner": manager.pk,
    }  # fmt: skip
    client = school.client(manager)
    late = client.post("/en/manage/rounds/new/", form | {"closes_on": "2026-08-01"})
    assert "closes before it opens" in late.content.decode()
    assert "another use" in client.post("/en/manage/rounds/new/", form | {"code": "new"}).content.decode()
    assert client.post("/en/manage/rounds/new/", form).headers["Location"] == PAGE
    made = Round.objects.get()
    assert made.owner == manager and list(made.curricula.all()) == [school.curriculum]
    assert AuditEntry.objects.filter(action="curricula.round.created", actor_id=manager.pk).count() == 1
    port_manager, theirs = office_manager(school)[0], school.person("DHS", Role.MANAGER)
    for owner, said in ((port_manager, "manages all of a Participant"), (theirs, "Select a valid choice")):
        assert said in client.post(f"{PAGE}edit/", form | {"owner": owner.pk}).content.decode()
    local = school.client(port_manager)
    assert local.get(PAGE).status_code == 200
    for address in ("/en/manage/rounds/new/", f"{PAGE}edit/", f"{PAGE}targets/"):
        assert local.get(address).status_code == 403
        assert local.post(address, form).status_code == 403


def test_a_joint_round_is_changed_by_its_owners_side_and_each_side_sets_its_own_targets(school: School) -> None:
    made = make_round(school)
    other = school.client(school.person("DHS", Role.MANAGER))
    assert other.get(f"{PAGE}edit/").status_code == 403
    own = school.client(made.owner)
    assert own.post(f"{PAGE}targets/", lines(("Officer", 40), ("", 0))).status_code == 302
    theirs = lines(("", 25), participant="SHCP")  # the form names the other side, and the right decides
    assert other.post(f"{PAGE}targets/", theirs).status_code == 302
    found = TargetVersion.objects.order_by("pk").values_list("participant__code", "number", "lines__persons")
    assert list(found) == [("SHCP", 1, 40), ("DHS", 1, 25)]
    taken = own.post(f"{PAGE}edit/", {"code": "fall", "participant": school.participants["SHCP"].pk})
    assert "stays a joint one" in taken.content.decode()
    page = own.get(PAGE).content.decode()
    assert "Targets" in page and "of a target of 40" in page


def test_a_round_of_the_other_side_is_not_found(school: School) -> None:
    make_round(school, "SHCP")
    other = school.client(school.person("DHS", Role.MANAGER))
    for tail in ("", "edit/", "targets/", "nominate/", "nominations/"):
        assert other.get(PAGE + tail).status_code == 404
    assert "Fall round" not in other.get("/en/manage/rounds/").content.decode()
    for role in (Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ESC, Role.ADMINISTRATOR):
        assert school.client(school.person("SHCP", role)).get(PAGE).status_code == 403
    assert Client().get(PAGE).headers["Location"].startswith("/en/account/login/")


def test_a_change_of_targets_is_a_version_with_its_reason_and_nothing_is_overwritten(school: School) -> None:
    made = make_round(school, "SHCP")
    client = school.client(made.owner)
    client.post(f"{PAGE}targets/", lines(("Officer", 40)))
    same = client.post(f"{PAGE}targets/", lines(("Officer", 40))).content.decode()
    assert "targets that hold already" in same
    empty = client.post(f"{PAGE}targets/", lines(("Officer", 50)) | {"reason": ""}).content.decode()
    assert "Say in one sentence why" in empty
    later = (clock.today() + dt.timedelta(days=5)).isoformat()
    client.post(f"{PAGE}targets/", lines(("Officer", 60)) | {"holds_from": later, "reason": "More officers hired"})
    page = client.get(PAGE).content.decode()
    assert "of a target of 40" in page, "the next version does not hold yet"
    assert "More officers hired" in page and "As agreed" in page
    version = TargetVersion.objects.get(number=2)
    for change in (lambda: version.save(), lambda: version.lines.update(persons=1), lambda: version.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()  # type: ignore[no-untyped-call]


def test_the_page_costs_the_same_for_few_and_for_many(school: School) -> None:
    made = make_round(school, "SHCP")
    client = school.client(made.owner)
    side = school.participants["SHCP"]
    counted = []
    for number, persons in enumerate((3, 30)):
        set_targets(
            training_round=made, participant=side, targets=[Target(None, None, "", persons)], reason="r", by=None
        )
        Cohort.objects.create(
            code=f"wave-{number}", name_en="W", name_es="W", edition=school.edition, participant=side, round=made,
            opens_on=made.opens_on, closes_on=made.closes_on, seats=persons,
        )  # fmt: skip
        enroll(people=[school.person() for _ in range(persons)], cohort=school.cohort, by=None)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(PAGE).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 20


def test_the_figures_are_those_of_the_own_side(school: School) -> None:
    make_round(school)
    for side, persons in (("SHCP", 3), ("DHS", 5)):
        enroll(people=[school.person(side) for _ in range(persons)], cohort=school.cohort, by=None)
    for side, persons in (("SHCP", 3), ("DHS", 5)):
        page = school.client(school.person(side, Role.MANAGER)).get(PAGE).content.decode()
        assert f'<p class="figure__n">{persons}</p>' in page and f"of a target of {persons}" in page


def test_a_cohort_fits_its_round(school: School) -> None:
    made = make_round(school, "SHCP")
    with pytest.raises(ValidationError, match="belongs to one Participant"):
        school.cohort.full_clean()  # joint, in a round of one side
    school.cohort.participant = school.participants["SHCP"]
    school.cohort.full_clean()
    made.curricula.clear()
    with pytest.raises(ValidationError, match="does not teach"):
        school.cohort.full_clean()


def test_the_form_of_a_cohort_offers_the_own_rounds_alone(school: School) -> None:
    call_command("sync_roles", verbosity=0)
    make_round(school, "SHCP")
    edit = f"/en/admin/snippets/curricula/cohort/edit/{school.cohort.pk}/"
    assert "Fall round" in school.client(school.person("SHCP", Role.MANAGER)).get(edit).content.decode()
    assert "Fall round" not in school.client(school.person("DHS", Role.MANAGER)).get(edit).content.decode()


def test_versions_are_numbered_by_the_database(school: School) -> None:
    made = make_round(school, "SHCP")
    side = school.participants["SHCP"]
    set_targets(training_round=made, participant=side, targets=[Target(None, None, "", 4)], reason="r", by=None)
    with pytest.raises(DomainError):
        set_targets(training_round=made, participant=side, targets=[Target(None, None, "", 4)], reason="r", by=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        TargetVersion.objects.create(round=made, participant=side, number=1, holds_from=clock.today(), reason="again")
