"""A round over the cohorts of the demonstration: targets, a requirement, nominations for its next cohort, and what
became of some enrollments. All of it by the services that the pages call."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from curricula.models import Cohort, CurriculumEdition, Enrollment, Requirement, Round
from curricula.services.deciding import accept_nominations, decline_nominations
from curricula.services.life import extend, give_leave
from curricula.services.nominating import Nominee, nominate
from curricula.services.requirements import save_requirement
from curricula.services.rounds import Target, save_round, set_targets
from people import clock
from people.models import Agency, Office, Participant, User

from .accounts import make_accounts, trainee_emails
from .stage import OTHER_MANAGER, ROUND_MANAGER

ROUND = "first-round"
NEXT_COHORT = "aga-second"
DAY = dt.timedelta(days=1)
NOMINEES = (
    ("Citlali", "Barragán", "Ochoa"),
    ("Héctor Iván", "Güemes", "Peña"),
    ("Yolanda", "Ibáñez", "Zúñiga"),
    ("Saúl", "Cárdenas", "Núñez"),
    ("Ximena", "Arreola", "Solís"),
    ("Noé", "Villaseñor", "Luna"),
    ("Berenice", "Quiñones", "Mata"),
    ("Gaspar", "Muñiz", "Olvera"),
)
"""Invented officers. One more is nominated who resembles an officer of the rosters."""


def set_round(cohorts: list[Cohort]) -> None:
    """Bring the cohorts into a round, once. Each side's manager sets the targets of that side."""
    if Round.objects.filter(code=ROUND).exists():
        return
    users = make_accounts()
    manager, other_manager = users[ROUND_MANAGER], users[OTHER_MANAGER]
    opens_on = min(cohort.opens_on for cohort in cohorts)
    closes_on = max(cohort.closes_on for cohort in cohorts) + 120 * DAY
    editions = CurriculumEdition.objects.published().filter(curriculum__code="CO")
    with clock.simulated(dt.datetime.combine(opens_on - 20 * DAY, dt.time(15), dt.UTC)):
        found = save_round(
            training_round=Round(
                code=ROUND, name_en="First joint round", name_es="Primera ronda conjunta", owner=manager,
                opens_on=opens_on, closes_on=closes_on, is_demo=True,
            ),
            curricula=[cohort.edition.curriculum for cohort in cohorts],
            by=manager,
        )  # fmt: skip
        agreed = "Agreed for the first round · Acordado para la primera ronda"
        officers = Counter(Enrollment.objects.filter(cohort__in=cohorts).values_list("participant__code", flat=True))
        _targets(found, "SHCP", officers["SHCP"], agreed, manager)
        _targets(found, "DHS", officers["DHS"], agreed, other_manager)
    for cohort in cohorts:
        Cohort.objects.filter(pk=cohort.pk).update(round=found, seats=cohort.target_persons + 20)
    following = Cohort.objects.create(
        code=NEXT_COHORT, name_en="Second cohort of 40 officers", name_es="Segundo grupo de 40 oficiales",
        edition=editions.latest("pk"), participant=Participant.objects.get(code="SHCP"), round=found, seats=40,
        target_persons=40, opens_on=clock.today() + 21 * DAY, closes_on=closes_on, is_demo=True,
    )  # fmt: skip
    with clock.simulated(clock.now() - 10 * DAY):
        _targets(found, "SHCP", officers["SHCP"] + 40, "A second cohort is added · Se agrega un segundo grupo", manager)
        _nominations(found, following, cohorts[0], manager)
    _transitions(cohorts[0], manager)
    save_requirement(
        requirement=Requirement(
            name_en="Customs officers of AGA", name_es="Oficiales de la AGA", curriculum=following.edition.curriculum,
            participant=following.participant, agency=Agency.objects.get(code="AGA"), from_on=opens_on,
        ),
        by=manager,
    )  # fmt: skip


def _targets(found: Round, side: str, persons: int, reason: str, by: User) -> None:
    participant = Participant.objects.get(code=side)
    target = Target(Agency.objects.get(code={"SHCP": "AGA", "DHS": "CBP"}[side]), None, "", persons)
    set_targets(training_round=found, participant=participant, targets=[target], reason=reason, by=by)


def _nominations(found: Round, cohort: Cohort, first: Cohort, manager: User) -> None:
    """Three of the nominees are accepted and one is declined; the others wait for the round's manager."""
    offices = list(Office.objects.filter(agency__code="AGA").select_related("agency").order_by("name_en")[:4])
    known = Enrollment.objects.filter(cohort=first).select_related("person__office__agency").order_by("pk")[0].person
    nominees = [
        Nominee(
            email=f"nominee{number}@aduanas.example", given_names=given, surname_1=one, surname_2=two,
            officer_number=f"AGA-N{number:03}", position="", language="es", office=offices[number % len(offices)],
        )
        for number, (given, one, two) in enumerate(NOMINEES, start=1)
    ]  # fmt: skip
    alike = Nominee(
        email="nominee9@aduanas.example", given_names=known.given_names, surname_1=known.surname_2 or known.surname_1,
        surname_2=known.surname_1, officer_number="AGA-N009", position="", language="es", office=offices[0],
    )  # fmt: skip
    made = nominate(training_round=found, cohort=cohort, nominees=[*nominees, alike], by=manager).made
    accept_nominations(nominations=made[:3], cohort=None, by=manager)
    decline_nominations(nominations=made[3:4], reason="Nominated for the next year", by=manager)


def _transitions(cohort: Cohort, manager: User) -> None:
    """Three officers are on leave; two have more time."""
    rows = Enrollment.objects.filter(cohort=cohort).exclude(person__email__in=trainee_emails())
    active = list(rows.filter(state=Enrollment.State.ACTIVE).order_by("pk")[:5])
    for enrollment in active[:3]:
        give_leave(enrollment=enrollment, reason="leave", by=manager, effective_on=clock.today() - 6 * DAY)
    for enrollment in active[3:]:
        extend(enrollment=enrollment, due_on=cohort.closes_on + 21 * DAY, reason="operational need", by=manager)
