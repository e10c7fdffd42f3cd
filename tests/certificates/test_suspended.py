"""What a suspension and a revocation do to renewals."""

from __future__ import annotations

import datetime as dt

from certificates.models import Credential, Standing
from certificates.services.issuance import issue_credential
from certificates.services.reconciling import reconcile
from certificates.services.revocation import revoke
from certificates.services.suspension import lift, suspend
from people import clock

from .conftest import World
from .test_life import WHY, completed_again, days_after, rule


def test_whoever_is_suspended_does_not_renew_until_it_is_lifted(world: World) -> None:
    rule(world)
    first = world.credential()
    with clock.simulated(days_after(320)):
        suspend(credential=first, reason=WHY, authority=None, by=None)
    early = completed_again(world, first.person, days_after(100))
    within = completed_again(world, first.person, days_after(330))
    assert issue_credential(enrollment=within, at=days_after(330)) == first
    assert reconcile().issued == 0 and Credential.objects.count() == 1
    with clock.simulated(days_after(340)):
        lift(credential=first, by=None)
    second = Credential.objects.get(period=2)
    first.refresh_from_db()
    assert second.enrollment == within and first.superseded_by == second
    assert second.valid_until == dt.date(2028, 11, 19), "nobody loses days by a suspension that was lifted"
    assert reconcile().issued == 0 and not Credential.objects.filter(enrollment=early).exists()


def test_a_suspension_lifted_before_the_window_issues_nothing(world: World) -> None:
    rule(world)
    first = world.credential()
    suspend(credential=first, reason=WHY, authority=None, by=None)
    early = completed_again(world, first.person, days_after(100))
    assert issue_credential(enrollment=early, at=days_after(100)) == first
    with clock.simulated(days_after(110)):
        lift(credential=first, by=None)
    assert Credential.objects.get() == first and first.standing_at(days_after(111)) == Standing.VALID


def test_what_was_completed_before_a_revocation_does_not_outlive_it(world: World) -> None:
    rule(world)
    first = world.credential()
    suspend(credential=first, reason=WHY, authority=None, by=None)
    within = completed_again(world, first.person, days_after(330))
    assert issue_credential(enrollment=within, at=days_after(330)) == first
    with clock.simulated(days_after(340)):
        revoke(credential=first, reason_en="Wrong", reason_es="Equivocado", by=None)
    assert reconcile().issued == 0
    assert issue_credential(enrollment=within, at=days_after(341)) == first
    anew = completed_again(world, first.person, days_after(400))
    assert issue_credential(enrollment=anew, at=days_after(400)).period == 2
