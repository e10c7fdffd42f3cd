"""The pages on which instructors score, and what nobody else sees: over HTTP, as a browser without JavaScript."""

from __future__ import annotations

import io
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from courses.models import CourseRecord, ExerciseAssessment
from curricula.models import Cohort
from curricula.services.enrollments import withdraw
from people import clock
from people.models import User
from people.roles import Role
from tests.courses.practice import begin, instructor, school_with_exercise, score
from tests.school import School, build

LIST = "/en/manage/exercises/"


@pytest.fixture
def school(db: None) -> School:
    return school_with_exercise(build())


@pytest.fixture
def teacher(school: School) -> User:
    return instructor(school, given_names="Inés")


def officers(school: School, language: str = "en") -> str:
    return f"/{language}/manage/exercises/{school.cohort.code}/CO-101/P9/"


def sheet(assessment: ExerciseAssessment, language: str = "en") -> str:
    return f"/{language}/manage/assessments/{assessment.pk}/"


def marks(*points: str, **more: Any) -> dict[str, Any]:
    steps = {f"points-{number}": value for number, value in enumerate(points, start=1) if value}
    return {"step": [str(number) for number in range(1, len(points) + 1)], **steps, **more}


def picture(name: str = "seal.jpg") -> SimpleUploadedFile:
    """A photo that says where it was taken."""
    data, image = io.BytesIO(), Image.new("RGB", (2400, 1200), "navy")
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    image.save(data, "JPEG", exif=exif)
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


def got(client: Client, address: str) -> tuple[int, str]:
    """A file, read and closed."""
    answer = client.get(address)
    assert b"".join(answer.streaming_content)
    return answer.status_code, answer.headers["Content-Type"]


def started(school: School, client: Client, record: CourseRecord) -> ExerciseAssessment:
    answer = client.post(officers(school), {"record": record.pk, "language": "es"})
    assert answer.status_code == 302 and "/manage/assessments/" in answer.headers["Location"]
    return ExerciseAssessment.objects.latest("pk")


def test_an_officer_is_found_scored_and_reads_it_in_the_own_language(school: School, teacher: User) -> None:
    client = school.client(teacher)
    person, _, record = school.trainee()
    assert "P9. Exercise (English)" in client.get(LIST).content.decode()
    assert person.full_name in client.get(officers(school) + f"?q={person.officer_number}").content.decode()
    assert person.full_name not in client.get(officers(school) + "?q=nobody").content.decode()
    given = started(school, client, record)
    page = client.get(sheet(given)).content.decode()
    assert "First step (English)" in page and page.count('type="radio"') == 6
    own = client.post(sheet(given), marks("2", "", **{"remark-1": "Bien visto"}, go="step-1"))
    assert own.headers["Location"].endswith("#step-1")
    refused = client.post(sheet(given), marks("2", "", go="hand_in"), follow=True).content.decode()
    assert "These steps have no points yet: 2" in refused
    client.post(sheet(given), marks("2", "1", **{"remark-1": "Bien visto"}, remarks="En conjunto bien", go="hand_in"))
    given.refresh_from_db()
    assert given.state == "final" and str(given.score_percent) == "75.00" and not given.passed
    officer = school.client(person)
    for language, words in (("es", "Second step (español)"), ("en", "Second step (English)")):
        read = officer.get(f"/{language}/courses/co-101/exercises/p9/").content.decode()
        assert words in read and "Bien visto" in read and "En conjunto bien" in read and "75" in read
        assert "Exercise" in officer.get(f"/{language}/my-learning/").content.decode()
        assert "3 / 4" in officer.get(f"/{language}/my-learning/record/").content.decode()


def test_a_sheet_saves_by_itself_and_says_what_is_safe(school: School, teacher: User) -> None:
    client = school.client(teacher)
    given = started(school, client, school.trainee()[2])
    save, key = f"{sheet(given)}save/", uuid.uuid4().hex
    for _ in range(2):
        said = client.post(save, {"step": "1", "points-1": "2", "key": key}).json()
        assert said["saved"] == [1] and said["missing"] == [2] and said["at"].endswith("UTC")
    assert client.post(save, {"step": "1", "points-1": "7"}).status_code == 422
    assert client.post(save, {"step": "nonsense", "points-nonsense": "1"}).status_code == 422
    client.post(sheet(given), marks("2", "2", go="hand_in"))
    assert client.post(save, {"step": "1", "points-1": "0"}).status_code == 409
    assert given.steps.get(number=1).points == 2


