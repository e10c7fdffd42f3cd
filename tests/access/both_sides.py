"""A world with people and records of both Participants, each side's marked by a surname that stands nowhere else."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import models
from django.test import Client
from PIL import Image as Drawing
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, Page, Site, Task, Workflow

from certificates.models import Competence, Credential, Framework, Signatory, ValidityRule
from certificates.services.documents import draw_documents
from certificates.services.issuance import issue_credential
from courses.models import (
    Attempt,
    CoursePage,
    ExerciseAssessment,
    FrozenCourse,
    InstructorQualification,
    Item,
    ItemCategory,
    ItemScenario,
    LessonPage,
)
from courses.services.assessments import Mark as StepMark
from courses.services.assessments import save_steps
from courses.services.attempts import start_attempt
from courses.services.lessons import complete_lesson, open_lesson
from courses.services.qualifications import qualify_instructor
from curricula.attendance_list import Mark
from curricula.models import (
    AttendanceMark,
    Cohort,
    Enrollment,
    Nomination,
    Reminder,
    Requirement,
    RosterImport,
    Round,
    Session,
    SessionPlace,
)
from curricula.services.attendance import record_attendance
from curricula.services.enrollments import enroll
from curricula.services.nominating import Nominee, nominate
from curricula.services.places import sign_up
from curricula.services.requirements import save_requirement
from curricula.services.rounds import Target, save_round, set_targets
from curricula.services.sessions import Plan, plan_session
from jobs.models import Job
from jobs.results import new_result
from people import clock
from people.models import Invitation, Letter, RetentionRule, User
from people.roles import Role
from people.second_factor import lacks_second_factor
from people.services.invitations import invite
from reports.models import Report, SavedExport
from reports.services.freezing import freeze
from reports.services.reporting import make_report
from tests import media
from tests.courses.practice import begin, school_with_exercise, score
from tests.school import School, build, with_second_factor

OFFICER = {"SHCP": "Oyamelzin", "DHS": "Quillfeather"}
"""The surname of the marked officer of each side. Nobody of the other side may read it anywhere."""

STAFF = {"SHCP": "Tlacuachín", "DHS": "Ironbridge"}
"""The surname of whoever did each side's deeds. The reviewed list tells where the other side reads it."""


@dataclass
class BothSides:
    """What stands in the world, with the Mexican side's objects by model, and everybody who walks through it."""

    school: School
    officers: dict[str, User] = field(default_factory=dict)
    staff: dict[str, User] = field(default_factory=dict)
    objects: dict[str, dict[type[models.Model], models.Model]] = field(default_factory=dict)
    people: dict[str, User | None] = field(default_factory=dict)

    def of(self, model: type[models.Model], side: str = "SHCP") -> Any:
        """The object of that side, or the one that both share."""
        return self.objects[side].get(model) or self.objects["both"][model]

    def client(self, who: str, **kwargs: Any) -> Client:
        """A browser of one of those who walk."""
        client = Client(**kwargs)
        person = self.people[who]
        if person:
            if lacks_second_factor(person):
                with_second_factor(person)
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client


def build_both_sides() -> BothSides:
    """Two officers, two cohorts and a joint one, certificates, jobs, reports, attempts, grants, files: of each side."""
    world = BothSides(_school())
    world.objects = {"both": _shared(world.school), "SHCP": {}, "DHS": {}}
    for side in ("SHCP", "DHS"):
        _side(world, side)
    world.objects["both"][Report] = make_report(
        snapshot=freeze(from_on=clock.yesterday(), to_on=clock.yesterday(), by=None), by=world.staff["SHCP"]
    )
    list(draw_documents(job_id=Job.objects.create(kind="draw", state="running").pk))
    for credential in Credential.objects.select_related("person__participant"):
        world.objects[credential.person.participant.code][Credential] = credential
    world.people = _walkers(world.school)
    call_command("sync_roles", verbosity=0)
    return world


