"""Issues credentials: once per person and edition, in the transaction that decides completion."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction

from curricula.models import Enrollment
from jobs.services import enqueue
from people import audit
from people.audit import Deed
from people.models import User

from ..codes import new_code, number_of
from ..exceptions import NotCompleted
from ..models import CertificateNumber, Credential
from ..payload import Payload
from .designs import chosen_design
from .lines import Term, covering, line_of, renewed_by, term_of
from .payloads import payload_of

DRAWING = "draw_certificates"
_ATTEMPTS = 3  # against the chance, of one in 2**60 for each certificate there is, that a code was taken


@transaction.atomic
def issue_credential(*, enrollment: Enrollment, at: dt.datetime, by: User | None = None) -> Credential:
    """The credential of a completed enrollment: the one that exists, or a new one with its payload frozen.

    Whoever completes the curriculum again gets another one only once the window of renewal is open: it opens the next
    period and takes the place of the earlier one, which is kept as it was. While a certificate of the curriculum is
    suspended, that one is returned; lifting the suspension issues what waited.

    Two calls at once give one credential: the database holds (person, edition, period, version) unique, and the later
    call returns the earlier one's. A number is taken from the database's own sequence, so that parallel workers never
    wait for each other (see CertificateNumber). The document is drawn by a job that is asked for when the transaction
    commits.

    Raises:
        NotCompleted: the enrollment is not completed.
        BodiesMissing: fewer than two Participants are set up.
    """
    if enrollment.state != Enrollment.State.COMPLETED:
        raise NotCompleted(person=enrollment.person)
    line = line_of(enrollment)
    if existing := covering(line, enrollment, at.date()):
        return existing
    term = term_of(line, enrollment, at)
    number, design = (
        number_of(CertificateNumber.objects.create().pk, at.year),
        chosen_design(enrollment.edition.curriculum),
    )
    for attempt in range(1, _ATTEMPTS + 1):
        payload = payload_of(enrollment, number=number, code=new_code(), issued_on=at.date(), term=term, design=design)
        try:
            with transaction.atomic():
                credential = _create(payload, enrollment=enrollment, at=at, term=term)
        except IntegrityError:
            if existing := covering(line_of(enrollment), enrollment, at.date()):
                return existing
            if attempt == _ATTEMPTS:
                raise
            continue
        break
    ask_for_documents()
    with audit.gathering():
        supersede(renewed_by(line, at.date()), by_credential=credential, at=at, by=by)
        audit.record(
            "certificates.credential.issued",
            credential,
            by=by,
            data={
                "number": number,
                "sha256": payload.sha256,
                "person": enrollment.person_id,
                "enrollment": enrollment.pk,
            },
            concerns=enrollment.participant_id,
        )
    return credential


def _create(payload: Payload, *, enrollment: Enrollment, at: dt.datetime, term: Term) -> Credential:
    return Credential.objects.create(
        number=payload.number,
        code=payload.code,
        person_id=enrollment.person_id,
        edition=enrollment.edition,
        enrollment=enrollment,
        period=term.period,
        payload=payload.as_json(),
        payload_sha256=payload.sha256,
        issued_at=at,
        valid_until=term.valid_until,
        renewable_from=term.renewable_from,
    )


def supersede(earlier: Sequence[Credential], *, by_credential: Credential, at: dt.datetime, by: User | None) -> None:
    """Let a new certificate take the place of earlier ones, which stay as they are. Nobody's place is taken twice."""
    standing = Credential.objects.filter(pk__in=[held.pk for held in earlier], superseded_at__isnull=True)
    if not earlier or not standing.update(superseded_at=at, superseded_by=by_credential):
        return
    audit.record_all(
        [
            Deed("certificates.credential.superseded", held, {"number": held.number, "by": by_credential.number})
            for held in earlier
        ],
        by=by,
    )


def ask_for_documents() -> None:
    """Ask for the drawing job, once per transaction, after its commit: a job that started earlier would not see the
    rows.

    A request that stands in the list outlives this call's savepoint: one that was rolled back is taken off the list.
    """
    if not any(hook[1] is _enqueue_drawing for hook in connection.run_on_commit):
        transaction.on_commit(_enqueue_drawing, robust=True)


def _enqueue_drawing() -> None:
    enqueue(kind=DRAWING, by=None, key=DRAWING)
