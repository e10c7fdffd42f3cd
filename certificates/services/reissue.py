"""Issues a certificate anew after its holder changed the name: linked to the old one, which it takes the place of."""

from __future__ import annotations

import dataclasses

from django.db import transaction

from people import audit, clock
from people.models import User

from ..codes import new_code, number_of
from ..exceptions import NameUnchanged, StandingForbids
from ..models import CertificateNumber, Credential, Standing
from ..payload import SCHEMA, band_of
from .designs import with_sentences
from .issuance import ask_for_documents, supersede
from .payloads import bodies_on, holder_of, verification_address


@transaction.atomic
def reissue(*, credential: Credential, by: User | None) -> Credential:
    """A certificate that says the same of the holder's present name, signed by those who sign today.

    What was learned, the day of completion and the last day stay. Holds the old certificate's row.

    Raises:
        StandingForbids: the old one is not valid now.
        NameUnchanged: it names the holder as the account does.
        BodiesMissing: fewer than two Participants are set up.
    """
    old = Credential.objects.select_for_update(of=("self",)).select_related("person").get(pk=credential.pk)
    now = clock.now()
    if old.standing_at(now) != Standing.VALID:
        raise StandingForbids(number=old.number, standing=old.standing_at(now).label)
    said, holder = old.said, holder_of(old.person)
    if holder == said.holder:
        raise NameUnchanged(number=old.number, name=holder.name)
    code = new_code()
    number = number_of(CertificateNumber.objects.create().pk, now.year)
    payload = dataclasses.replace(
        said,
        schema=SCHEMA,
        number=number,
        code=code,
        verify_url=verification_address(code),
        holder=holder,
        issued_on=now.date().isoformat(),
        bodies=bodies_on(now.date()),
        replaces=old.number,
        design=with_sentences(said.design),
        score_percent=None,
        score_band=said.score_band or band_of(said.score_percent),
    )
    made = Credential.objects.create(
        number=number,
        code=code,
        person_id=old.person_id,
        edition_id=old.edition_id,
        enrollment_id=old.enrollment_id,
        period=old.period,
        version=old.version + 1,
        payload=payload.as_json(),
        payload_sha256=payload.sha256,
        issued_at=now,
        valid_until=old.valid_until,
        renewable_from=old.renewable_from,
    )
    ask_for_documents()
    with audit.gathering():
        supersede([old], by_credential=made, at=now, by=by)
        data = {"number": number, "replaces": old.number, "sha256": payload.sha256}
        audit.record("certificates.credential.reissued", made, by=by, data=data)
    return made
