"""The retention schedule: nothing goes without a rule, a dry run says what would go, and each side rules its own."""

from __future__ import annotations

import datetime as dt
import os
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from curricula.models import Cohort
from jobs.models import Job
from people import clock
from people.models import AuditEntry, RetentionRule, RoleGrant, User
from people.retaining import kinds
from people.roles import Role
from people.services import retention

from .conftest import Life, make_files

LATER = dt.timedelta(days=400)


def rule(life: Life, kind: str, days: int = 30, side: str = "SHCP") -> RetentionRule:
    return RetentionRule.objects.create(
        participant=life.school.participants[side], kind=kind, days=days, basis_en="Order", basis_es="Acuerdo"
    )


def say(*, apply: bool = False) -> str:
    said = StringIO()
    with translation.override("en"):
        call_command("apply_retention", apply=apply, stdout=said)
    return said.getvalue()


def grow_old(folder: Path, days: int = 60) -> None:
    """As if everything in the folder had been written so many days ago."""
    then = (clock.now() - dt.timedelta(days=days)).timestamp()
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (then, then))


def remaining() -> tuple[int, int, int]:
    return User.objects.filter(erased_at=None).count(), Session.objects.count(), Job.objects.count()


def test_nothing_is_removed_until_there_is_a_rule(life: Life, private: Path) -> None:
    make_files(life.browser)
    grow_old(private)
    before, files = remaining(), sorted(private.rglob("*"))
    with clock.simulated(clock.now() + 10 * LATER):
        assert "There is no retention rule" in say(apply=True)
    assert (remaining(), sorted(private.rglob("*"))) == (before, files)


def test_the_kinds_that_a_rule_may_name(life: Life) -> None:
    assert {"accounts", "roster_files", "job_results", "downloads", "sign_in_records"} <= {k.name for k in kinds()}


def test_the_dry_run_removes_nothing_and_names_side_kind_count_and_oldest(life: Life, private: Path) -> None:
    rule(life, "roster_files")
    assert "SHCP · Roster files: nothing is older than 30 days." in say()
    grow_old(private)
    oldest = f"{clock.now() - dt.timedelta(days=60):%Y-%m-%d}"
    said = say()
    assert f"SHCP · Roster files: 2 older than 30 days; the oldest is of {oldest}." in said
    assert "Add --apply" in said and len(list(private.glob("rosters/*/*"))) == 1


def test_applying_removes_what_the_dry_run_named_and_leaves_an_entry(life: Life, private: Path) -> None:
    applied = rule(life, "roster_files")
    grow_old(private)
    assert "2 records removed" in say(apply=True)
    assert not list(private.glob("rosters*/*/*"))
    entry = AuditEntry.objects.get(action="people.retention.applied")
    assert entry.object_id == str(applied.pk) and entry.data["removed"] == 2 and entry.data["kind"] == "roster_files"
    assert "nothing is older" in say(apply=True)
    assert AuditEntry.objects.filter(action="people.retention.applied").count() == 1


def test_a_rule_of_one_side_leaves_the_other_alone(life: Life, private: Path) -> None:
    rule(life, "roster_files", side="DHS")
    rule(life, "accounts", side="DHS")
    grow_old(private)
    with clock.simulated(clock.now() + LATER):
        say(apply=True)
    assert len(list(private.glob("rosters/*/*"))) == 1
    assert User.objects.get(pk=life.person.pk).erased_at is None


def test_inactive_accounts_without_an_open_cohort_are_erased(life: Life) -> None:
    rule(life, "accounts", days=100)
    with clock.simulated(clock.now() + dt.timedelta(days=150)):
        assert "nothing is older than 100 days" in say(), "the cohort closed less than 100 days ago"
    with clock.simulated(clock.now() + LATER):
        assert "SHCP · Inactive accounts: 2 older" in say(), "both officers of the roster"
        say(apply=True)
    erased = User.objects.exclude(erased_at=None)
    assert life.person in erased and erased.count() == 2
    assert life.manager not in erased and life.administrator not in erased, "whoever holds a role is left alone"


def test_who_is_still_active_is_not_erased(life: Life) -> None:
    rule(life, "accounts", days=100)
    Cohort.objects.update(closes_on=clock.today() + 2 * LATER)
    with clock.simulated(clock.now() + LATER):
        assert "nothing is older" in say(), "the cohort is open"
    Cohort.objects.update(closes_on=clock.today() + dt.timedelta(days=1))
    User.objects.filter(pk=life.person.pk).update(last_login=clock.now() + LATER)
    with clock.simulated(clock.now() + LATER + dt.timedelta(days=1)):
        say(apply=True)
    assert User.objects.get(pk=life.person.pk).erased_at is None
    RoleGrant.objects.filter(user=life.manager).update(until_on=clock.today())
    with clock.simulated(clock.now() + LATER + dt.timedelta(days=2)):
        say(apply=True)
    assert User.objects.get(pk=life.manager.pk).erased_at, "the role had ended"


