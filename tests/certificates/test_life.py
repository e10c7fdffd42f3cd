"""How certificates end, are renewed, superseded, suspended and issued anew; and who is told before."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certificates.exceptions import NameUnchanged, NotSuspended, ReasonMissing, StandingForbids
from certificates.models import Credential, ExpiryNotice, Standing, ValidityRule
from certificates.pdf.holder import code_cells, holder_layer
from certificates.pdf.marks import PAPERS
from certificates.services.issuance import issue_credential
from certificates.services.notices import notices_are_due, write_due_notices
from certificates.services.reasons import Reason
from certificates.services.reconciling import reconcile
from certificates.services.reissue import reissue
from certificates.services.revocation import revoke
from certificates.services.suspension import lift, suspend
from certificates.services.verification import Status, look_up
from certificates.validity import calendar_end, rolling_end
from curricula.models import Cohort, Enrollment, Reminder
from people import clock
from people.models import AuditEntry, Letter, User

from .conftest import COMPLETED_AT, World

WHY = Reason("Inquiry", "Indagación")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-03-01", 12, "2027-02-28"),
        ("2026-11-20", 24, "2028-11-19"),
        ("2024-02-29", 12, "2025-02-27"),
        ("2026-08-31", 6, "2027-02-27"),
    ],
)
def test_rolling(start: str, months: int, end: str) -> None:
    assert rolling_end(dt.date.fromisoformat(start), months).isoformat() == end


@pytest.mark.parametrize(
    ("start", "months", "month", "day", "end"),
    [
        ("2026-11-20", 12, 12, 31, "2027-12-31"),
        ("2026-01-01", 12, 12, 31, "2026-12-31"),
        ("2026-11-20", 12, 2, 31, "2028-02-29"),
        ("2026-03-15", 12, 3, 31, "2027-03-31"),
    ],
)
def test_calendar(start: str, months: int, month: int, day: int, end: str) -> None:
    assert calendar_end(dt.date.fromisoformat(start), months, month=month, day=day).isoformat() == end


def rule(world: World, **values: object) -> ValidityRule:
    return ValidityRule.objects.create(edition=world.edition, **{"months": 12, "renewal_days": 90, **values})


def completed_again(world: World, person: User, at: dt.datetime) -> Enrollment:
    """The same curriculum once more, in another cohort, with records of its own."""
    first = world.cohort
    world.cohort = Cohort.objects.create(
        code=f"round-{Cohort.objects.count()}",
        name_en="Again",
        name_es="Otra vez",
        edition=first.edition,
        opens_on=at.date() - dt.timedelta(days=10),
        closes_on=at.date(),
    )
    enrollment = world.enrollment(person)
    Enrollment.objects.filter(pk=enrollment.pk).update(completed_at=at)
    enrollment.refresh_from_db()
    world.cohort = first
    return enrollment


def days_after(days: int) -> dt.datetime:
    return COMPLETED_AT + dt.timedelta(days=days)


def test_without_a_rule_it_does_not_end(world: World) -> None:
    credential = world.credential()
    assert credential.valid_until is None and credential.standing_at(days_after(36_500)) == Standing.VALID


def test_it_ends_by_the_rule_of_its_edition_and_says_so_on_its_face(world: World) -> None:
    rule(world)
    credential = world.credential()
    assert credential.valid_until == dt.date(2027, 11, 19)
    assert credential.said.valid_until == "2027-11-19" and credential.is_intact
    ValidityRule.objects.update(months=1)
    assert Credential.objects.get().valid_until == dt.date(2027, 11, 19), "a later rule does not reach it"
    assert Credential.objects.get().standing_at(days_after(364)) == Standing.VALID
    assert Credential.objects.get().standing_at(days_after(365)) == Standing.EXPIRED


def test_renewed_in_time_nobody_loses_days(world: World) -> None:
    rule(world)
    first = world.credential()
    early = completed_again(world, first.person, days_after(200))
    assert issue_credential(enrollment=early, at=days_after(200)) == first, "the window is not open yet"
    within = completed_again(world, first.person, days_after(330))
    second = issue_credential(enrollment=within, at=days_after(330))
    assert (second.period, second.valid_until) == (2, dt.date(2028, 11, 19))
    assert second.said.courses == first.said.courses and second.enrollment == within
    first.refresh_from_db()
    assert first.superseded_by == second and first.standing_at(days_after(331)) == Standing.SUPERSEDED
    assert first.standing_at(days_after(100)) == Standing.VALID, "it was valid then"
    assert issue_credential(enrollment=within, at=days_after(331)) == second
    assert reconcile().issued == 0


def test_renewed_late_the_period_begins_anew(world: World) -> None:
    rule(world)
    first = world.credential()
    late = completed_again(world, first.person, days_after(500))
    second = issue_credential(enrollment=late, at=days_after(500))
    assert second.period == 2 and second.valid_until == rolling_end(days_after(500).date(), 12)


def test_after_a_revocation_completing_again_gives_another(world: World) -> None:
    first = world.credential()
    revoke(credential=first, reason_en="Wrong", reason_es="Equivocado", by=None)
    again = completed_again(world, first.person, days_after(30))
    second = issue_credential(enrollment=again, at=days_after(30))
    assert second.period == 2 and Credential.objects.get(pk=first.pk).standing == Standing.REVOKED
    assert reconcile().issued == 0, "the enrollment whose certificate was revoked gets no other"


def test_the_database_holds_each_period_once(world: World) -> None:
    first = world.credential()
    values = {name: getattr(first, name) for name in ("person", "edition", "payload", "payload_sha256", "issued_at")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.create(number="PU-2026-999999", code="0" * 12, **values)


@pytest.mark.parametrize("standing", [*Standing])
def test_rows_and_objects_agree_on_how_one_stands(world: World, standing: Standing) -> None:
    rule(world)
    credentials = [world.credential(f"Ana Ruiz {letter}") for letter in "ABCDE"]
    now = days_after(10)
    each = Credential.objects.filter
    each(pk=credentials[1].pk).update(suspended_at=now, suspension_reason_en="x", suspension_reason_es="x")
    each(pk=credentials[2].pk).update(superseded_at=now, superseded_by=credentials[0])
    each(pk=credentials[3].pk).update(revoked_at=now, revocation_reason_en="x", revocation_reason_es="x")
    for at in (now, days_after(1), days_after(400)):
        found = set(Credential.objects.standing(standing, at))
        assert found == {
            credential for credential in Credential.objects.all() if credential.standing_at(at) == standing
        }


def test_suspended_and_lifted(world: World, client: Client) -> None:
    credential = world.credential()
    suspend(credential=credential, reason=WHY, authority=world.participants["SHCP"], by=None)
    assert look_up(credential.code).status is Status.SUSPENDED
    for language, said in (("en", "Suspended: do not accept it for now"), ("es", credential.number)):
        text = client.get(f"/{language}/verify/{credential.code}/").content.decode()
        assert said in text and "Inquiry" not in text and "Indagación" not in text
    with pytest.raises(StandingForbids):
        suspend(credential=credential, reason=WHY, authority=None, by=None)
    lift(credential=credential, by=None)
    assert look_up(credential.code).status is Status.VALID
    with pytest.raises(NotSuspended):
        lift(credential=credential, by=None)
    entries = AuditEntry.objects.filter(action__startswith="certificates.credential.suspen")
    assert entries.count() == 2 and "Inquiry" not in str([(e.before, e.after, e.data) for e in entries])


def test_a_reason_is_needed_in_both_languages() -> None:
    with pytest.raises(ReasonMissing):
        Reason("Inquiry", " ")


def test_reissued_for_a_new_name(world: World, client: Client) -> None:
    rule(world)
    old = world.credential()
    with pytest.raises(NameUnchanged):
        reissue(credential=old, by=None)
    User.objects.filter(pk=old.person_id).update(surname_1="Güemes")
    made = reissue(credential=old, by=None)
    old.refresh_from_db()
    assert made.said.holder.name == "Javier Güemes Lara" and made.said.replaces == old.number
    assert (made.period, made.version, made.valid_until) == (1, 2, old.valid_until) and made.is_intact
    assert old.said.holder.name == "Javier Ávila Lara" and old.superseded_by == made
    assert "Superseded" in client.get(f"/en/verify/{old.code}/").content.decode()
    assert issue_credential(enrollment=old.enrollment, at=days_after(1)) == made
    with pytest.raises(StandingForbids):
        reissue(credential=old, by=None)
    assert reconcile().issued == 0


def test_the_check_tells_how_it_ended(world: World, client: Client, django_assert_max_num_queries) -> None:
    rule(world)
    credential = world.credential()
    with clock.simulated(days_after(400)), django_assert_max_num_queries(6):
        text = client.get(f"/en/verify/{credential.code}/").content.decode()
    assert "Genuine, but expired" in text and "Javier Ávila Lara" in text
    revoke(
        credential=credential,
        reason_en="Wrong",
        reason_es="Equivocado",
        authority=world.participants["DHS"],
        by=None,
    )
    text = client.get(f"/es/verify/{credential.code}/").content.decode()
    assert "Equivocado" in text and "DHS en español" in text


def letters() -> list[str]:
    return list(Letter.objects.filter(kind="certificate_ends").order_by("pk").values_list("language", flat=True))


def test_holders_are_told_once_each_in_their_language(world: World) -> None:
    rule(world)
    first, second = world.credential(), world.credential("Ana Ruiz Paz", "DHS")
    User.objects.filter(pk=first.person_id).update(preferred_language="es")
    User.objects.filter(pk=second.person_id).update(preferred_language="en")

    def on(days: int) -> int:
        with clock.simulated(days_after(days)):
            is_due, written = notices_are_due(), sum(write_due_notices())
            assert is_due == bool(written)
            return written

    assert on(300) == 0
    assert on(304) == 2 and sorted(letters()) == ["en", "es"]
    assert on(305) == 0, "once each"
    assert on(355) == 2 and on(360) == 0
    letter = Letter.objects.filter(language="es").first()
    assert letter is not None and "19 de noviembre de 2027" in letter.subject
    assert on(366) == 0, "nobody is told of what is over"


def test_a_notice_waits_for_the_end_of_quiet_hours_and_stands_in_the_log_of_reminders(world: World) -> None:
    rule(world)
    credential = world.credential()
    midnight = days_after(304).replace(hour=0, minute=0)
    with clock.simulated(midnight):
        assert sum(write_due_notices()) == 1
    letter, row = Letter.objects.get(), Reminder.objects.get()
    assert midnight < letter.next_try_at < midnight + dt.timedelta(days=3) and letter.next_try_at.hour == 8
    assert letter.next_try_at.weekday() < 5 and not Letter.objects.due(midnight + dt.timedelta(hours=7)).exists()
    assert (row.kind, row.state, row.letter, row.recipient) == ("certificate", "sent", letter, credential.person)


def test_whoever_was_not_told_in_time_gets_the_last_notice_alone(world: World) -> None:
    rule(world)
    world.credential()
    with clock.simulated(days_after(360)):
        assert sum(write_due_notices()) == 1 and sum(write_due_notices()) == 0
    assert ExpiryNotice.objects.get().days == 14


def test_nobody_is_told_who_has_renewed_or_was_revoked(world: World) -> None:
    rule(world)
    first, second = world.credential(), world.credential("Ana Ruiz Paz")
    issue_credential(enrollment=completed_again(world, first.person, days_after(330)), at=days_after(330))
    revoke(credential=second, reason_en="Wrong", reason_es="Equivocado", by=None)
    with clock.simulated(days_after(355)):
        assert sum(write_due_notices()) == 0


def test_looking_for_ends_costs_the_same_for_few_and_for_many(world: World) -> None:
    rule(world)
    counts = []
    for many in (2, 6):
        for number in range(many):
            world.credential(f"Ana Ruiz {number}")
        with (
            clock.simulated(days_after(304 if many == 2 else 356)),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            list(write_due_notices())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_day_is_one_that_both_pages_print(world: World) -> None:
    rule(world)
    payload = world.credential().said
    for language, words in (
        ("en", "Valid until November 19, 2027"),
        ("es", "Vigente hasta el 19 de noviembre de 2027"),
    ):
        page = PAPERS["a4"]
        passages = holder_layer(payload, language, page, code_cells(payload, page))  # type: ignore[arg-type]
        assert words in [getattr(mark, "text", "") for passage in passages for mark in passage.marks]
