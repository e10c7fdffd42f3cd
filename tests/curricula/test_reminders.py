"""Reminders: who is reminded of what, when and how often; once each, whoever is killed or works at the same time."""

from __future__ import annotations

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from curricula.models import Cohort, Enrollment, Reminder, RiskDecision
from curricula.reminder_rules import rules_that_hold
from curricula.reminding import INACTIVE, MOST_IN_A_ROW, Hours, Standing, Told, occasions_of
from curricula.services.reminders import set_cohort_reminders, set_reminder_rules, write_due_reminders
from jobs.models import Job
from jobs.services import enqueue, run
from people.erasing import Reason
from people.models import AuditEntry, Letter, Office, RetentionRule, User
from people.roles import Role
from people.services.erasure import erase_person
from people.signals import letters_written
from tests.curricula.reminded import WEDNESDAY, active_on, at, cohort_open, kinds_sent, later, letters, officer, sweep
from tests.school import School, build

MEXICO = ZoneInfo("America/Mexico_City")


@pytest.fixture
def school(db: None) -> School:
    made = build()
    cohort_open(made.cohort)
    return made


def set_rules(
    school: School, side: str = "SHCP", *, days: dict[str, int | None] | None = None, **hours: object
) -> None:
    set_reminder_rules(
        participant=school.participants[side],
        hours=Hours(**hours),  # type: ignore[arg-type]
        days={"before_due": 14, "due_soon": 3, "inactive": 7} | (days or {}),
        by=None,
    )


def test_before_the_last_day_twice_in_the_officers_language(school: School) -> None:
    cohort_open(school.cohort, left=16)
    officer(school, idle=0, language="es")
    officer(school, "DHS", idle=0, language="en")
    assert sweep() == 0, "nothing is due yet"
    for record in Enrollment.objects.all():
        active_on(record.courses.get().record, -2)
    assert sweep(2) == 2 and sweep(2, 1) == 0, "once each"
    spanish, english = letters()
    assert (spanish.language, english.language) == ("es", "en")
    assert "14 days left" not in spanish.subject and spanish.context["number"] == 14
    for record in Enrollment.objects.all():
        active_on(record.courses.get().record, -13)
    assert sweep(13) == 2
    assert {kind for _, kind in kinds_sent()} == {"before_due", "due_soon"}
    assert sweep(17) == 0, "nobody is reminded of what is over"


def test_whoever_was_not_told_in_time_is_told_once(school: School) -> None:
    cohort_open(school.cohort, left=2)
    officer(school, idle=0)
    assert sweep() == 1 and sweep(1) == 0
    assert [kind for _, kind in kinds_sent()] == ["due_soon"]
    cohort_open(school.cohort, left=20)
    assert sweep(6) == 1, "with another last day it is another occasion"


def test_inactivity_is_told_again_until_something_is_done(school: School) -> None:
    set_rules(school, most_per_week=7)
    _, enrollment = officer(school, idle=6)
    assert sweep() == 0 and sweep(1) == 1 and sweep(2) == 0
    assert sweep(8) == 1
    active_on(enrollment.courses.get().record, -8)
    assert sweep(9) == 0 and sweep(15) == 1
    days = list(Reminder.objects.order_by("pk").values_list("day", "number"))
    assert [number for _, number in days] == [7, 14, 7] and days[0][0] == days[1][0] != days[2][0]


def test_a_fifth_in_a_row_is_not_written(school: School) -> None:
    cohort_open(school.cohort, left=90)
    officer(school, idle=7)
    for week in range(8):
        assert sweep(7 * week) == (week < MOST_IN_A_ROW)


def test_whoever_has_opened_nothing_counts_from_the_enrollment(school: School) -> None:
    officer(school, enrolled=6)
    assert sweep() == 0 and sweep(1) == 1


def test_at_most_one_a_day_and_so_many_in_seven_days(school: School) -> None:
    cohort_open(school.cohort, left=3)
    set_rules(school, most_per_week=1)
    officer(school, idle=7)
    assert sweep() == 1
    held = Reminder.objects.get(state="held")
    assert (held.kind, held.reason) == ("inactive", "day")
    assert sweep(1) == 0
    held.refresh_from_db()
    assert held.reason == "week", "the next day another reason holds it back"
    assert Reminder.objects.count() == 2
    set_rules(school, most_per_week=2)
    assert sweep(2) == 1
    held.refresh_from_db()
    assert (held.state, held.reason, held.letter) == ("sent", "", letters()[-1])


def test_the_limit_is_the_persons_over_all_cohorts(school: School) -> None:
    person, _ = officer(school, idle=7)
    other = Cohort.objects.create(
        code="other", name_en="Other", name_es="Otro", edition=school.edition,
        opens_on=WEDNESDAY - dt.timedelta(days=10), closes_on=WEDNESDAY + dt.timedelta(days=3),
    )  # fmt: skip
    Enrollment.objects.create(
        person=person, cohort=other, participant=person.participant, agency=person.agency, office=person.office,
        language="es", enrolled_at=later(-10),
    )  # fmt: skip
    assert sweep() == 1
    assert [kind for _, kind in kinds_sent()] == ["due_soon"], "the most urgent goes first"
    assert set(Reminder.objects.filter(state="held").values_list("kind", "reason")) == {("inactive", "day")}


