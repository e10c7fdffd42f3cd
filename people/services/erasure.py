"""Erases a person: what is left are figures that name nobody, and the certificates that were issued."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..access import may
from ..erasing import Erasure, Reason, effects
from ..exceptions import DomainError
from ..models import User
from ..roles import Right


class ErasedAlready(DomainError):
    code = "erased_already"
    message = _("This person was erased already.")


class CannotEraseOneself(DomainError):
    code = "cannot_erase_oneself"
    message = _("Nobody erases their own account alone. Ask another administrator of your Participant.")


class FilesInTheWay(DomainError):
    code = "files_in_the_way"
    message = _("Nothing was erased: a file could not be deleted (%(problem)s). Ask the operator to look at it.")


def erasable_by(user: User) -> QuerySet[User]:
    """Whom an administrator may erase: others of the own Participant. The operator, an account without a Participant,
    may erase anybody; only the operator may erase another operator."""
    if not may(user, Right.ADMINISTER):
        return User.objects.none()
    people = User.objects.filter(erased_at__isnull=True).exclude(pk=user.pk)
    if not user.is_superuser:
        people = people.filter(is_superuser=False)
    if user.is_superuser and user.participant_id is None:
        return people
    return people.filter(participant=user.participant_id, participant__isnull=False)


@transaction.atomic
def erase_person(*, person: User, by: User | None, reason: Reason) -> Erasure:
    """Replace everything by which a person can be known; `by` is None when the retention schedule acts.

    Holds the person's row: two erasures at once are one. Files are deleted last, before the commit: if one cannot be
    deleted, nothing is erased; if the commit fails, only files are lost that can be made again.

    Raises:
        PermissionDenied: an administrator of another Participant, or none.
        CannotEraseOneself, ErasedAlready, FilesInTheWay: nothing is written.
    """
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.erased_at:
        raise ErasedAlready
    if by is not None and by.pk == person.pk:
        raise CannotEraseOneself
    if by is not None and not erasable_by(by).filter(pk=person.pk).exists():
        raise PermissionDenied
    erasure = Erasure.of(person)
    for effect in effects():
        effect.step(erasure)
    counts = {name: count for name, count in sorted(erasure.done.items()) if count}
    audit.record("people.person.erased", person, by=by, data={"why": Reason(reason).value, "counts": counts})
    try:
        erasure.remove_files()
    except OSError as fault:
        raise FilesInTheWay(problem=fault.strerror or fault) from None
    return erasure