def test_a_photo_is_judged_made_smaller_and_forgets_where_it_was_taken(school: School, teacher: User) -> None:
    client = school.client(teacher)
    person, _, record = school.trainee()
    given = started(school, client, record)
    false = SimpleUploadedFile("photo.jpg", b"<svg onload=alert(1)></svg>", "image/jpeg")
    assert client.post(f"{sheet(given)}save/", {"step": "1", "points-1": "2", "photo-1": false}).status_code == 422
    assert not given.steps.exists(), "all or nothing"
    client.post(sheet(given), marks("2", "2", **{"photo-1": picture()}, go="save"))
    client.post(sheet(given), marks("2", "2", go="save"))
    place = given.steps.get(number=1).photo
    with Image.open(Path(settings.PUENTE_PRIVATE_DIR) / place) as kept:
        assert max(kept.size) == 1600 and not kept.getexif()
    photo, own = f"{sheet(given)}photos/1/", f"/en/exercise-results/{given.pk}/photos/1/"
    assert got(client, photo) == (200, "image/jpeg")
    officer = school.client(person)
    assert officer.get(own).status_code == 404, "not before the result"
    client.post(sheet(given), marks("2", "2", go="hand_in"))
    assert got(officer, own) == (200, "image/jpeg") and officer.get(photo).status_code == 403
    assert school.client(school.trainee()[0]).get(own).status_code == 404
    assert client.get(f"{sheet(given)}photos/2/").status_code == 404


def test_a_second_instructor_sees_what_waits_and_confirms(db: None) -> None:
    school = school_with_exercise(build(), confirmed=True)
    first, second = instructor(school), instructor(school)
    given = score(begin(school.trainee()[2], first), first)
    name = given.record.person.full_name
    one, two = school.client(first), school.client(second)
    assert name in two.get(LIST).content.decode() and name not in one.get(LIST).content.decode()
    assert 'value="confirm"' not in one.get(sheet(given)).content.decode()
    assert "scored this exercise yourself" in one.post(sheet(given), {"go": "confirm"}, follow=True).content.decode()
    assert 'value="confirm"' in two.get(sheet(given)).content.decode()
    two.post(sheet(given), {"go": "confirm"})
    given.refresh_from_db()
    assert given.state == "final" and given.confirmed_by == second
    correction = two.post(sheet(given), {"go": "correct", "reason": "Step 2"}, follow=True).content.decode()
    assert "This corrects an earlier result: Step 2" in correction
    assert "A correction is under way" in one.get(sheet(given)).content.decode()


def test_nobody_sees_what_is_not_theirs(school: School, teacher: User) -> None:
    given = begin(school.trainee()[2], teacher)
    addresses = (sheet(given), officers(school), f"{sheet(given)}photos/1/")
    for role in (Role.TRAINEE, Role.MANAGER, Role.APPROVER, Role.ESC, Role.ADMINISTRATOR):
        client = school.client(school.person(role=role))
        assert {client.get(address).status_code for address in (*addresses, LIST)} == {403}
    for stranger in (instructor(school, "DHS", "en"), school.person(role=Role.INSTRUCTOR)):
        client = school.client(stranger)
        assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
        assert client.post(f"{sheet(given)}save/", {"step": "1"}).status_code == 404
        assert client.post(sheet(given), {"go": "discard"}).status_code == 404
        assert given.record.person.full_name not in client.get(LIST).content.decode()
    assert ExerciseAssessment.objects.count() == 1


def test_an_instructor_never_finds_the_own_name_nor_who_has_left(school: School) -> None:
    learner, _, record = school.trainee()
    other, gone, _ = school.trainee()
    teacher = instructor(school)
    withdraw(enrollment=gone, reason="transfer", by=None)
    client = school.client(teacher)
    listed = client.get(officers(school)).content.decode()
    assert learner.full_name in listed and other.full_name not in listed
    teacher.qualifications.update(person=learner)
    learner.grants.create(role=Role.INSTRUCTOR, participant=learner.participant, from_on=clock.today())
    own = school.client(User.objects.get(pk=learner.pk))
    assert own.post(officers(school), {"record": record.pk, "language": "es"}).status_code == 404


def test_queries_do_not_grow_with_the_cohort(
    school: School, teacher: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = school.client(teacher)
    for _ in range(2):
        score(begin(school.trainee()[2], teacher), teacher)
    client.get(officers(school))
    with django_assert_max_num_queries(20) as few:
        client.get(officers(school))
    for _ in range(12):
        score(begin(school.trainee()[2], teacher), teacher)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(officers(school))
    assert Cohort.objects.exists()
