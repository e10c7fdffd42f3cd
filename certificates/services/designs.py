"""Which design and which sentences the certificates of a curriculum have, and what they look like before any exists."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from curricula.models import Curriculum, CurriculumEdition
from people import audit, clock
from people.models import User

from ..exceptions import LetterMissing, SentenceIncomplete
from ..models import CertificateDesign
from ..payload import (
    SCHEMA,
    ApprovalGiven,
    CurriculumNamed,
    Design,
    EditionNamed,
    Holder,
    Pair,
    Payload,
)
from ..pdf.faces import SERIF_ITALIC, repertoire
from ..pdf.words import WORDS
from .contents import contents_of
from .payloads import bodies_on, verification_address
from .wording import goals_of, modes_of, outcomes_of

SENTENCES = ("opening", "statement", "closing")
LONG_NAME = "María de los Ángeles Güemes Ibáñez de la Peña y Núñez"  # nobody's
_NO_CODE = "0" * 12


def chosen_design(curriculum: Curriculum) -> Design:
    """The design of a curriculum today, with every sentence written out. One query."""
    row = CertificateDesign.objects.filter(curriculum=curriculum).first()
    return with_sentences(design_of(row)) if row else with_sentences(Design())


def design_of(row: CertificateDesign) -> Design:
    """A row as a payload says it; empty sentences stay empty."""
    pairs = {each: Pair(getattr(row, f"{each}_en"), getattr(row, f"{each}_es")) for each in SENTENCES}
    return Design(row.code, row.paper, **pairs)


def with_sentences(design: Design) -> Design:
    """The design with the standard sentence where it has none: so it is frozen."""
    pairs = {each: pair if (pair := getattr(design, each)).en else WORDS[each] for each in SENTENCES}
    return Design(design.code, design.paper, **pairs)


def check_sentences(design: Design) -> None:
    """Refuse what is said in one language only, and letters that the faces do not have.

    Raises:
        SentenceIncomplete, LetterMissing
    """
    for each in SENTENCES:
        pair: Pair = getattr(design, each)
        if bool(pair.en) != bool(pair.es):
            raise SentenceIncomplete(sentence=pair.en or pair.es)
        if missing := sorted(set(pair.en + pair.es) - repertoire(SERIF_ITALIC)):
            raise LetterMissing(letters=" ".join(missing), sentence=pair.en)


@transaction.atomic
def choose_design(*, curriculum: Curriculum, design: Design, by: User | None) -> CertificateDesign:
    """Let certificates of a curriculum look so from now on; issued ones keep their look. The database holds one row a
    curriculum, and no sentence in one language only.

    Raises:
        SentenceIncomplete, LetterMissing
    """
    check_sentences(design)
    values: dict[str, Any] = {"code": design.code, "paper": design.paper}
    for each in SENTENCES:
        pair: Pair = getattr(design, each)
        values |= {f"{each}_en": pair.en, f"{each}_es": pair.es}
    before = CertificateDesign.objects.select_for_update().filter(curriculum=curriculum).values(*values).first()
    row, _is_new = CertificateDesign.objects.update_or_create(curriculum=curriculum, defaults=values)
    audit.record("certificates.design.chosen", row, by=by, data={"code": curriculum.code}, before=before, after=values)
    return row


def specimen_of(curriculum: Curriculum, design: Design) -> Payload:
    """What a certificate of the latest edition would say today of an invented holder. A fixed number of queries, and
    one for each frozen course that is not kept yet. Raises BodiesMissing.

    Before the first edition it says the title alone.
    """
    today = clock.today()
    edition = CurriculumEdition.objects.published().filter(curriculum=curriculum).order_by("-pk").first()
    followed = contents_of(edition) if edition else None
    return Payload(
        schema=SCHEMA,
        number=f"PU-{today.year}-000000",
        code=_NO_CODE,
        verify_url=verification_address(_NO_CODE),
        holder=Holder(LONG_NAME, ""),
        curriculum=CurriculumNamed(curriculum.code, curriculum.title_en, curriculum.title_es),
        edition=EditionNamed(edition.label if edition else "1", ""),
        approvals=tuple(ApprovalGiven(participant, day) for participant, day in followed.approvals) if followed else (),
        completed_on=today.isoformat(),
        issued_on=today.isoformat(),
        hours=followed.hours if followed else 0.0,
        modes_en=modes_of(followed.contents, "en") if followed else "",
        modes_es=modes_of(followed.contents, "es") if followed else "",
        courses=followed.courses if followed else (),
        outcomes=outcomes_of(followed.contents) if followed else (),
        goals=goals_of(followed.contents) if followed else (),
        bodies=bodies_on(today),
        place_en="Nuevo Laredo",
        place_es="Nuevo Laredo",
        score_percent=None,
        demonstration=True,
        design=design,
    )