def test_quiet_hours_are_those_of_the_office(school: School) -> None:
    set_rules(school, quiet_from=dt.time(20), quiet_until=dt.time(9))
    officer(school, idle=7, surname_1="Capital")
    border, _ = officer(school, idle=7, surname_1="Border")
    tijuana = Office.objects.create(
        agency=border.agency, code="tj", name_en="Tijuana", name_es="Tijuana", time_zone="America/Tijuana"
    )
    User.objects.filter(pk=border.pk).update(office=tijuana)
    nine = dt.datetime.combine(WEDNESDAY, dt.time(9), MEXICO).astimezone(dt.UTC)
    hours = (nine - later()).total_seconds() / 3600
    assert sweep(hours=hours - 1) == 0
    assert sweep(hours=hours) == 1 and kinds_sent() == [("Capital", "inactive")]
    assert sweep(hours=hours + 3) == 1 and kinds_sent()[1] == ("Border", "inactive")


def test_weekends_are_quiet_unless_they_are_not(school: School) -> None:
    officer(school, idle=4)
    assert sweep(3) == 0 and sweep(4) == 0, "Saturday and Sunday"
    set_rules(school, on_weekends=True)
    assert sweep(3) == 1


def test_a_rule_is_turned_off_for_all_or_for_one_cohort(school: School) -> None:
    officer(school, idle=9)
    side = school.participants["SHCP"]
    set_rules(school, days={"inactive": None})
    assert sweep() == 0
    set_cohort_reminders(participant=side, cohort=school.cohort, days={"inactive": 10}, by=None)
    assert sweep() == 0 and sweep(1) == 1
    set_cohort_reminders(participant=side, cohort=school.cohort, days={"inactive": 0}, by=None)
    assert INACTIVE not in rules_that_hold().days_of(side.pk, school.cohort.pk)
    set_cohort_reminders(participant=side, cohort=school.cohort, days={"inactive": None}, by=None)
    assert not side.reminder_rules.filter(cohort=school.cohort).exists()
    entry = AuditEntry.objects.filter(action="curricula.reminders.rules_set").latest("pk")
    assert entry.before["inactive"] == 7 and "inactive" not in entry.after


def test_the_other_side_keeps_its_own_rules(school: School) -> None:
    set_rules(school, "DHS", days={"inactive": 30})
    officer(school, idle=9)
    officer(school, "DHS", idle=9)
    assert sweep() == 1 and Reminder.objects.get().recipient.participant.code == "SHCP"


def test_nobody_is_reminded_who_is_out(school: School) -> None:
    gone, _ = officer(school, idle=9)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    _, withdrawn = officer(school, idle=9)
    Enrollment.objects.filter(pk=withdrawn.pk).update(state="withdrawn", withdrawn_at=later())
    _, excused = officer(school, idle=9)
    RiskDecision.objects.create(
        enrollment=excused, decision="excused", reasons=[], quiet_until=WEDNESDAY + dt.timedelta(days=2)
    )
    assert sweep() == 0
    assert Reminder.objects.get().reason == "excused"
    assert sweep(2) == 1, "the reason has passed"


def test_the_supervisor_is_told_after_some_reminders_and_no_more_than_necessary(school: School) -> None:
    chief = school.person("SHCP", given_names="Teresa", language="en")
    for number in (1, 2):
        officer(school, idle=7, surname_1=f"Idle{number}", supervisor=chief)
    officer(school, idle=7, surname_1="Alone")
    set_rules(school, escalate_after=2)
    assert sweep() == 3 and sweep(7) == 3 and sweep(8) == 0
    assert sweep(14) == 5
    told = Letter.objects.get(kind="reminder_supervisor")
    assert told.recipient == chief and told.language == "en" and "Idle" not in told.subject
    assert {row["name"].split()[1] for row in told.context["officers"]} == {"Idle1", "Idle2"}
    assert set(told.context["officers"][0]) == {"name", "title_en", "title_es", "participant", "day", "due_on"}
    assert sweep(21) == 3 and Letter.objects.filter(kind="reminder_supervisor").count() == 1, "once for each spell"


def test_a_supervisor_of_the_other_side_is_told_nothing(school: School) -> None:
    chief = school.person("DHS")
    officer(school, idle=7, supervisor=chief)
    set_rules(school, escalate_after=1)
    sweep()
    sweep(7)
    assert not Letter.objects.filter(recipient=chief).exists()


def test_the_job_writes_them(school: School) -> None:
    officer(school, idle=7)
    with at():
        job = enqueue(kind="reminders", by=None, key="reminders")
        run(job_id=job.pk)
    assert Job.objects.get(pk=job.pk).result == {"letters": 1} and len(letters()) == 1