def _school() -> School:
    """A school whose first lesson can be listened to, and whose course has a practical exercise."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "talk.mp3").write_bytes(media.mp3())
        audio = {"type": "audio", "file": "talk.mp3", "title": media.pair("Talk"), "transcript": media.pair("Words")}
        school = school_with_exercise(build(blocks=[audio], folder=Path(folder)))
    school.edition = school.cohort.edition
    return school


def _shared(school: School) -> dict[type[models.Model], models.Model]:
    lesson = LessonPage.objects.first()
    assert lesson
    lesson.sources = [{"tag": "LA", "reference": "Ley Aduanera", "consulted_on": "2026-11-24"}]
    lesson.save_revision()
    picture = io.BytesIO()
    Drawing.new("RGB", (40, 40), "navy").save(picture, "PNG")
    image = Image.objects.create(title="Seal", file=ContentFile(picture.getvalue(), "seal.png"))
    image.get_rendition("width-20")
    return {
        Page: lesson,
        CoursePage: CoursePage.objects.get(),
        FrozenCourse: FrozenCourse.objects.latest("pk"),
        Item: Item.objects.order_by("pk")[0],
        ItemCategory: ItemCategory.objects.create(code="seals", name_en="Seals", name_es="Sellos"),
        ItemScenario: ItemScenario.objects.create(code="trailer", title_en="A trailer", title_es="Un remolque"),
        Image: image,
        Document: Document.objects.create(title="Form", file=ContentFile(b"a form", "form.txt")),
        Collection: Collection.get_first_root_node().add_child(instance=Collection(name="Pictures")),
        Site: Site.objects.get(),
        Workflow: Workflow.objects.create(name="Reading"),
        Task: Task.objects.create(name="Read"),
        Group: Group.objects.get_or_create(name="instructor")[0],
        type(school.curriculum): school.curriculum,
        type(school.edition): school.edition,
        ValidityRule: ValidityRule.objects.create(edition=school.edition),
        Framework: (framework := Framework.objects.create(code="arusha", name_en="Arusha", name_es="Arusha")),
        Competence: Competence.objects.create(framework=framework, code="7", name_en="Conduct", name_es="Conducta"),
        **{model: model.objects.first() for model in map(apps.get_model, SHARED)},
    }


SHARED = ("courses.GlossaryTerm", "courses.Instrument", "courses.Goal", "curricula.WorkingGroup")


def _side(world: BothSides, side: str) -> None:
    school = world.school
    with clock.simulated(clock.now() - dt.timedelta(days=7)):
        staff = school.person(side, Role.MANAGER, given_names="Citlali", surname_1=STAFF[side], surname_2="")
        officer, passing, record = school.trainee(side, given_names="Nicté", surname_1=OFFICER[side], surname_2="")
    participant = school.participants[side]
    for_side = Cohort.objects.create(
        code=f"{side.lower()}-round", name_en="Round", name_es="Grupo", edition=school.edition, participant=participant,
        opens_on=school.cohort.opens_on, closes_on=school.cohort.closes_on,
    )  # fmt: skip
    named = enroll(people=[officer], cohort=for_side, by=staff)[0]
    session = _session(for_side, [named], staff)
    _session(school.cohort, [passing], staff)
    of_rounds = _round(school, side, staff, officer, for_side)
    attempt = _attempt(record, officer)
    Enrollment.objects.filter(pk=passing.pk).update(state="completed", completed_at=clock.now())
    passing.refresh_from_db()
    signatory = Signatory.objects.create(
        participant=participant,
        name=f"Itzel {STAFF[side]}",
        post_en="Head",
        post_es="Jefa",
        from_on=school.cohort.opens_on,
    )
    world.staff[side], world.officers[side] = staff, officer
    world.objects[side] = {
        User: officer, Cohort: for_side, Enrollment: named, **of_rounds, Attempt: attempt,
        Signatory: signatory, Job: _job(staff, officer), Session: session, SessionPlace: session.places.get(),
        type(participant): participant, type(officer.agency): officer.agency, type(officer.office): officer.office,
        officer.grants.model: officer.grants.get(),
        RetentionRule: RetentionRule.objects.create(
            participant=participant, kind="letters", days=400, basis_en=f"Order of {STAFF[side]}", basis_es="Acuerdo"
        ),
    }  # fmt: skip
    Reminder.objects.create(
        enrollment=named, recipient=officer, kind="inactive", key="once", day=clock.today(), number=7, state="sent"
    )
    newcomer = school.person(side, Role.TRAINEE, given_names="Nicté", surname_1=OFFICER[side], surname_2="Nueva")
    newcomer.set_unusable_password()
    newcomer.save()
    world.objects[side][Invitation] = invitation = invite(person=newcomer, by=staff)
    instructor = school.person(side, Role.INSTRUCTOR, given_names="Nicté", surname_1=OFFICER[side], surname_2="Guía")
    world.objects[side][InstructorQualification] = qualify_instructor(
        person=instructor, course_code="CO-101", language="es", by=staff
    )
    world.objects[side][ExerciseAssessment] = _assessment(record, instructor, OFFICER[side])
    world.objects[side][Letter] = invitation.letter
    issue_credential(enrollment=passing, at=clock.now())
    world.objects[side][RosterImport] = RosterImport.objects.create(
        cohort=for_side, file_name=f"{OFFICER[side]}.csv", sha256="a" * 64, rows=1, people_added=0, people_changed=1,
        enrolled=0, applied_by=staff,
    )  # fmt: skip
    world.objects[side][SavedExport] = SavedExport.objects.create(
        cohort=for_side, contents=["officers"], file_format="csv", is_named=True, language="es", every="week",
        next_on=school.cohort.closes_on, asked_by=staff,
    )  # fmt: skip
    shelf = Path(settings.PUENTE_PRIVATE_DIR) / "rosters" / str(participant.pk)
    shelf.mkdir(parents=True, exist_ok=True)
    (shelf / f"{'a' * 64}.csv").write_text(f"surname_1\n{OFFICER[side]}\n")


def _round(
    school: School, side: str, staff: User, officer: User, cohort: Cohort
) -> dict[type[models.Model], models.Model]:
    """A round of the side with its cohort, a marked nominee, a target and a requirement."""
    participant = school.participants[side]
    found = save_round(
        training_round=Round(
            code=f"{side.lower()}-fall", name_en="Fall", name_es="Otoño", owner=staff, participant=participant,
            opens_on=cohort.opens_on, closes_on=cohort.closes_on,
        ),
        curricula=[school.curriculum],
        by=staff,
    )  # fmt: skip
    cohort.round = found
    cohort.save()
    set_targets(
        training_round=found, participant=participant, targets=[Target(None, None, "", 9)], reason="Agreed", by=staff
    )
    assert officer.office
    nominee = Nominee(
        email=f"nominee@{side.lower()}.example", given_names="Nicté", surname_1=OFFICER[side], surname_2="Propuesta",
        officer_number=f"P-{side}", position="", language="es", office=officer.office,
    )  # fmt: skip
    made = nominate(training_round=found, cohort=cohort, nominees=[nominee], by=staff).made[0]
    need = Requirement(
        name_en=f"Held by {side}", name_es=f"Para {side}", curriculum=school.curriculum, participant=participant,
        from_on=cohort.opens_on,
    )  # fmt: skip
    return {Round: found, Nomination: made, Requirement: save_requirement(requirement=need, by=staff)}


def _session(cohort: Cohort, enrollments: list[Enrollment], staff: User) -> Session:
    """A session of the cohort, which began a moment ago, with a mark for each; of a joint cohort there is one."""
    session = cohort.sessions.first()
    if session is None:
        starts = clock.now() + dt.timedelta(minutes=5)
        plan = Plan(starts_at=starts, ends_at=starts + dt.timedelta(hours=4), time_zone="America/Monterrey",
                    place="Academy", capacity=9, languages="both")  # fmt: skip
        course = cohort.edition.frozen_courses.get()
        session = plan_session(cohort=cohort, course=course, plan=plan, shares={}, instructors={}, by=staff)
    sign_up(session=session, enrollments=enrollments, by=staff)
    marks = {place.pk: Mark("present", session.minutes) for place in session.places.filter(enrollment__in=enrollments)}
    record_attendance(session=session, marks=marks, how=AttendanceMark.How.ROLL, by=staff)
    return session


def _attempt(record: Any, officer: User) -> Attempt:
    for lesson in record.course.content["lessons"]:
        open_lesson(record=record, lesson_code=lesson["code"], language="es", by=officer)
        complete_lesson(record=record, lesson_code=lesson["code"], language="es", by=officer)
    record.refresh_from_db()
    return start_attempt(
        record=record, quiz_code=record.course.content["quizzes"][0]["code"], language="es", by=officer
    )


def _assessment(record: Any, instructor: User, name: str) -> ExerciseAssessment:
    """An exercise whose result is final, with a remark and a photo."""
    picture = io.BytesIO()
    Drawing.new("RGB", (40, 40), "navy").save(picture, "PNG")
    assessment = begin(record, instructor)
    mark = StepMark(2, f"{name} did it", ContentFile(picture.getvalue(), "seal.png"))
    save_steps(assessment=assessment, marks={1: mark}, by=instructor)
    return score(assessment, instructor, {2: 2})


def _job(staff: User, officer: User) -> Job:
    error = {"code": "unknown", "values": {}, "sentence": f"{officer.surname_1} is not there"}
    job = Job.objects.create(
        kind="esc_report", requested_by=staff, participant=staff.participant, state="done", errors=[error]
    )
    new_result(job, "officers.csv").write_text(f"surname_1\n{officer.surname_1}\n")
    job.save()
    return job


def _walkers(school: School) -> dict[str, User | None]:
    person = school.person
    people: dict[str, User | None] = {"anonymous": None}
    for role in (Role.TRAINEE, Role.INSTRUCTOR, Role.APPROVER, Role.ESC, Role.ADMINISTRATOR, Role.MANAGER):
        people[f"{role.value}"] = person("SHCP", role)
    people["other manager"] = person("DHS", Role.MANAGER)
    people["other administrator"] = person("DHS", Role.ADMINISTRATOR)
    people["operator"] = User.objects.create_superuser(
        "operator@puente.example", "a-long-password", given_names="Sol", surname_1="Vega"
    )
    return people
