"""Erasing a person: nothing leads back to them but the certificate they hold, and no figure changes."""

from __future__ import annotations

import datetime as dt
import io
import json
import threading
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pypdf import PdfReader
from wagtail.users.models import UserProfile

from certificates.models import Credential
from courses.models import Attempt
from curricula.models import Enrollment, RosterImport
from curricula.services.enrollments import withdraw
from jobs.models import Job
from people import audit, clock
from people.erasing import Reason
from people.models import AuditEntry, RoleGrant, User
from people.roles import Role
from people.services.erasure import CannotEraseOneself, ErasedAlready, FilesInTheWay, erase_person
from people.services.roles import grant_role
from reports.services.freezing import freeze
from tests.school import School

from .conftest import HEADING, IDENTIFIERS, OTHER, ROW, Life, bring_in, certify, learn, make_files

REVIEWED = {"certificates_credential.payload", "a certificate's PDF"}
"""The proof of training, frozen on the day of issue: the only place in which an erased person is still named."""


def leave_traces(life: Life) -> None:
    """Everything that could quote the person, as the product itself writes it."""
    person, school = life.person, life.school
    grant = grant_role(
        user=person, role=Role.INSTRUCTOR, participant=school.participants["SHCP"], by=life.administrator
    )
    audit.record("wagtail.create", grant, by=life.administrator)
    gone = RoleGrant.objects.create(user=person, role=Role.ESC)
    audit.record("wagtail.delete", gone, by=life.administrator)
    gone.delete()
    utf16 = f"{HEADING}\n{ROW.replace('Perita', 'Jefa')}\n".encode("utf-16")
    school.client(life.manager).post(
        "/en/manage/cohorts/cohort-1/roster/", {"file": SimpleUploadedFile("otra.csv", utf16)}
    )
    RosterImport.objects.update(file_name="alta_Xochitl_NUFLO.csv")
    profile = UserProfile.get_for_user(person)
    profile.avatar.save("xochitl.png", ContentFile(b"picture"))
    make_files(life.browser)


