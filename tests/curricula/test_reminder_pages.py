"""The pages of reminders, from outside: rules, dry run, log; each side sees its own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from curricula.models import Reminder, ReminderHours, ReminderRule
from people.models import AuditEntry, Letter, Office, RoleGrant, User
from people.roles import Role
from tests.curricula.reminded import at, cohort_open, letters, officer, sweep
from tests.school import School, build

RULES = "/en/manage/reminders/"
COHORT = f"{RULES}cohorts/cohort-1/"
PLAN = f"{RULES}dry-run/"
LOG = f"{RULES}log/"
CSV = f"{LOG}reminders.csv"
GIVEN = {
    "before_due": "14", "due_soon": "3", "inactive": "7", "most_per_week": "2", "quiet_from": "19:00",
    "quiet_until": "08:00", "escalate_after": "3",
}  # fmt: skip


@pytest.fixture
def school(db: None) -> School:
    made = build()
    cohort_open(made.cohort)
    return made


@pytest.fixture
def manager(school: School) -> Client:
    return school.client(school.person("SHCP", Role.MANAGER, language="en"))


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_rules_are_set_for_the_own_side_and_bad_ones_are_refused_whole(school: School, manager: Client) -> None:
    assert 'value="14"' in shown(manager, RULES) and "Mexico City" in shown(manager, RULES)
    wrong = manager.post(RULES, GIVEN | {"before_due": "3", "quiet_until": "19:00"}).content.decode()
    assert "give it more days" in wrong and "never end" in wrong and not ReminderHours.objects.exists()
    answer = manager.post(RULES, GIVEN | {"inactive": "", "most_per_week": "3", "escalate_after": ""}, follow=True)
    assert "The rules are set." in answer.content.decode()
    hours = ReminderHours.objects.get()
    assert (hours.participant.code, hours.most_per_week, hours.escalate_after) == ("SHCP", 3, 0)
    assert not ReminderRule.objects.get(kind="inactive").is_on
    other = school.client(school.person("DHS", Role.MANAGER, language="en"))
    assert 'name="inactive" value="7"' in shown(other, RULES), "the other side's rules are its own"
    spanish = shown(manager, RULES.replace("/en/", "/es/"))
    assert "Recordatorios" in spanish and "Reminder" not in spanish


def test_a_cohort_has_days_of_its_own(school: School, manager: Client) -> None:
    assert "as for all cohorts. 0: not sent" in shown(manager, COHORT)
    wrong = manager.post(COHORT, {"before_due": "", "due_soon": "20", "inactive": ""})
    assert "give it more days" in wrong.content.decode() and not ReminderRule.objects.exists()
    manager.post(COHORT, {"before_due": "", "due_soon": "", "inactive": "0"})
    officer(school, idle=9)
    assert sweep() == 0
    entry = AuditEntry.objects.get(action="curricula.reminders.cohort_set")
    assert entry.concerns_id == school.participants["SHCP"].pk


def test_whoever_follows_one_office_reads_the_rules_and_does_not_set_them(school: School) -> None:
    user = school.person("SHCP", Role.MANAGER, language="en")
    RoleGrant.objects.filter(user=user).update(agency=user.agency, office=user.office)
    reader = school.client(user)
    assert "follows all of your Participant" in shown(reader, RULES)
    assert reader.post(RULES, GIVEN).status_code == 403 and reader.post(COHORT, {}).status_code == 403
    assert not ReminderRule.objects.exists()
    elsewhere, _ = officer(school, idle=9, surname_1="Elsewhere")
    away = Office.objects.create(agency=elsewhere.agency, code="x", name_en="X", name_es="X")
    elsewhere.enrollments.update(office=away)
    officer(school, idle=9, surname_1="Here")
    with at():
        page = shown(reader, PLAN)
    assert "Here" in page and "Elsewhere" not in page


def test_the_dry_run_tells_who_gets_what_and_who_does_not_and_why_and_writes_nothing(
    school: School, manager: Client
) -> None:
    cohort_open(school.cohort, left=3)
    officer(school, idle=8, surname_1="Idle")
    officer(school, "DHS", idle=8, surname_1="Other")
    with at():
        page = shown(manager, PLAN)
        assert "3 days left until" in page and "Is written now" in page
        assert "Nothing done for 8 days" in page and "Had another reminder on the same day." in page
        assert "Other" not in page
        assert "Nothing done" not in shown(manager, f"{PLAN}?verdict=send")
        assert "No cohort of your Participant is open" in manager.get(f"{PLAN}?cohort=nosuch").content.decode()
    with at(hours=10):
        page = shown(manager, PLAN)
        assert "Waits for the end of quiet hours" in page and "at 08:00 (CST)" in page
    with at():
        spanish = shown(manager, PLAN.replace("/en/", "/es/"))
    assert "Se escribe ahora" in spanish and "days" not in spanish
    assert not Letter.objects.filter(kind__startswith="reminder").exists() and not Reminder.objects.exists()


def test_the_dry_run_says_what_the_sweep_does(school: School, manager: Client) -> None:
    for number in range(4):
        officer(school, idle=5 + number, surname_1=f"Idle{number}")
    with at():
        page = shown(manager, f"{PLAN}?verdict=send")
    assert sweep() == 2
    written = set(Reminder.objects.values_list("recipient__surname_1", flat=True))
    assert written == {name for name in ("Idle0", "Idle1", "Idle2", "Idle3") if name in page}


def test_the_log_shows_filters_and_leaves_as_a_file(school: School, manager: Client) -> None:
    cohort_open(school.cohort, left=3)
    officer(school, idle=8, surname_1="=Idle", officer_number="ONE")
    officer(school, "DHS", idle=8, surname_1="Theirs")
    sweep()
    page = shown(manager, LOG)
    assert "ONE" in page and "Theirs" not in page and "Had another reminder on the same day." in page
    assert "Held back" not in shown(manager, f"{LOG}?state=sent").split("<tbody>")[1]
    assert "<tbody>" not in shown(manager, f"{LOG}?who=nobody")
    assert manager.get(f"{LOG}?from_on=yesterday").status_code == 400
    answer = manager.get(f"{CSV}?state=sent")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 2 and lines[0].startswith("When (UTC),Officer,") and "Theirs" not in lines[1]
    assert AuditEntry.objects.filter(action="curricula.reminders.exported").count() == 1


def test_nobody_reads_what_is_not_theirs(school: School) -> None:
    officer(school, idle=8, surname_1="Ours")
    sweep()
    for role in (Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ADMINISTRATOR):
        reader = school.client(school.person("SHCP", role))
        for address in (RULES, COHORT, PLAN, LOG, CSV):
            assert reader.get(address).status_code == 403, (role, address)
    other = school.client(school.person("DHS", Role.MANAGER, language="en"))
    assert "Ours" not in shown(other, LOG)
    assert b"Ours" not in b"".join(other.get(CSV).streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", [PLAN, LOG])
def test_a_page_asks_as_much_for_many_as_for_few(school: School, manager: Client, address: str) -> None:
    counts = []
    for more in (3, 20):
        for _ in range(more):
            officer(school, idle=8)
        if address == LOG:
            sweep(more / 20)
        with at():
            shown(manager, address)
            with CaptureQueriesContext(connection) as asked:
                assert "<tbody>" in shown(manager, address)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 30, counts


def test_the_letter_says_by_which_rule_it_came_and_the_officer_finds_it(school: School, manager: Client) -> None:
    person, _ = officer(school, idle=8, language="en")
    sweep()
    assert letters()[0].recipient == person
    for kind in ("reminder_due", "reminder_inactive", "reminder_supervisor"):
        sample = shown(manager, f"/en/manage/letters/kinds/{kind}/")
        assert "SHCP" in sample and "You receive this because" in sample and "Usted recibe este correo" in sample
    mine = shown(school.client(person), "/en/my-data/")
    assert "Of what you were reminded" in mine


def test_an_administrator_names_a_supervisor_of_the_own_side(school: School) -> None:
    chief, stranger = school.person("SHCP"), school.person("DHS")
    person = school.person("SHCP", Role.TRAINEE)
    browser = school.client(school.person("SHCP", Role.ADMINISTRATOR, language="en"))
    address = f"/en/admin/users/edit/{person.pk}/"
    given = {
        "given_names": person.given_names, "surname_1": person.surname_1, "surname_2": person.surname_2,
        "email": person.email, "preferred_language": "es", "is_active": "on", "participant": person.participant_id,
        "agency": person.agency_id, "office": person.office_id, "officer_number": person.officer_number,
    }  # fmt: skip
    for wrong in (stranger.email, "nobody@shcp.example"):
        answer = browser.post(address, given | {"supervisor_email": wrong})
        assert "Nobody of your Participant has this address" in answer.content.decode()
    assert (
        "another person of the same Participant"
        in browser.post(address, given | {"supervisor_email": person.email}).content.decode()
    )
    browser.post(address, given | {"supervisor_email": chief.email})
    assert User.objects.get(pk=person.pk).supervisor == chief
    entry = AuditEntry.objects.filter(action="people.person.changed").latest("pk")
    assert entry.after["supervisor"] == chief.pk