def test_a_run_that_was_stopped_goes_on(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    applied = rule(life, "accounts", days=100)
    for _ in range(3):
        life.school.person("SHCP", Role.TRAINEE)
    monkeypatch.setattr(retention, "BATCH", 2)

    class Stopped(Exception):
        pass

    def stop(removed: int) -> None:
        raise Stopped

    with clock.simulated(clock.now() + LATER):
        with pytest.raises(Stopped):
            retention.apply_rule(rule=applied, by=None, advanced=stop)
        assert User.objects.exclude(erased_at=None).count() == 2, "the first batch is kept"
        assert retention.apply_rule(rule=applied, by=None) == 3
    assert User.objects.exclude(erased_at=None).count() == 5


def test_files_with_ones_own_data_and_results_of_jobs_each_have_their_rule(life: Life, private: Path) -> None:
    rule(life, "job_results")
    mine = make_files(life.browser)
    other = Job.objects.create(
        kind="esc_report", requested_by=life.manager, participant=life.manager.participant, state=Job.State.DONE,
        result_file="9/x.csv", finished_at=clock.now(),
    )  # fmt: skip
    folder = private / "jobs" / str(other.pk)
    folder.mkdir(parents=True)
    (folder / "x.csv").write_text("x")
    with clock.simulated(clock.now() + LATER):
        assert "Results of jobs: 1 older" in say()
        say(apply=True)
        assert not folder.exists() and len(list(private.rglob("puente-my-data.*"))) == 2
        rule(life, "downloads", days=7)
        say(apply=True)
    assert not list(private.rglob("puente-my-data.*"))
    assert not Job.objects.filter(pk=mine.pk).exists()
    other.refresh_from_db()
    assert other.result_file == "", "its page says that the file is gone"


def test_what_canceled_jobs_left_behind_goes_too(life: Life, private: Path) -> None:
    rule(life, "job_results")
    (private / "jobs" / "987654").mkdir(parents=True)
    assert "nothing is older" in say()
    grow_old(private)
    say(apply=True)
    assert not (private / "jobs" / "987654").exists()


def test_sessions_that_ended_go_and_open_ones_stay(life: Life) -> None:
    rule(life, "sign_in_records")
    life.school.client(life.school.person("DHS", Role.TRAINEE))
    open_now = Session.objects.count()
    assert "nothing is older" in say(apply=True) and Session.objects.count() == open_now
    with clock.simulated(clock.now() + LATER):
        say(apply=True)
    assert Session.objects.count() == 1, "the other side has no rule"


def administration(life: Life, side: str = "SHCP", role: Role = Role.ADMINISTRATOR) -> Client:
    call_command("sync_roles", verbosity=0)
    return life.school.client(life.school.person(side, role))


FORM = {"kind": "roster_files", "days": "30", "basis_en": "Order 7", "basis_es": "Acuerdo 7"}
LIST = "/en/admin/snippets/people/retentionrule/"


def test_an_administrator_sets_the_rules_of_the_own_side(life: Life) -> None:
    client, own = administration(life), life.school.participants["SHCP"]
    other = life.school.participants["DHS"]
    client.post(f"{LIST}add/", FORM | {"participant": str(own.pk)})
    assert RetentionRule.objects.get().days == 30
    client.post(f"{LIST}add/", FORM | {"participant": str(other.pk), "kind": "accounts"})
    client.post(f"{LIST}add/", FORM | {"participant": str(own.pk), "kind": "accounts", "days": "0"})
    assert RetentionRule.objects.count() == 1
    assert "Roster files" in client.get(LIST).content.decode()


def test_rules_of_the_other_side_are_not_found(life: Life) -> None:
    theirs, client = rule(life, "roster_files", side="DHS"), administration(life)
    assert "Roster files" not in client.get(LIST).content.decode()
    for view in ("edit", "delete", "history", "usage"):
        assert client.get(f"{LIST}{view}/{theirs.pk}/").status_code == 404
    address = f"/en/admin/bulk/people/retentionrule/delete/?id={theirs.pk}"
    assert client.post(address).status_code == 404
    assert RetentionRule.objects.filter(pk=theirs.pk).exists()
    manager = administration(life, role=Role.MANAGER)
    assert manager.get(LIST).status_code in {302, 403}
    assert Client().get(LIST).status_code == 302


def test_the_database_holds_one_rule_a_kind_and_no_rule_of_no_days(life: Life) -> None:
    rule(life, "roster_files")
    for values in ({"days": 5}, {"kind": "accounts", "days": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rule(life, **{"kind": "roster_files", **values})  # type: ignore[arg-type]