def test_a_sweep_that_dies_between_batches_goes_on(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curricula.services.reminders.BATCH", 2)
    for _ in range(5):
        officer(school, idle=7)
    with at():
        assert next(write_due_reminders()) == 2
    assert sweep() == 3 and len(kinds_sent()) == len(set(kinds_sent())) == len(letters()) == 5


def test_a_fault_after_the_letters_leaves_neither_letters_nor_log(school: School) -> None:
    officer(school, idle=7)

    def fall(**_: object) -> None:
        raise ConnectionError("the worker was killed")

    letters_written.connect(fall)
    try:
        with pytest.raises(ConnectionError):
            sweep()
    finally:
        letters_written.disconnect(fall)
    assert not letters() and not Reminder.objects.exists()
    assert sweep() == 1 and len(letters()) == 1


def test_the_database_holds_each_occasion_once(school: School) -> None:
    officer(school, idle=7)
    sweep()
    row = Reminder.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_sweep_costs_the_same_for_few_and_for_many(school: School) -> None:
    counts = []
    for number, more in enumerate((3, 20)):
        for _ in range(more):
            officer(school, idle=7)
        with CaptureQueriesContext(connection) as queries:
            assert sweep(number) == more
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 45, counts


def test_erasing_a_person_removes_the_log_and_the_name_in_the_supervisors_letter(school: School) -> None:
    chief = school.person("SHCP")
    idle, _ = officer(school, idle=7, surname_1="Xicoténcatl", supervisor=chief)
    set_rules(school, escalate_after=1)
    sweep()
    sweep(7)
    told = Letter.objects.get(kind="reminder_supervisor")
    assert "Xicoténcatl" in str(told.context)
    erase_person(person=idle, by=school.person("SHCP", Role.ADMINISTRATOR), reason=Reason.REQUESTED)
    told.refresh_from_db()
    assert "Xicoténcatl" not in str(told.context) and not Reminder.objects.exists()
    erase_person(person=chief, by=school.person("SHCP", Role.ADMINISTRATOR), reason=Reason.REQUESTED)
    assert not User.objects.filter(supervisor=chief).exists()


def test_the_log_of_closed_cohorts_is_removed_by_schedule_and_that_of_open_ones_stays(school: School) -> None:
    RetentionRule.objects.create(
        participant=school.participants["SHCP"], kind="reminders", days=30, basis_en="Order", basis_es="Acuerdo"
    )
    officer(school, idle=7)
    sweep()
    with at(50):
        call_command("apply_retention", "--apply")
    assert Reminder.objects.count() == 1, "the cohort is open"
    with at(95):
        call_command("apply_retention", "--apply")
    assert not Reminder.objects.exists()


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("postgresql", "no_worker")
def test_sweeps_at_once_write_each_letter_once() -> None:
    school = build()
    cohort_open(school.cohort, left=3)
    for _ in range(20):
        officer(school, idle=7)
    gate, written = threading.Barrier(4), list[int]()

    def one() -> None:
        gate.wait()
        try:
            with at():
                written.append(sum(write_due_reminders()))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(written) == 4 and sum(written) == 20 == len(letters())
    assert Reminder.objects.filter(state="held").count() == 20, "the second reminder of the day waits"


TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))
ZONES = st.sampled_from(["America/Tijuana", "America/Mexico_City", "America/New_York", "UTC"]).map(ZoneInfo)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda n: dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=n)
)


@given(quiet_from=TIMES, quiet_until=TIMES, on_weekends=st.booleans(), zone=ZONES, now=MOMENTS)
def test_the_next_opening_is_never_quiet_and_not_far(
    quiet_from: dt.time, quiet_until: dt.time, on_weekends: bool, zone: ZoneInfo, now: dt.datetime
) -> None:
    if quiet_from == quiet_until:
        return
    hours = Hours(quiet_from, quiet_until, on_weekends)
    opening = hours.opens_at(now, zone)
    assert not hours.are_quiet(opening.astimezone(zone))
    assert now <= opening <= now + dt.timedelta(days=4)
    assert hours.are_quiet(now.astimezone(zone)) or opening == now


@given(idle=st.integers(0, 60), left=st.integers(-5, 60), spell=st.integers(0, 5))
def test_an_occasion_has_one_key_and_is_not_given_twice(idle: int, left: int, spell: int) -> None:
    today = dt.date(2026, 11, 25)
    since = today - dt.timedelta(days=idle)
    standing = Standing(since - dt.timedelta(days=5), today + dt.timedelta(days=left), since)
    told = [Told(INACTIVE, f"{since.isoformat()}/{n + 1}", since, since) for n in range(spell)]
    days = {"before_due": 14, "due_soon": 3, "inactive": 7}
    found = occasions_of(standing, days, told, today, 3)
    assert len({(each.kind, each.key) for each in found}) == len(found) and bool(found) <= (left >= 0)
    again = [*told, *(Told(each.kind, each.key, each.day, today) for each in found)]
    assert not occasions_of(standing, days, again, today, 3)
