"""Issues credentials: once per person and edition, in the transaction that decides completion."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, connection, transaction

from curricula.models import Enrollment
from jobs.services import enqueue
from people import audit
from people.models import User

from ..codes import new_code, number_of
from ..exceptions import NotCompleted
from ..models import CertificateNumber, Credential
from .payloads import payload_of

DRAWING = "draw_certificates"
_ATTEMPTS = 3  # against the chance, of one in 2**60 for each certificate there is, that a code was taken


@transaction.atomic
def issue_credential(*, enrollment: Enrollment, at: dt.datetime, by: User | None = None) -> Credential:
    """The credential of a completed enrollment: the one that exists, or a new one with its payload frozen.

    Two calls at once give one credential: the database holds (person, edition) unique, and the later call returns the
    earlier one's. A number is taken from the database's own sequence, so that parallel workers never wait for each
    other (see CertificateNumber). The document is drawn by a job that is asked for when the transaction commits.

    Raises:
        NotCompleted: the enrollment is not completed.
        BodiesMissing: fewer than two Participants are set up.
    """
    if enrollment.state != Enrollment.State.COMPLETED:
        raise NotCompleted(person=enrollment.person)
    edition = enrollment.edition
    mine = Credential.objects.filter(person=enrollment.person_id, edition=edition)
    if existing := mine.first():
        return existing
    number = number_of(CertificateNumber.objects.create().pk, at.year)
    for attempt in range(1, _ATTEMPTS + 1):
        payload = payload_of(enrollment, number=number, code=new_code(), issued_on=at.date())
        try:
            with transaction.atomic():
                credential = Credential.objects.create(
                    number=number,
                    code=payload.code,
                    person_id=enrollment.person_id,
                    edition=edition,
                    payload=payload.as_json(),
                    payload_sha256=payload.sha256,
                    issued_at=at,
                )
        except IntegrityError:
            if existing := mine.first():
                return existing
            if attempt == _ATTEMPTS:
                raise
            continue
        break
    ask_for_documents()
    audit.record(
        "certificates.credential.issued",
        credential,
        by=by,
        data={"number": number, "sha256": payload.sha256, "person": enrollment.person_id, "enrollment": enrollment.pk},
        concerns=enrollment.participant_id,
    )
    return credential


def ask_for_documents() -> None:
    """Ask for the drawing job, once per transaction, after its commit: a job that started earlier would not see the
    rows.

    A request that stands in the list outlives this call's savepoint: one that was rolled back is taken off the list.
    """
    if not any(hook[1] is _enqueue_drawing for hook in connection.run_on_commit):
        transaction.on_commit(_enqueue_drawing, robust=True)


def _enqueue_drawing() -> None:
    enqueue(kind=DRAWING, by=None, key=DRAWING)
