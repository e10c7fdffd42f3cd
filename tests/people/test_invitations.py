"""Invitations: nobody registers alone; the own Participant invites, and a link lets in once, until a day."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.test import Client

from curricula.services.enrollments import enroll
from jobs.models import Job
from people import clock
from people.access import rights_of
from people.models import Agency, AuditEntry, Invitation, Letter, Office, RoleGrant, User
from people.roles import Role
from people.selectors import to_invite
from people.services.invitations import NotYourSide, invite, invite_people, token_hash
from people.services.posting import send_due_letters
from tests.school import School

from .conftest import link_in, mailbox, post

NEW, LIST = "/en/manage/invitations/new/", "/en/manage/invitations/"
PASSWORD = "quiet-river-52"


def form(side: str = "SHCP", **changed: object) -> dict[str, object]:
    agency = Agency.objects.get(code={"SHCP": "AGA", "DHS": "CBP"}[side])
    office, _ = Office.objects.get_or_create(
        agency=agency, code="port", defaults={"name_en": "Port", "name_es": "Puerto"}
    )
    return {
        "email": "Nueva@Aduanas.example", "given_names": "Ximena", "surname_1": "Güemes", "surname_2": "Rey",
        "agency": agency.pk, "office": office.pk, "language": "es", "role": "trainee", **changed,
    }  # fmt: skip


def officer(school: School, side: str = "SHCP", **fields: object) -> User:
    """An account as a roster makes it: without a password."""
    person = school.person(side, Role.TRAINEE, **fields)
    person.set_unusable_password()
    person.save()
    return person


def invited_link(school: School, person: User, **by: object) -> str:
    """Invite, send, and read the link out of the letter."""
    invite(person=person, by=school.person(person.participant.code, Role.MANAGER, **by))  # type: ignore[union-attr]
    list(send_due_letters())
    return link_in(mailbox()[-1])


def accept(client: Client, link: str, password: str = PASSWORD, again: str | None = None):  # type: ignore[no-untyped-def]
    page = client.get(link, follow=True)
    address = page.redirect_chain[-1][0]
    return client.post(address, {"password": password, "again": again or password}, follow=True)


def test_from_the_form_to_my_learning(school: School) -> None:
    manager = school.person("SHCP", Role.MANAGER, language="en", given_names="Rodrigo")
    page = school.client(manager).post(NEW, form(), follow=True).content.decode()
    assert "An invitation goes to nueva@aduanas.example" in page and "Ximena Güemes Rey" in page
    person = User.objects.get(email="nueva@aduanas.example")
    assert not person.has_usable_password() and person.participant == manager.participant
    list(send_due_letters())
    letter = mailbox()[0]
    assert letter.to == [person.email] and letter.reply_to == [manager.email] and "Rodrigo" in str(letter.body)
    link = link_in(letter)
    assert link.startswith("/es/invitation/")
    client = Client()
    opened = client.get(link, follow=True)
    assert opened.redirect_chain == [("/es/invitation/", 302)]
    assert "Ximena Güemes Rey" in opened.content.decode() and 'lang="es"' in opened.content.decode()
    arrived = accept(client, link)
    assert arrived.redirect_chain[-1][0] == "/es/my-learning/" and arrived.status_code == 200
    person.refresh_from_db()
    assert person.check_password(PASSWORD) and person.last_login
    assert EmailAddress.objects.get(user=person).verified and EmailAddress.objects.get(user=person).primary
    signed_in = Client().post("/es/account/login/", {"login": person.email, "password": PASSWORD})
    assert signed_in.status_code == 302
    assert "Accepted" in school.client(manager).get(LIST).content.decode()


def test_the_link_is_kept_nowhere(school: School, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    link = invited_link(school, officer(school))
    token = link.rstrip("/").rpartition("/")[2]
    assert len(token) >= 43
    invitation = Invitation.objects.get()
    assert invitation.token_sha256 == token_hash(token)
    client = Client()
    answer = client.get(link)
    assert token not in answer.headers["Location"] and answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"] or "no-cache" in answer.headers["Cache-Control"]
    accept(client, link)
    accept_page = client.get(link, follow=True)
    assert accept_page.status_code == 404
    assert token not in caplog.text
    assert token not in "".join(str(row) for row in [*Letter.objects.values(), *Invitation.objects.values()])
    assert token not in "".join(str(dict(session)) for session in [client.session])
    assert token not in "".join(str(entry.data) for entry in AuditEntry.objects.all())


def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(school: School) -> None:
    used, expired = officer(school), officer(school)
    used_link, expired_link = invited_link(school, used), invited_link(school, expired)
    replaced_link = invited_link(school, officer(school))
    Invitation.objects.filter(person=expired).update(expires_at=clock.now())
    Invitation.objects.exclude(person__in=[used, expired]).update(ended_at=clock.now())
    inactive_link = invited_link(school, gone := officer(school))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    accept(Client(), used_link)
    pages = set()
    for link in (used_link, expired_link, replaced_link, inactive_link, "/es/invitation/unknown/"):
        answer = Client().get(link, follow=True)
        assert answer.status_code == 404 and answer.redirect_chain == [("/es/invitation/", 302)]
        pages.add(answer.content.decode())
    assert len(pages) == 1 and "/es/account/login/" in pages.pop()
    assert Client().get("/en/invitation/").status_code == 404


def test_a_link_works_until_its_last_day(school: School, settings) -> None:
    settings.PUENTE_INVITATION_DAYS = 3
    link = invited_link(school, officer(school))
    with clock.simulated(clock.now() + dt.timedelta(days=3, minutes=1)):
        assert Client().get(link, follow=True).status_code == 404
    with clock.simulated(clock.now() + dt.timedelta(days=2, hours=23)):
        assert Client().get(link, follow=True).status_code == 200


def test_a_link_that_expires_on_the_open_page_changes_nothing(school: School) -> None:
    person = officer(school)
    link, client = invited_link(school, person), Client()
    client.get(link, follow=True)
    with clock.simulated(clock.now() + dt.timedelta(days=15)):
        answer = client.post("/es/invitation/", {"password": PASSWORD, "again": PASSWORD})
    person.refresh_from_db()
    assert answer.status_code == 404 and not person.has_usable_password() and not client.session.get("_auth_user_id")


@pytest.mark.parametrize(("password", "again"), [("short", "short"), ("passwordpassword", None), (PASSWORD, "other")])
def test_a_password_must_be_good_and_written_twice(school: School, password: str, again: str | None) -> None:
    person = officer(school)
    link, client = invited_link(school, person), Client()
    if password == "passwordpassword":
        password = person.email
    answer = accept(client, link, password, again)
    person.refresh_from_db()
    assert answer.status_code == 200 and 'class="error-text"' in answer.content.decode()
    assert not person.has_usable_password() and Invitation.objects.get().accepted_at is None
    assert accept(client, link).redirect_chain[-1][0] == "/es/my-learning/", "the invitation still works"


def test_somebody_else_who_is_signed_in_at_a_shared_computer_is_signed_out(school: School) -> None:
    colleague = school.person("SHCP", Role.TRAINEE)
    person = officer(school)
    link, client = invited_link(school, person), school.client(colleague)
    assert colleague.full_name in client.get(link, follow=True).content.decode()
    accept(client, link)
    assert client.session["_auth_user_id"] == str(person.pk) and "invitation" not in client.session


def test_inviting_again_makes_the_first_link_useless(school: School) -> None:
    person = officer(school)
    first = invited_link(school, person)
    manager = school.client(school.person("SHCP", Role.MANAGER))
    answer = manager.post(f"{LIST}{Invitation.objects.get().pk}/again/", follow=True)
    assert "An invitation goes to" in answer.content.decode()
    list(send_due_letters())
    second = link_in(mailbox()[-1])
    assert first != second and Client().get(first, follow=True).status_code == 404
    assert accept(Client(), second).redirect_chain[-1][0] == "/es/my-learning/"
    assert "already" in manager.post(f"{LIST}{Invitation.objects.first().pk}/again/", follow=True).content.decode()  # type: ignore[union-attr]


def test_a_letter_that_still_waits_is_not_sent_when_a_newer_one_is_written(school: School) -> None:
    person, manager = officer(school), school.person("SHCP", Role.MANAGER)
    invite(person=person, by=manager)
    invite(person=person, by=manager)
    assert [s.value for s in send_due_letters()] == ["sent"] and len(mailbox()) == 1
    assert Letter.objects.filter(state="withheld", reason="replaced", secrets={}).count() == 1
    assert accept(Client(), link_in(mailbox()[0])).status_code == 200


def test_an_invitation_is_ended(school: School) -> None:
    link = invited_link(school, officer(school))
    manager = school.client(school.person("SHCP", Role.MANAGER))
    page = manager.post(f"{LIST}{Invitation.objects.get().pk}/end/", follow=True).content.decode()
    assert "no longer works" in page and Client().get(link, follow=True).status_code == 404


def test_one_person_has_one_open_invitation_and_the_database_agrees(school: School) -> None:
    person = officer(school)
    invited_link(school, person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(person=person, token_sha256="x", expires_at=clock.now())


# Who may invite whom ---------------------------------------------------------------------------------------------


def test_who_may_invite(school: School) -> None:
    invited_link(school, officer(school))
    pk = Invitation.objects.get().pk
    posts = (NEW, f"{LIST}{pk}/again/", f"{LIST}{pk}/end/", "/en/manage/cohorts/cohort-1/invite/")
    for role in (Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ESC):
        client = school.client(school.person("SHCP", role))
        assert {client.get(page).status_code for page in (LIST, NEW)} == {403}
        assert {client.post(page, form()).status_code for page in posts} == {403}
    for page in (LIST, NEW):
        assert Client().get(page).headers["Location"].startswith("/en/account/login/")
    for page in posts:
        assert Client().post(page, form()).headers["Location"].startswith("/en/account/login/")
    assert Invitation.objects.count() == 1 and not User.objects.filter(email="nueva@aduanas.example").exists()


def test_the_other_side_neither_sees_nor_touches_an_invitation(school: School) -> None:
    person = officer(school, "SHCP")
    invited_link(school, person)
    pk = Invitation.objects.get().pk
    for role in (Role.MANAGER, Role.ADMINISTRATOR):
        other = school.client(school.person("DHS", role))
        assert person.email not in other.get(LIST).content.decode()
        assert {other.post(f"{LIST}{pk}/{act}/").status_code for act in ("again", "end")} == {404}
        assert other.post(NEW, form("SHCP")).status_code == 200
    assert not User.objects.filter(email="nueva@aduanas.example").exists() and Invitation.objects.open().count() == 1
    with pytest.raises(NotYourSide):
        invite_people(people=[person], by=school.person("DHS", Role.MANAGER))


def test_an_address_of_the_other_side_is_neither_invited_nor_told_about(school: School) -> None:
    american = officer(school, "DHS")
    manager = school.client(school.person("SHCP", Role.MANAGER))
    page = manager.post(NEW, form(email=american.email)).content.decode()
    assert "cannot be invited by your Participant" in page and american.full_name not in page
    assert not Invitation.objects.exists() and RoleGrant.objects.filter(user=american).count() == 1


def test_who_signs_in_already_is_not_invited(school: School) -> None:
    colleague = school.person("SHCP", Role.TRAINEE)
    manager = school.client(school.person("SHCP", Role.MANAGER))
    page = manager.post(NEW, form(email=colleague.email.upper())).content.decode()
    assert "signs in with this address already" in page and not Invitation.objects.exists()


def test_a_manager_invites_trainees_and_an_administrator_staff(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    assert manager.post(NEW, form(role="administrator")).status_code == 200
    assert not User.objects.filter(email="nueva@aduanas.example").exists()
    administrator = school.client(school.person("SHCP", Role.ADMINISTRATOR))
    assert administrator.post(NEW, form(role="approver", office="")).status_code == 302
    approver = User.objects.get(email="nueva@aduanas.example")
    assert RoleGrant.objects.get(user=approver).participant == approver.participant
    assert "approve" in {right.value for right in rights_of(approver)}


def test_the_form_says_what_is_missing(school: School) -> None:
    manager = school.client(school.person("SHCP", Role.MANAGER))
    assert "Choose the office of the trainee" in manager.post(NEW, form(office="")).content.decode()
    elsewhere = Office.objects.create(agency=Agency.objects.get(code="SAT"), code="x", name_en="X", name_es="X")
    assert "belongs to another agency" in manager.post(NEW, form(office=elsewhere.pk)).content.decode()


def test_whom_a_demonstration_account_invites_is_part_of_the_demonstration(school: School, settings) -> None:
    """Its password is public: real mail must not leave through it."""
    settings.PUENTE_MAIL_STAYS_HERE = False
    demo = school.client(school.person("SHCP", Role.MANAGER, is_demo=True))
    demo.post(NEW, form())
    assert User.objects.get(email="nueva@aduanas.example").is_demo
    assert list(send_due_letters()) == [] and Letter.objects.get().state == "withheld"


# From a roster -----------------------------------------------------------------------------------------------------


def test_the_officers_of_a_roster_are_invited_by_a_job_at_the_same_cost(
    school: School, django_capture_on_commit_callbacks
) -> None:
    american = officer(school, "DHS")
    officers = [officer(school) for _ in range(4)]
    enroll(people=[*officers, american, school.person("SHCP", Role.TRAINEE)], cohort=school.cohort, by=None)
    manager = school.client(school.person("SHCP", Role.MANAGER))
    board = "/en/manage/cohorts/cohort-1/"
    assert "Invite the 4 officers without a sign-in" in manager.get(board).content.decode()
    with django_capture_on_commit_callbacks(execute=False):
        answers = [manager.post(f"{board}invite/") for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302} and Job.objects.filter(
        kind="invite_officers"
    ).count() == 1
    job = post("invite_officers")
    assert job and job.result["invited"] == 4 and job.done == 4
    assert set(Invitation.objects.values_list("person", flat=True)) == {person.pk for person in officers}
    assert "officers without a sign-in" not in manager.get(board).content.decode()
    assert [state.value for state in send_due_letters()] == ["sent"] * 4
    with django_capture_on_commit_callbacks(execute=False):
        manager.post(f"{board}invite/")
    again = post("invite_officers")
    assert again and again.result["invited"] == 0 and Invitation.objects.count() == 4
    with clock.simulated(clock.now() + dt.timedelta(days=15)):
        assert to_invite(User.objects.all()).count() == 5, "the expired ones and the other side's"


def test_inviting_costs_the_same_for_five_and_for_two_hundred(school: School, django_assert_max_num_queries) -> None:
    manager = school.person("SHCP", Role.MANAGER)
    for count in (5, 200):
        officers = [officer(school) for _ in range(count)]
        with django_assert_max_num_queries(14):
            assert len(invite_people(people=officers, by=manager)) == count


def test_a_job_whose_asker_lost_the_right_invites_nobody(school: School) -> None:
    enroll(people=[officer(school)], cohort=school.cohort, by=None)
    manager = school.person("SHCP", Role.MANAGER)
    school.client(manager).post("/en/manage/cohorts/cohort-1/invite/")
    RoleGrant.objects.filter(user=manager).delete()
    job = post("invite_officers")
    assert job and job.state == Job.State.FAILED and not Invitation.objects.exists()


# Limits and records ------------------------------------------------------------------------------------------------


def test_links_cannot_be_tried_without_end(school: School, settings) -> None:
    settings.PUENTE_RATE_LIMITS = {"people.accept_invitation": "4/m/ip"}
    link = invited_link(school, officer(school))
    assert [Client().get("/es/invitation/guess/", follow=True).status_code for _ in range(3)] == [404, 404, 429]
    assert Client().get(link, follow=True).status_code == 429


def test_what_was_done_is_on_record(school: School) -> None:
    manager = school.person("SHCP", Role.MANAGER)
    school.client(manager).post(NEW, form())
    list(send_due_letters())
    accept(Client(), link_in(mailbox()[0]))
    person = User.objects.get(email="nueva@aduanas.example")
    entries = {entry.action: entry.actor_id for entry in AuditEntry.objects.filter(object_id=str(person.pk))}
    assert entries["people.invitation.sent"] == manager.pk and entries["people.invitation.accepted"] == person.pk
