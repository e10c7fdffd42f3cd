"""A round's manager decides: accepts, which enrolls; lets wait, or declines, with a reason; and who resembles whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import OuterRef, Subquery

from people import audit, clock
from people.access import may
from people.audit import Deed
from people.models import User
from people.roles import Right
from people.selectors import to_invite, without_sign_in
from people.services.invitations import invite_people

from ..exceptions import (
    CohortMissing,
    InThatCohortBefore,
    LikenessOpen,
    NominationDecided,
    NotThatSide,
    OfficeMissing,
    SamePersonTwice,
)
from ..models import Cohort, Enrollment, Likeness, Nomination
from .enrollments import enroll
from .newcomers import link_accounts
from .nomination_letters import tell_of_decisions
from .seats import lock_cohort, require_seats

State = Nomination.State


@transaction.atomic
def accept_nominations(
    *,
    nominations: Sequence[Nomination],
    cohort: Cohort | None,
    by: User,
    due_on: dt.date | None = None,
) -> list[Enrollment]:
    """Accept nominees of one round and enroll them: in `cohort`, or in the one each is nominated for.

    Nominees without an account get one and an invitation; the nominees and whoever nominated them get a letter. Late
    joiners have their own `due_on`. Holds the cohorts' rows, in their order, and then the nominations'; a seat that a
    nomination holds is its own, and for the others seats are counted.

    Raises:
        CohortMissing, NotThatSide: a nominee has no cohort, or the cohort is the other Participant's.
        NominationDecided: one was decided already.
        LikenessOpen: one resembles somebody, and nobody has decided that.
        InThatCohortBefore: one is, or was, enrolled there.
        AddressElsewhere, OfficeMissing: an account is in the way, or lacks its place.
        SeatsTaken: the seats do not suffice.
    """
    wanted = {cohort.pk} if cohort else {each.cohort_id for each in nominations if each.cohort_id}
    cohorts = {pk: lock_cohort(pk) for pk in sorted(wanted)}
    held = _held(nominations)
    groups: dict[int, list[Nomination]] = {pk: [] for pk in cohorts}
    for each in held:
        place = cohort.pk if cohort else each.cohort_id
        if place is None:
            raise CohortMissing(name=each.full_name)
        if cohorts[place].participant_id not in {None, each.participant_id}:
            raise NotThatSide(cohort=cohorts[place].code)
        groups[place].append(each)
    _refuse_undecided(held)
    with audit.gathering():
        link_accounts(nominations=held, by=by)
        enrolled = [each for pk, group in groups.items() for each in _enroll(group, cohorts[pk], due_on, by) if group]
        _invite([each.person for each in held if each.person], by)
        _decided(held, State.ACCEPTED, "", by)
        tell_of_decisions(held)
    return enrolled


@transaction.atomic
def let_wait(*, nominations: Sequence[Nomination], reason: str, by: User) -> None:
    """Put nominees on the waiting list; seats that they held are free. Holds the nominations' rows.

    Raises:
        NominationDecided: one was accepted or declined already.
    """
    held = _held(nominations)
    with audit.gathering():
        _decided(held, State.WAITING, reason, by)
        tell_of_decisions(held)


@transaction.atomic
def decline_nominations(*, nominations: Sequence[Nomination], reason: str, by: User) -> None:
    """Decline nominees, with a reason; seats that they held are free. Holds the nominations' rows.

    Raises:
        NominationDecided: one was accepted or declined already.
    """
    held = _held(nominations)
    with audit.gathering():
        _decided(held, State.DECLINED, reason, by)
        tell_of_decisions(held)


@transaction.atomic
def hold_seats(*, nominations: Sequence[Nomination], cohort: Cohort, until: dt.date, by: User) -> None:
    """Hold a seat of a cohort for each nominee until a day. Holds the cohort's row, then the nominations'.

    Raises:
        NominationDecided: one was accepted or declined already.
        NotThatSide: the cohort is the other Participant's.
        SeatsTaken: the seats do not suffice.
    """
    place = lock_cohort(cohort.pk)
    held = _held(nominations)
    if any(place.participant_id not in {None, each.participant_id} for each in held):
        raise NotThatSide(cohort=place.code)
    newly = [each for each in held if not (each.holds_a_seat and each.cohort_id == place.pk)]
    require_seats(place, len(newly))
    for each in held:
        each.state, each.cohort, each.held_until = State.PROPOSED, place, until
    Nomination.objects.bulk_update(held, ["state", "cohort", "held_until"], batch_size=500)
    data = {"cohort": place.pk, "until_on": until}
    audit.record_all([Deed("curricula.nomination.seat_held", each, data) for each in held], by=by)


@transaction.atomic
def decide_likeness(*, likeness: Likeness, is_same: bool, by: User) -> None:
    """Say whether a nominee is the person it resembles. The same account is linked, with nothing changed in it; the
    same nominee of the round means that this nomination is declined. Holds the nomination's row.

    Raises:
        NominationDecided: the nomination was decided already.
        SamePersonTwice: that account is nominated for the round already.
    """
    nomination = _held([likeness.nomination])[0]
    likeness = Likeness.objects.select_related("person", "other").get(pk=likeness.pk)
    likeness.decision = Likeness.Decision.SAME if is_same else Likeness.Decision.DIFFERENT
    likeness.decided_at, likeness.decided_by = clock.now(), by
    likeness.save(update_fields=["decision", "decided_at", "decided_by"])
    with audit.gathering():
        audit.record(
            "curricula.nomination.likeness_decided",
            nomination,
            by=by,
            data={"decision": likeness.decision, "person": likeness.person_id, "other": likeness.other_id},
        )
        if is_same and likeness.person:
            _link(nomination, likeness.person)
        elif is_same:
            _decided([nomination], State.DECLINED, "", by)


def _link(nomination: Nomination, person: User) -> None:
    """The other accounts that it resembles are other people then."""
    twice = Nomination.objects.filter(round=nomination.round_id, person=person).exclude(state=State.DECLINED)
    if twice.exclude(pk=nomination.pk).exists():
        raise SamePersonTwice(name=person.full_name)
    nomination.person = person
    nomination.save(update_fields=["person"])
    rest = nomination.likenesses.filter(decision=Likeness.Decision.OPEN, person__isnull=False)
    rest.update(decision=Likeness.Decision.DIFFERENT, decided_at=clock.now())


def _held(nominations: Sequence[Nomination]) -> list[Nomination]:
    rows = Nomination.objects.select_for_update(of=("self",)).select_related(
        "round", "cohort", "person", "nominated_by", "participant"
    )
    held = list(rows.filter(pk__in=[each.pk for each in nominations]).order_by("pk"))
    for each in held:
        if not each.is_open:
            raise NominationDecided(name=each.full_name)
    return held


def _refuse_undecided(held: Sequence[Nomination]) -> None:
    undecided = Likeness.objects.filter(nomination__in=held, decision=Likeness.Decision.OPEN)
    first = undecided.select_related("nomination").order_by("pk").first()
    if first:
        raise LikenessOpen(name=first.nomination.full_name)


def _enroll(group: Sequence[Nomination], cohort: Cohort, due_on: dt.date | None, by: User) -> list[Enrollment]:
    people = [each.person for each in group if each.person]
    for person in people:
        if person.office_id is None:
            raise OfficeMissing(name=person.full_name)
    before = Enrollment.objects.filter(cohort=cohort, person__in=people).select_related("person").first()
    if before:
        raise InThatCohortBefore(name=before.person.full_name, cohort=cohort.code)
    taken = Nomination.objects.filter(pk__in=[each.pk for each in group])
    taken.update(held_until=None, cohort=cohort)  # their seats are counted as theirs now
    absent = without_sign_in(User.objects.filter(pk__in=[person.pk for person in people])).values_list("pk", flat=True)
    enrolled = enroll(people=people, cohort=cohort, by=by, invited=set(absent), due_on=due_on)
    by_person = {each.person_id: each for each in enrolled}
    for each in group:
        each.cohort = cohort
        each.enrollment = by_person[each.person_id or 0]
    return enrolled


def _invite(people: Sequence[User], by: User) -> None:
    """Whoever cannot sign in gets an invitation, where the manager may give one."""
    if may(by, Right.INVITE):
        waiting = list(to_invite(User.objects.filter(pk__in=[person.pk for person in people])))
        if waiting:
            invite_people(people=waiting, by=by)


def _decided(held: Sequence[Nomination], state: State, reason: str, by: User) -> None:
    before = {each.pk: each.state for each in held}
    new = {"state": state, "reason": reason, "held_until": None, "decided_at": clock.now(), "decided_by": by}
    for each in held:
        for name, value in new.items():
            setattr(each, name, value)
    place = Enrollment.objects.filter(person=OuterRef("person"), cohort=OuterRef("cohort")).values("pk")
    enrolled = {"enrollment": Subquery(place)} if state == State.ACCEPTED else {}
    Nomination.objects.filter(pk__in=[each.pk for each in held]).update(**new, **enrolled)
    audit.record_all(
        [
            Deed(
                f"curricula.nomination.{state.value}",
                each,
                {"round": each.round_id, "cohort": each.cohort_id, "person": each.person_id},
                before={"state": before[each.pk]},
                after={"state": each.state},
            )
            for each in held
        ],
        by=by,
    )
