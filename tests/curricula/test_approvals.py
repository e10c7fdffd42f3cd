"""What keeps a candidate back, who decides about it, what they are told, and what is kept of the decision."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Comment

from courses.freezing import sha256_of
from courses.models import CoursePage, Item, LessonPage, QuizPage
from curricula.exceptions import (
    CommentMissing,
    NoChange,
    NotACandidate,
    NothingChosen,
    NotReady,
    NotYoursToWithdraw,
    OtherContentSeen,
    ProposerDoesNotApprove,
    ReasonMissing,
    UnknownLearningObject,
)
from curricula.models import CurriculumEdition, DecisionRecord, WorkingGroup
from curricula.services.editions import (
    approve_edition,
    propose_correction,
    propose_edition,
    publish_edition,
    request_changes,
    withdraw_edition,
)
from people.models import AuditEntry, Letter, User
from people.roles import Role
from tests.school import School

from .test_editions import edit


def proposed(school: School, by: User | None = None) -> CurriculumEdition:
    edit(title_en="Changed", title_es="Cambiada")
    return propose_edition(curriculum=school.curriculum, by=by)


def published(school: School, edition: CurriculumEdition) -> CurriculumEdition:
    for side in ("DHS", "SHCP"):
        approve_edition(edition=edition, by=school.person(side, Role.APPROVER))
    return publish_edition(edition=edition, by=None)


def test_every_obstacle_is_named_with_its_passage(school: School) -> None:
    lesson: Any = edit(title_es="")
    lesson.body[1].value["es"] = ""
    lesson.save_revision(clean=False)
    Comment.objects.create(page=LessonPage.objects.get(code="CO-101-L2"), text="?", contentpath="title_en",
                           user=school.person("DHS", Role.INSTRUCTOR))  # fmt: skip
    item = Item.objects.get(code="CO-101-01")
    for option in item.options:
        option.value["correct"] = False
    item.save()
    quiz: Any = QuizPage.objects.get(code="CO-101-Q").get_latest_revision_as_object()
    quiz.items_drawn = 9
    quiz.save_revision(clean=False)
    with pytest.raises(NotReady) as refusal:
        propose_edition(curriculum=school.curriculum, by=None)
    found = refusal.value.obstacles
    assert sorted((each.kind, each.code, each.language) for each in found) == [
        ("comment", "CO-101-L2", ""), ("missing", "CO-101-L1", "es"), ("missing", "CO-101-L1", "es"),
        ("no_key", "CO-101-01", ""), ("too_few_items", "CO-101-Q", ""),
    ]  # fmt: skip
    passage = next(each for each in found if each.where == "Text › 2")
    assert passage.address.endswith(f"#block-{lesson.body[1].id}-section")
    page = school.client(school.person("SHCP", Role.INSTRUCTOR)).get("/es/manage/editions/obstacles/CO/")
    text = page.content.decode()
    assert all(each.address.removeprefix("/en/") in text for each in found)
    assert not CurriculumEdition.objects.filter(state="candidate").exists()


def test_a_lesson_that_not_everybody_can_read_is_kept_back(school: School) -> None:
    lesson: Any = edit(title_en="Changed", title_es="Cambiada")
    lesson.body[0].value["level"] = "3"
    lesson.save_revision(clean=False)
    with pytest.raises(NotReady, match="heading of level 3"):
        propose_edition(curriculum=school.curriculum, by=None)


def test_a_case_that_cannot_be_walked_and_a_check_without_a_key_are_kept_back(school: School) -> None:
    lesson: Any = edit(title_en="Changed", title_es="Cambiada")
    lesson.body[3].value["nodes"][0]["choices"][0]["to"] = "nowhere"
    lesson.body[5].value["key"] = "Z"
    lesson.save_revision(clean=False)
    with pytest.raises(NotReady) as refusal:
        propose_edition(curriculum=school.curriculum, by=None)
    kinds = {(each.kind, each.address.partition("#")[2]) for each in refusal.value.obstacles}
    case, check = (f"block-{lesson.body[place].id}-section" for place in (3, 5))
    assert kinds == {("step_unknown", case), ("step_unreached", case), ("case_without_end", case), ("no_key", check)}
    assert "nowhere" in str(refusal.value)


def test_an_approver_approves_what_was_read_and_nothing_else(school: School) -> None:
    edition = proposed(school)
    approver = school.person("DHS", Role.APPROVER)
    client, address = school.client(approver), f"/en/manage/editions/{edition.pk}/"
    page = client.get(address).content.decode()
    assert page.count(edition.sha256) >= 2 and f'name="sha256" value="{edition.sha256}"' in page
    said = client.post(address + "approve/", {"sha256": edition.sha256}, follow=True).content.decode()
    assert "Confirm that you have read exactly this content" in said
    for other in ("0" * 64, ""):
        said = client.post(address + "approve/", {"sha256": other, "confirmed": "1"}, follow=True).content.decode()
        assert "is not what edition 2 holds now" in said
    with pytest.raises(OtherContentSeen):
        approve_edition(edition=edition, by=approver, seen="0" * 64)
    assert edition.approvals.count() == 0
    client.post(address + "approve/", {"sha256": edition.sha256, "confirmed": "1"})
    assert edition.approvals.get().sha256 == edition.sha256


def test_whoever_proposed_it_does_not_approve_it(school: School) -> None:
    both = school.person("DHS", Role.APPROVER)
    edition = proposed(school, by=both)
    with pytest.raises(ProposerDoesNotApprove):
        approve_edition(edition=edition, by=both)
    text = school.client(both).get(f"/en/manage/editions/{edition.pk}/").content.decode()
    assert "somebody else of your Participant approves it" in text and "Approve for DHS" not in text


def test_changes_are_asked_for_and_a_new_candidate_takes_its_place(school: School) -> None:
    author, approver = school.person("SHCP", Role.INSTRUCTOR), school.person("DHS", Role.APPROVER)
    edition = proposed(school, by=author)
    approve_edition(edition=edition, by=school.person("SHCP", Role.APPROVER))
    with pytest.raises(CommentMissing):
        request_changes(edition=edition, comment=" ", by=approver)
    with pytest.raises(UnknownLearningObject):
        request_changes(edition=edition, comment="No", by=approver, object_code="CO-999")
    client, address = school.client(approver), f"/en/manage/editions/{edition.pk}/"
    asked = {"sha256": edition.sha256, "object": "CO-101-L1", "comment": "The title says too little."}
    client.post(address + "changes/", asked)
    edition.refresh_from_db()
    assert edition.state == "changes_requested"
    for page in (address, address + "read/CO-101-L1/"):
        assert "The title says too little." in client.get(page).content.decode()
    with pytest.raises(NotACandidate):
        approve_edition(edition=edition, by=approver)
    told = Letter.objects.get(kind="edition_changes_requested")
    assert (told.recipient == author and "DHS solicita" in told.subject) or "DHS" in told.subject
    assert "The title says too little." not in str(AuditEntry.objects.values_list("data", flat=True))
    again = propose_edition(curriculum=school.curriculum, by=author)
    edition.refresh_from_db()
    assert (edition.state, again.number, again.approvals.count()) == ("withdrawn", 3, 0)
    assert edition.change_requests.count() == 1


def test_a_candidate_is_withdrawn_by_the_side_that_proposed_it(school: School) -> None:
    edition = proposed(school, by=school.person("SHCP", Role.INSTRUCTOR))
    with pytest.raises(NotYoursToWithdraw):
        withdraw_edition(edition=edition, by=school.person("DHS", Role.INSTRUCTOR))
    colleague = school.client(school.person("SHCP", Role.INSTRUCTOR))
    assert "Withdraw the candidate" in colleague.get(f"/en/manage/editions/{edition.pk}/").content.decode()
    colleague.post(f"/en/manage/editions/{edition.pk}/withdraw/")
    edition.refresh_from_db()
    assert edition.state == "withdrawn"
    assert propose_edition(curriculum=school.curriculum, by=None).number == 3


def test_who_must_act_is_told_in_the_own_language(school: School) -> None:
    author = school.person("DHS", Role.INSTRUCTOR, language="en")
    approver = school.person("SHCP", Role.APPROVER, language="es")
    Letter.objects.all().delete()
    edition = proposed(school, by=author)
    waiting = Letter.objects.filter(kind="edition_waiting")
    assert approver in {each.recipient for each in waiting} and author not in {each.recipient for each in waiting}
    mine = waiting.get(recipient=approver)
    assert mine.language == "es" and "Oficial de aduanas" in mine.subject
    assert f"/es/manage/editions/{edition.pk}/" in mine.context["link"]
    published(school, edition)
    kinds = list(Letter.objects.filter(recipient=author).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["edition_approved", "edition_approved", "edition_published"]


def test_the_inbox_says_what_waits_for_whom(school: School) -> None:
    edition = proposed(school)
    mine, theirs = school.person("DHS", Role.APPROVER), school.person("SHCP", Role.APPROVER)
    ours = school.client(mine)

    def parts() -> list[str]:
        return ours.get("/en/manage/approvals/").content.decode().split("<h2")[1:4]

    waiting, others, decided = parts()
    assert "edition 2" in waiting and "Nothing waits for anybody else" in others and "edition 1" in decided
    approve_edition(edition=edition, by=mine)
    waiting, others, _ = parts()
    assert "Nothing waits for you" in waiting and "Waiting for the approval of: SHCP" in others
    approve_edition(edition=edition, by=theirs)
    assert "ready to publish" in parts()[0]
    publish_edition(edition=edition, by=mine)
    assert "edition 2" in parts()[2]
    for role, expected in ((Role.INSTRUCTOR, 403), (Role.MANAGER, 403), (Role.TRAINEE, 403)):
        assert school.client(school.person("DHS", role)).get("/en/manage/approvals/").status_code == expected
    with CaptureQueriesContext(connection) as queries:
        ours.get("/en/manage/approvals/")
    assert len(queries) <= 14


def test_the_pages_of_an_edition_show_every_change_in_a_fixed_number_of_queries(school: School) -> None:
    lesson: Any = edit(title_en="Changed", title_es="Cambiada")
    lesson.body[1].value["en"] = "A **bold** paragraph & less (English)"
    lesson.body[1].value["es"] = "Un párrafo **en negritas** y menos (español)"
    lesson.save_revision(clean=False)
    item = Item.objects.get(code="CO-101-01")
    item.stem_en, item.stem_es = "Another question", "Otra pregunta"
    item.save()
    edition = propose_edition(curriculum=school.curriculum, by=None)
    client = school.client(school.person("SHCP", Role.APPROVER))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/en/manage/editions/{edition.pk}/").content.decode()
    assert len(queries) <= 26
    for text in ("<del>more</del><ins>less</ins>", "<ins>Cambiada</ins>", "<ins>Otra pregunta</ins>"):
        assert text in page, text
    assert "<ins>Otra pregunta</ins>" in client.get(f"/en/manage/editions/{edition.pk}/read/CO-101-Q/").content.decode()


def test_the_decision_is_kept_for_good_and_printed_in_duplicate(school: School) -> None:
    school.curriculum.owner = WorkingGroup.objects.get(code="TRAINING")
    school.curriculum.save()
    edition = published(school, proposed(school, by=school.person("DHS", Role.INSTRUCTOR, surname_1="Muñiz")))
    record = DecisionRecord.objects.get(edition=edition)
    assert record.sha256 == sha256_of(record.facts) and record.facts["owner"]["code"] == "TRAINING"
    assert [each["participant"]["code"] for each in record.facts["approvals"]] == ["DHS", "SHCP"]
    assert "Muñiz" not in str(record.facts)
    for act in (record.save, record.delete):
        with pytest.raises(TypeError):
            act()
    reader = school.client(school.person("SHCP", Role.ESC))
    page = reader.get(f"/es/manage/editions/{edition.pk}/decision/").content.decode()
    for text in ("Training Working Group (demonstration)", "Grupo de Trabajo sobre Capacitación (demostración)",
                 "Muñiz", record.sha256, "Declaration of Principles of December 7, 2009"):  # fmt: skip
        assert text in page, text
    answer = reader.get(f"/es/manage/editions/{edition.pk}/decision.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    texts = [each.extract_text() for each in pages]
    half = len(texts) // 2
    assert len(texts) == 2 * half and "Record of decision" in texts[0]
    assert "Muñiz" in "".join(texts[:half]) and "Grupo de Trabajo" in "".join(texts[half:])
    assert school.client(school.person("SHCP", Role.TRAINEE)).get(
        f"/es/manage/editions/{edition.pk}/decision.pdf"
    ).status_code == 403  # fmt: skip


def test_an_urgent_correction_holds_only_what_was_chosen(school: School) -> None:
    edit(title_en="Corrected", title_es="Corregida")
    edit("CO-101-L2", title_en="Half done", title_es="A medias")
    with pytest.raises(ReasonMissing):
        propose_correction(curriculum=school.curriculum, corrected=["CO-101-L1"], reason=" ", by=None)
    with pytest.raises(NothingChosen):
        propose_correction(curriculum=school.curriculum, corrected=[], reason="Wrong", by=None)
    with pytest.raises(NoChange):
        propose_correction(curriculum=school.curriculum, corrected=["CO-101-Q"], reason="Wrong", by=None)
    author = school.client(school.person("SHCP", Role.INSTRUCTOR))
    form = author.get("/en/manage/editions/correct/CO/").content.decode()
    assert 'value="CO-101-L1"' in form and 'value="CO-101-L2"' in form and 'value="CO-101-Q"' not in form
    chosen = {"corrected": ["CO-101-L1"], "reason": "The limit is wrong."}
    author.post("/en/manage/editions/correct/CO/", chosen)
    edition = CurriculumEdition.objects.get(state="candidate")
    assert (edition.label, edition.kind) == ("1.1", "correction")
    titles = [lesson["title"]["en"] for lesson in edition.edition_courses.get().course.content["lessons"]]
    assert titles == ["Corrected", "Lesson 2 (English)"]
    assert "The limit is wrong." in author.get(f"/en/manage/editions/{edition.pk}/").content.decode()
    published(school, edition)
    assert LessonPage.objects.get(code="CO-101-L1").title_en == "Corrected"
    assert LessonPage.objects.get(code="CO-101-L2").title_en == "Lesson 2 (English)"
    latest: Any = LessonPage.objects.get(code="CO-101-L2").get_latest_revision_as_object()
    assert latest.title_en == "Half done"
    assert DecisionRecord.objects.get(edition=edition).facts["edition"]["reason"] == "The limit is wrong."
    following = propose_edition(curriculum=school.curriculum, by=None)
    assert following.label == "2"
    page = author.get(f"/en/manage/editions/{following.pk}/").content.decode()
    assert "What differs from edition 1.1" in page and "Half" in page and "Corrected</ins>" not in page


def test_a_correction_of_a_course_takes_the_order_of_its_lessons_along(school: School) -> None:
    LessonPage.objects.get(code="CO-101-L1").move(LessonPage.objects.get(code="CO-101-L2"), pos="right")
    edit(title_en="Half done", title_es="A medias")
    edition = propose_correction(curriculum=school.curriculum, corrected=["CO-101"], reason="Order", by=None)
    lessons = edition.edition_courses.get().course.content["lessons"]
    assert [lesson["title"]["en"] for lesson in lessons] == ["Lesson 2 (English)", "Lesson 1 (English)"]


def test_a_curriculum_without_courses_is_not_proposed(school: School) -> None:
    school.curriculum.courses.all().delete()
    with pytest.raises(NotReady, match="has no courses"):
        propose_edition(curriculum=school.curriculum, by=None)
    assert CoursePage.objects.exists()
