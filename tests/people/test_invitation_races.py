"""Two at once: a link lets in once, a person has one open invitation, a letter is sent by one."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from people.models import Invitation, Letter, Participant, User
from people.roles import Role
from people.services.invitations import InvitationNotValid, accept_invitation, invite
from people.services.posting import send_due_letters
from people.services.roles import grant_role

from .conftest import mailbox

pytestmark = [
    pytest.mark.races,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("postgresql", "no_worker"),
]
AT_ONCE = 4


@pytest.fixture
def manager(transactional_db: None) -> User:
    side = Participant.objects.create(code="one", name_en="One", name_es="Uno", country_en="x", country_es="x")
    user = User.objects.create_user("m@one.example", given_names="Dana", surname_1="Castillo", participant=side)
    grant_role(user=user, role=Role.MANAGER, participant=side, by=None)
    return user


@pytest.fixture
def officer(manager: User) -> User:
    return User.objects.create_user(
        "o@one.example", given_names="Ana", surname_1="Ruiz", participant=manager.participant
    )


def together(do: Callable[[], object]) -> list[object]:
    """What four threads get that do the same at the same moment."""
    gate, found = threading.Barrier(AT_ONCE), list[object]()

    def one() -> None:
        gate.wait()
        try:
            found.append(do())
        except InvitationNotValid as refusal:
            found.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_a_link_lets_in_once(manager: User, officer: User) -> None:
    known = invite(person=officer, by=manager).token_sha256
    found = together(lambda: accept_invitation(token_sha256=known, password="quiet-river-52"))
    assert sorted(map(str, found)) == sorted([officer.full_name, *["invitation_not_valid"] * (AT_ONCE - 1)])


def test_managers_who_invite_at_once_leave_one_open_invitation_and_one_letter(manager: User, officer: User) -> None:
    assert len(together(lambda: invite(person=officer, by=manager))) == AT_ONCE
    assert Invitation.objects.open().count() == 1 and Invitation.objects.count() == AT_ONCE
    assert Letter.objects.filter(state="queued").count() == 1


def test_workers_that_send_at_once_send_each_letter_once(manager: User, officer: User) -> None:
    for _ in range(10):
        officer.pk, officer.email = None, f"o{_}@one.example"  # type: ignore[assignment]
        officer.save()
        invite(person=officer, by=manager)
    together(lambda: list(send_due_letters()))
    assert len({message.to[0] for message in mailbox()}) == len(mailbox()) == 10
