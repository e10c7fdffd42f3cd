"""What rounds hold about a person: nominations, what became of enrollments, and what a manager set up or decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people import clock
from people.erasing import Erasure, erases
from people.held_data import Field, Row, held, is_about_a_person
from people.models import Participant, User
from people.retaining import Expired, retained

from .models import Enrollment, EnrollmentEvent, Likeness, Nomination, Requirement, Round, TargetVersion

NAMES = ("email", "given_names", "surname_1", "surname_2", "officer_number", "position", "reason")
"""What a nomination says of a person in words."""

is_about_a_person("curricula.Nomination", "person")


@held(
    "enrollment_events",
    title=_("What became of your enrollments"),
    about=_("Leave, more time, transfers, withdrawals and the end of each enrollment, with the reason and the day."),
    place=102,
    fields=(
        Field("cohort", _("Cohort")),
        Field("before", _("State before"), lambda: dict(Enrollment.State.choices)),
        Field("after", _("State after"), lambda: dict(Enrollment.State.choices)),
        Field("effective_on", _("Effective from")),
        Field("due_on", _("Own due date")),
        Field("reason", _("Reason")),
        Field("at", _("Recorded")),
    ),
)
def enrollment_events(person: User) -> Iterable[Row]:
    """In the order in which they were recorded."""
    columns = ("enrollment__cohort__code", "before", "after", "effective_on", "due_on", "reason", "at")
    return EnrollmentEvent.objects.filter(enrollment__person=person).order_by("at", "pk").values_list(*columns)


@held(
    "nominations",
    title=_("Nominations"),
    about=_("For which rounds your office nominated you, as it wrote you down, and what was decided."),
    place=103,
    fields=(
        Field("round", _("Round")),
        Field("cohort", _("Cohort")),
        Field("state", _("State"), lambda: dict(Nomination.State.choices)),
        Field("reason", _("Reason")),
        Field("given_names", _("Given names")),
        Field("surname_1", _("First surname")),
        Field("surname_2", _("Second surname")),
        Field("email", _("E-mail")),
        Field("officer_number", _("Officer number")),
        Field("position", _("Position")),
        Field("nominated_at", _("Nominated")),
        Field("decided_at", _("Decided")),
    ),
    covers=["curricula.Nomination.person", "curricula.Likeness.person"],
)
def nominations(person: User) -> Iterable[Row]:
    """Those that are linked to the account. Whom others resembled is decided about the others."""
    columns = (
        "round__code", "cohort__code", "state", "reason", "given_names", "surname_1", "surname_2", "email",
        "officer_number", "position", "nominated_at", "decided_at",
    )  # fmt: skip
    return Nomination.objects.filter(person=person).order_by("nominated_at", "pk").values_list(*columns)


@held(
    "round_deeds",
    title=_("What you did in rounds"),
    about=_(
        "Rounds that you own, targets and requirements that you set, and how many nominations you made or decided."
    ),
    place=125,
    fields=(
        Field(
            "deed",
            _("What"),
            lambda: {
                "owns": _("owns the round"),
                "targets": _("set targets"),
                "requirement": _("set a requirement"),
                "nominated": _("nominated"),
                "decided": _("decided on nominations"),
                "compared": _("decided on possible duplicates"),
                "recorded": _("recorded what became of enrollments"),
            },
        ),
        Field("name", _("Name")),
        Field("count", _("How many")),
    ),
    covers=[
        "curricula.Round.owner",
        "curricula.TargetVersion.set_by",
        "curricula.Requirement.set_by",
        "curricula.Nomination.nominated_by",
        "curricula.Nomination.decided_by",
        "curricula.Likeness.decided_by",
        "curricula.EnrollmentEvent.by",
    ],
)
def round_deeds(person: User) -> Iterable[Row]:
    """A manager's own deeds; those about others are counted alone."""
    for code in Round.objects.filter(owner=person).order_by("code").values_list("code", flat=True):
        yield "owns", code, 1
    for version in TargetVersion.objects.filter(set_by=person).select_related("round", "participant").order_by("pk"):
        yield "targets", str(version), 1
    for name in Requirement.objects.filter(set_by=person).order_by("pk").values_list("name_en", flat=True):
        yield "requirement", name, 1
    counts = {
        "nominated": Nomination.objects.filter(nominated_by=person).count(),
        "decided": Nomination.objects.filter(decided_by=person).count(),
        "compared": Likeness.objects.filter(decided_by=person).count(),
        "recorded": EnrollmentEvent.objects.filter(by=person).count(),
    }
    for deed, count in counts.items():
        if count:
            yield deed, "", count


@erases(
    "nominations",
    says=_(
        "Nominations stay as counts with Participant, agency and office; names, address, number and reasons are "
        "removed. Those that were open are declined."
    ),
    place=205,
)
def unname_nominations(erasure: Erasure) -> None:
    """Linked ones, and those that name the same address: they may have waited for an account."""
    mine = Nomination.objects.filter(Q(person=erasure.person) | Q(person=None, email__iexact=erasure.email))
    now = clock.now()
    mine.open().update(state=Nomination.State.DECLINED, held_until=None, decided_at=now)
    erasure.done["curricula.Nomination kept"] += mine.update(**dict.fromkeys(NAMES, ""))
    erasure.remove("curricula.Likeness", Likeness.objects.filter(person=erasure.person))


def remove_nominations(keys: Sequence[Any]) -> int:
    """Delete nominations by schedule."""
    removed, _by_table = Nomination.objects.filter(pk__in=keys, enrollment=None).delete()
    return removed


@retained(
    "nominations",
    title=_("Nominations that were not accepted"),
    about=_("Nominees who were declined, or whose round has ended, and who never got an account by it."),
    suggested_days=365,
    remove=remove_nominations,
)
def old_nominations(participant: Participant, before: dt.datetime) -> Iterable[Expired]:
    """Nominations without an enrollment whose round closed before, the oldest first. One query."""
    rows = Nomination.objects.filter(participant=participant, enrollment=None, round__closes_on__lt=before.date())
    old = rows.filter(nominated_at__lt=before).order_by("nominated_at", "pk")
    return (Expired(at, pk) for at, pk in old.values_list("nominated_at", "pk"))
