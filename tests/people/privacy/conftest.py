"""An officer with a whole life in the school: roster, lessons, an assessment, a certificate, a second factor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from certificates.models import Credential
from certificates.services.issuance import DRAWING
from courses.services.attempts import save_answers, start_attempt, submit_attempt
from courses.services.lessons import complete_lesson, open_lesson
from curricula.models import Enrollment
from jobs.models import Job
from jobs.services import enqueue, run
from people.models import User
from people.roles import Role
from tests.school import RIGHT, School, build

HEADING = "officer_number,given_names,surname_1,surname_2,email,agency,office,position,language"
ROW = "QZ-70707,Xóchitl,Ñuflo,Ibarrüela,xochitl.nuflo@aduanas.example,AGA,Nuevo Laredo,Perita grafóloga,es"
OTHER = "QZ-80808,Berta,Olmos,,berta.olmos@aduanas.example,AGA,Nuevo Laredo,,es"
IDENTIFIERS = ("Xóchitl", "Ñuflo", "Ibarrüela", "xochitl.nuflo@aduanas.example", "QZ-70707")
"""What nobody else in these tests is called."""


@dataclass
class Life:
    """The school, the officer who lived in it, and two administrators and a manager of the same side."""

    school: School
    person: User
    enrollment: Enrollment
    administrator: User
    manager: User
    browser: Client


@pytest.fixture
def school(db: None) -> School:
    return build()


@pytest.fixture
def private(settings: Settings, tmp_path: Path) -> Path:
    settings.PUENTE_PRIVATE_DIR = tmp_path / "private"
    settings.PUENTE_KEYS_DIR = tmp_path / "keys"
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "private"


@pytest.fixture
def life(school: School, private: Path) -> Life:
    """Lived through the pages and services that officers and managers use."""
    manager = school.person("SHCP", Role.MANAGER, given_names="Gestora")
    bring_in(school.client(manager), f"{HEADING}\n{ROW}\n{OTHER}\n")
    person = User.objects.get(officer_number="QZ-70707")
    person.set_password("a-long-password")
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    browser = Client()
    browser.post("/es/account/login/", {"login": person.email, "password": "a-long-password"})
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "hidden-seed"})
    administrator = school.person("SHCP", Role.ADMINISTRATOR, given_names="Admin")
    enrollment = Enrollment.objects.get(person=person)
    return Life(school, person, enrollment, administrator, manager, browser)


def bring_in(manager: Client, roster: str) -> None:
    """Upload a roster and apply it, in the browser."""
    page = manager.post(
        "/en/manage/cohorts/cohort-1/roster/", {"file": SimpleUploadedFile("padron.csv", roster.encode())}, follow=True
    ).content.decode()
    action = page.split('/apply/"')[0].rsplit('"', 1)[1] + "/apply/"
    manager.post(action, dict(re.findall(r'type="hidden" name="(file_name|seen|rows)" value="([^"]*)"', page)))
    run(job_id=Job.objects.latest("pk").pk)


def learn(life: Life, *, hand_in: bool = True) -> None:
    """Both lessons, and the assessment with one wrong answer."""
    record, person = life.enrollment.courses.get().record, life.person
    for code in ("CO-101-L1", "CO-101-L2"):
        open_lesson(record=record, lesson_code=code, language="es", by=person)
        complete_lesson(record=record, lesson_code=code, language="en", by=person)
    attempt = start_attempt(record=record, quiz_code="CO-101-Q", language="es", by=person)
    given = {f"CO-101-{number}": answer for number, answer in RIGHT.items()} | {"CO-101-01": ["B"]}
    save_answers(attempt=attempt, given=given, language="es", by=person)
    if hand_in:
        submit_attempt(attempt=attempt, language="es", by=person)


def certify(life: Life) -> Credential:
    """Draw the document of the certificate that completion has issued."""
    credential = Credential.objects.get(person=life.person)
    run(job_id=enqueue(kind=DRAWING, by=None, key=DRAWING).pk)
    credential.refresh_from_db()
    assert credential.document
    return credential


def make_files(browser: Client) -> Job:
    """Ask for one's files in the browser, and let a worker make them."""
    browser.post("/es/my-data/files/")
    job = Job.objects.filter(kind="my_data").latest("pk")
    run(job_id=job.pk)
    job.refresh_from_db()
    return job
