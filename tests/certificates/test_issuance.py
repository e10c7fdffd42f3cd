"""Issued once, with the decision of completion, and frozen."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from certificates.exceptions import BodiesMissing, NotCompleted
from certificates.models import Credential, Signatory
from certificates.services.issuance import DRAWING, issue_credential
from certificates.services.reconciling import reconcile
from certificates.services.verification import Status, look_up
from curricula.models import Enrollment
from curricula.services.completion import complete_enrollment_of
from jobs.models import Job
from people.models import AuditEntry, Participant

from .conftest import COMPLETED_AT, World, draw_all


def test_payload_says_what_was_true_on_the_day(world: World) -> None:
    payload = world.credential().said
    assert payload.holder.name == "Javier Ávila Lara"
    assert [course.code for course in payload.courses] == ["IN-201", "IN-202"]
    assert payload.hours == 12 and payload.modes_en == "Self-paced 8\u00a0h, with an instructor 4\u00a0h"
    assert [outcome.en for outcome in payload.outcomes][:3] == [
        "Explain 1 of IN-201.",
        "Explain 1 of IN-202.",
        "Explain 2 of IN-201.",
    ]
    assert [(goal.number, goal.primary) for goal in payload.goals] == [(2, True), (3, False), (4, False)]
    assert [body.participant for body in payload.bodies] == ["DHS", "SHCP"]
    assert payload.bodies[1].signatory == "Signatory of SHCP" and payload.bodies[1].agency_es == "Agencia AGA"
    assert [approval.participant for approval in payload.approvals] == ["DHS", "SHCP"]
    assert (payload.issued_on, payload.completed_on, payload.score_band) == ("2026-11-20", "2026-11-20", "80–89")
    assert payload.place_es == "Nuevo Laredo" and not payload.demonstration
    assert payload.verify_url == f"https://puente.example/v/{payload.code}"


def test_a_later_change_of_name_or_signatory_does_not_reach_it(world: World) -> None:
    credential = world.credential()
    person = credential.person
    person.surname_1 = "Otro"
    person.save()
    Signatory.objects.update(name="Somebody new")
    Credential.objects.get().said  # noqa: B018
    assert Credential.objects.get().said == credential.said
    assert Credential.objects.get().is_intact


def test_issuing_twice_gives_the_same(world: World) -> None:
    enrollment = world.enrollment(world.officer())
    first = issue_credential(enrollment=enrollment, at=COMPLETED_AT)
    assert issue_credential(enrollment=enrollment, at=COMPLETED_AT + dt.timedelta(days=1)) == first
    assert Credential.objects.count() == 1


def test_only_completed_enrollments_are_certified(world: World) -> None:
    with pytest.raises(NotCompleted, match="Javier Ávila Lara has not completed"):
        issue_credential(enrollment=world.enrollment(world.officer(), is_completed=False), at=COMPLETED_AT)


def test_two_participants_are_needed(world: World) -> None:
    enrollment = world.enrollment(world.officer())
    Participant.objects.filter(code="DHS").update(valid_until=COMPLETED_AT.date() - dt.timedelta(days=1))
    with pytest.raises(BodiesMissing):
        issue_credential(enrollment=enrollment, at=COMPLETED_AT)


def test_completion_issues_in_its_own_transaction(world: World, django_capture_on_commit_callbacks) -> None:
    enrollment = world.enrollment(world.officer(), is_completed=False)
    last = enrollment.courses.get(position=2).record
    type(last).objects.filter(pk=last.pk).update(objects_done=1, completed_at=COMPLETED_AT)
    with django_capture_on_commit_callbacks(execute=True):
        complete_enrollment_of(record_id=last.pk, at=COMPLETED_AT, by=None)
    credential = Credential.objects.get()
    assert credential.person == enrollment.person and credential.issued_at == COMPLETED_AT
    assert Job.objects.filter(kind=DRAWING).count() == 1
    assert AuditEntry.objects.filter(action="certificates.credential.issued").count() == 1


def test_many_in_one_transaction_ask_for_one_job(world: World, django_capture_on_commit_callbacks) -> None:
    enrollments = [world.enrollment(world.officer(f"Ana Ruiz {n}")) for n in range(5)]
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        for enrollment in enrollments:
            issue_credential(enrollment=enrollment, at=COMPLETED_AT)
    assert len([callback for callback in callbacks if callback.__name__ == "_enqueue_drawing"]) == 1


def test_issuing_takes_a_fixed_number_of_queries(world: World, django_assert_max_num_queries) -> None:
    world.credential()
    enrollment = Enrollment.objects.select_related("person", "office", "cohort__edition__curriculum").get(
        pk=world.enrollment(world.officer("Ana Ruiz Paz")).pk
    )
    with django_assert_max_num_queries(19):
        issue_credential(enrollment=enrollment, at=COMPLETED_AT)


def test_the_database_holds_person_and_edition_unique(world: World) -> None:
    first = world.credential()
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.create(
            number="PU-2026-999999",
            code="0" * 12,
            person=first.person,
            edition=first.edition,
            payload={},
            payload_sha256="",
            issued_at=COMPLETED_AT,
        )


def test_a_credential_has_no_way_to_change(world: World) -> None:
    credential = world.credential()
    credential.payload["holder"]["name"] = "Somebody else"
    with pytest.raises(TypeError):
        credential.save()
    for change in ({"payload": {}}, {"number": "PU-2026-000009"}, {"code": "0" * 12}, {"person_id": 1}):
        with pytest.raises(TypeError):
            Credential.objects.update(**change)
    with pytest.raises(TypeError):
        Credential.objects.bulk_update([credential], ["payload"])


def test_numbers_and_codes_differ(world: World) -> None:
    issued = [world.credential(f"Ana Ruiz {n}") for n in range(4)]
    assert len({credential.number for credential in issued}) == len({credential.code for credential in issued}) == 4
    assert all(credential.number.startswith("PU-2026-") for credential in issued)
    assert look_up(issued[0].shown_code.lower()).status is Status.VALID


def test_reconciling_issues_and_draws_what_is_missing(world: World) -> None:
    world.enrollment(world.officer("Ana Ruiz Paz"))
    drawn = world.credential()
    draw_all()
    from certificates.services.documents import folder

    (folder() / Credential.objects.get(pk=drawn.pk).document).unlink()
    found = reconcile()
    assert (found.issued, found.lost, found.waiting) == (1, 1, 2)
    draw_all()
    again = reconcile()
    assert (again.issued, again.lost, again.waiting) == (0, 0, 0)
    assert Credential.objects.count() == 2 and not Credential.objects.undrawn().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="races are tested on PostgreSQL")
def test_parallel_workers_issue_once(world: World) -> None:
    enrollment = world.enrollment(world.officer())
    gate, found = threading.Barrier(4), []

    def issue() -> None:
        gate.wait()
        try:
            found.append(issue_credential(enrollment=enrollment, at=COMPLETED_AT).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1