def found_in_the_database(wanted: tuple[str, ...]) -> set[str]:
    """`table.column` of every value of every table that names one of these, also inside JSON and sessions."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {f"{table}.{c}" for c, value in zip(columns, row, strict=True) if _names(str(value), wanted)}
    for session in Session.objects.all():
        if _names(json.dumps(session.get_decoded(), ensure_ascii=False), wanted):
            found.add("django_session.session_data")
    return found


def _names(text: str, wanted: tuple[str, ...]) -> bool:
    forms = {form for each in wanted for form in (each.casefold(), json.dumps(each)[1:-1].casefold())}
    return any(form in text.casefold() for form in forms)


def found_in_files(folder: Path, wanted: tuple[str, ...]) -> set[str]:
    """Files whose name, bytes in any encoding, or text of pages name one of these."""
    found = set()
    for path in (path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        texts = [str(path), *(data.decode(code, errors="ignore") for code in ("utf-8", "cp1252", "utf-16-le"))]
        if data.startswith(b"%PDF"):
            texts += [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
        if any(_names(text, wanted) for text in texts):
            is_certificate = path.parts[-4:-2][0] == "certificates"
            found.add("a certificate's PDF" if is_certificate else str(path.relative_to(folder)))
    return found


@pytest.fixture
def administrator(life: Life) -> Client:
    return life.school.client(life.administrator)


def erase_in_browser(client: Client, person: User, confirmation: str | None = None) -> tuple[int, str]:
    """Both steps."""
    page = client.post("/en/manage/erasure/", {"who": person.email}, follow=True)
    assert "Nothing has been erased yet" in page.content.decode()
    values = {"reason": "requested", "confirmation": confirmation or person.officer_number}
    response = client.post(f"/en/manage/erasure/{person.pk}/", values, follow=True)
    return response.status_code, response.content.decode()


def test_nothing_names_an_erased_person_but_the_certificate(life: Life, administrator: Client, tmp_path: Path) -> None:
    learn(life)
    certify(life)
    leave_traces(life)
    wanted = (*IDENTIFIERS, "grafóloga")
    before = found_in_the_database(wanted) | found_in_files(tmp_path, wanted)
    assert {"people_user.email", "curricula_enrollment.position"} <= before
    assert len([place for place in before if place.startswith("private")]) >= 3, "rosters and the own files"
    status, page = erase_in_browser(administrator, life.person)
    assert status == 200 and "The person is erased" in page
    assert found_in_the_database(wanted) | found_in_files(tmp_path, wanted) == REVIEWED
    assert User.objects.filter(email="berta.olmos@aduanas.example").exists(), "others stay"


def test_an_open_enrollment_ends_and_keeps_the_post_without_the_person(life: Life) -> None:
    erase_person(person=life.person, by=life.administrator, reason=Reason.REQUESTED)
    enrollment = Enrollment.objects.get(pk=life.enrollment.pk)
    assert (enrollment.state, enrollment.position) == ("withdrawn", "")
    assert enrollment.office.name_es == "Nuevo Laredo" and enrollment.participant.code == "SHCP"


def test_what_somebody_wrote_about_the_person_goes(life: Life) -> None:
    withdraw(enrollment=life.enrollment, reason="La oficial NUÑEZ de la calle 5 se jubila", by=life.manager)
    assert found_in_the_database(("calle 5",)) == {
        "curricula_enrollment.withdrawal_reason",
        "curricula_enrollmentevent.reason",
    }
    erase_person(person=life.person, by=life.administrator, reason=Reason.REQUESTED)
    assert found_in_the_database(("calle 5", *IDENTIFIERS)) == set()
    assert AuditEntry.objects.filter(action="curricula.enrollment.withdrawn").exists()


def test_figures_that_were_reported_can_be_counted_again(life: Life) -> None:
    learn(life)
    with clock.simulated(clock.now() + dt.timedelta(days=2)):
        days = {"from_on": clock.today() - dt.timedelta(days=5), "to_on": clock.yesterday()}
        before = freeze(**days, by=None)
        erase_person(person=life.person, by=life.administrator, reason=Reason.REQUESTED)
        assert freeze(**days, by=None) == before, "the same facts give the same extract, not a second one"
    assert Attempt.objects.filter(record__person=life.person).exists()


def test_nobody_can_come_in_as_an_erased_person(life: Life, administrator: Client) -> None:
    assert life.browser.get("/es/my-learning/").status_code == 200
    erase_in_browser(administrator, life.person)
    assert life.browser.get("/es/my-learning/").status_code == 302
    again = Client()
    again.post("/es/account/login/", {"login": IDENTIFIERS[3], "password": "a-long-password"})
    assert not again.session.get("_auth_user_id")
    person = User.objects.get(pk=life.person.pk)
    assert not person.has_usable_password() and not person.is_active and not person.groups.exists()
    assert not RoleGrant.objects.on(clock.today()).filter(user=person).exists()
    assert RoleGrant.objects.filter(user=person).exists(), "which roles were held when stays on record"


def test_the_certificate_stays_verifiable_and_no_list_leads_to_it(life: Life) -> None:
    learn(life)
    credential = certify(life)
    manager = life.school.client(life.manager)
    assert manager.get(f"/en/certificates/{credential.number}/").status_code == 200
    erase_person(person=life.person, by=life.administrator, reason=Reason.REQUESTED)
    page = Client().get(f"/en/verify/{credential.code}/")
    assert page.status_code == 200 and "Xóchitl Ñuflo" in page.content.decode()
    assert Credential.objects.get().is_intact
    assert manager.get(f"/en/certificates/{credential.number}/").status_code == 404
    officers = manager.get("/en/manage/cohorts/cohort-1/export/officers.csv")
    assert officers.status_code == 200 and credential.number not in officers.getvalue().decode()


def test_the_record_says_that_it_was_done_and_names_nobody(life: Life) -> None:
    erase_person(person=life.person, by=life.administrator, reason=Reason.REQUESTED)
    entry = AuditEntry.objects.get(action="people.person.erased")
    assert entry.actor == life.administrator and entry.object_id == str(life.person.pk)
    assert entry.data["why"] == "requested" and entry.data["counts"]["people.User"] == 1
    assert not _names(json.dumps([entry.before, entry.after, entry.data]), IDENTIFIERS)


def test_the_person_must_be_named_once_more(life: Life, administrator: Client) -> None:
    status, page = erase_in_browser(administrator, life.person, confirmation="QZ-80808")
    assert status == 400 and "Look again whom you erase" in page
    assert User.objects.get(pk=life.person.pk).erased_at is None
    assert erase_in_browser(administrator, life.person, confirmation=IDENTIFIERS[3].upper())[0] == 200


def test_who_may_not_erase(life: Life) -> None:
    school, person = life.school, life.person
    address = f"/en/manage/erasure/{person.pk}/"
    assert school.client(school.person("DHS", Role.ADMINISTRATOR)).get(address).status_code == 404
    for role in (Role.TRAINEE, Role.MANAGER, Role.APPROVER, Role.ESC, Role.INSTRUCTOR):
        assert school.client(school.person("SHCP", role)).post(address).status_code == 403
    assert life.browser.get("/en/manage/erasure/").status_code == 403
    assert Client().get(address)["Location"].startswith("/en/account/login/")
    other_side = school.client(school.person("DHS", Role.ADMINISTRATOR))
    page = other_side.post("/en/manage/erasure/", {"who": person.email})
    nobody = other_side.post("/en/manage/erasure/", {"who": "nobody@nowhere.example"})
    assert page.status_code == nobody.status_code == 400
    assert "nobody has this e-mail or number" in page.content.decode()
    assert User.objects.get(pk=person.pk).erased_at is None


def test_nobody_erases_oneself_and_nobody_twice(life: Life, administrator: Client) -> None:
    assert administrator.get(f"/en/manage/erasure/{life.administrator.pk}/").status_code == 404
    with pytest.raises(CannotEraseOneself):
        erase_person(person=life.administrator, by=life.administrator, reason=Reason.REQUESTED)
    operator = User.objects.create_superuser("op@shcp.example", given_names="Op", participant=life.person.participant)
    assert administrator.get(f"/en/manage/erasure/{operator.pk}/").status_code == 404
    erase_person(person=life.person, by=life.administrator, reason=Reason.REQUESTED)
    with pytest.raises(ErasedAlready):
        erase_person(person=life.person, by=life.administrator, reason=Reason.REQUESTED)
    assert administrator.get(f"/en/manage/erasure/{life.person.pk}/").status_code == 404


def test_a_file_that_cannot_be_deleted_stops_the_whole_erasure(
    life: Life, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(FilesInTheWay, match="Permission denied"):
        erase_person(person=life.person, by=life.administrator, reason=Reason.REQUESTED)
    assert User.objects.get(pk=life.person.pk).email == IDENTIFIERS[3]
    assert Session.objects.exists()


def test_rosters_of_others_stay(life: Life, private: Path) -> None:
    bring_in(life.school.client(life.manager), f"{HEADING}\n{OTHER.replace('QZ-80808', 'QZ-707071')}\n")
    assert len(list(private.glob("rosters/*/*.csv"))) == 2
    erase_person(person=life.person, by=life.administrator, reason=Reason.REQUESTED)
    (kept,) = private.glob("rosters/*/*.csv")
    assert "Berta" in kept.read_text()
    assert len(list(private.glob("rosters-before/*/*"))) == 2, "keys of those who were added name nobody"
    assert RosterImport.objects.count() == 2, "that rosters were applied stays on record"


def test_a_running_job_of_an_erased_person_leaves_no_file(
    life: Life, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lms.privacy import job as making

    drawn = making.draw

    def erased_meanwhile(held: object) -> bytes:
        erase_person(person=life.person, by=life.administrator, reason=Reason.REQUESTED)
        return drawn(held)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "draw", erased_meanwhile)
    life.browser.post("/es/my-data/files/")
    from jobs.services import run

    run(job_id=Job.objects.latest("pk").pk)
    assert not list(private.rglob("puente-my-data.*"))


def test_a_roster_with_the_same_officer_makes_a_new_person(life: Life) -> None:
    erase_person(person=life.person, by=life.administrator, reason=Reason.REQUESTED)
    bring_in(life.school.client(life.manager), f"{HEADING}\n{ROW}\n")
    assert User.objects.get(officer_number="QZ-70707").pk != life.person.pk


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_erasures_at_once_are_one(postgresql: None, life: Life) -> None:
    outcomes: list[str] = []

    def erase() -> None:
        try:
            erase_person(person=life.person, by=None, reason=Reason.SCHEDULE)
            outcomes.append("erased")
        except ErasedAlready:
            outcomes.append("already")
        finally:
            connection.close()

    threads = [threading.Thread(target=erase) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already", "erased"]
    assert AuditEntry.objects.filter(action="people.person.erased").count() == 1


def test_the_erased_are_told_apart(school: School, private: Path) -> None:
    erased = [school.person("SHCP", Role.TRAINEE) for _ in range(3)]
    for person in erased:
        erase_person(person=person, by=None, reason=Reason.SCHEDULE)
    names = {str(User.objects.get(pk=person.pk)) for person in erased}
    assert len(names) == 3 and all(name.startswith("Erased · Suprimida X-") for name in names)
