"""An edition goes live when each Participant has approved exactly it, by two people; there is no other road."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from courses.exceptions import NotPublishableAlone
from courses.models import FrozenCourse, Item, LessonPage
from curricula.exceptions import ApprovalsMissing, ApprovedAlready, ContentChanged, NoChange, NotACandidate, NotReady
from curricula.models import Approval, CurriculumEdition
from curricula.services.editions import approve_edition, propose_edition, publish_edition
from people.roles import Role
from tests.school import School


def edit(code: str = "CO-101-L1", **texts: str) -> LessonPage:
    """A new draft of a lesson."""
    draft = LessonPage.objects.get(code=code).get_latest_revision_as_object()
    for name, text in texts.items():
        setattr(draft, name, text)
    draft.save_revision(clean=False)
    return draft


def candidate(school: School) -> CurriculumEdition:
    edit(title_en="Changed", title_es="Cambiada")
    return propose_edition(curriculum=school.curriculum, by=None)


def test_no_other_road_publishes_a_page(school: School) -> None:
    page = edit(title_en="Changed", title_es="Cambiada")
    operator = school.person("DHS", is_superuser=True)
    for road in (
        lambda: page.get_latest_revision().publish(),
        lambda: page.get_latest_revision().publish(user=operator, skip_permission_checks=True),
        lambda: page.publish(page.get_latest_revision()),
    ):
        with pytest.raises((NotPublishableAlone, PermissionDenied)):
            road()
    assert not page.permissions_for_user(operator).can_publish()
    assert LessonPage.objects.get(pk=page.pk).title_en != "Changed"
    new = LessonPage(code="X-1", slug="x-1", title_en="X", title_es="X", title="X", live=True)
    page.get_parent().add_child(instance=new)
    assert not LessonPage.objects.get(code="X-1").live


def test_an_operators_click_on_publish_in_the_admin_publishes_nothing(school: School) -> None:
    page = LessonPage.objects.get(code="CO-101-L1")
    client = school.client(school.person("DHS", Role.ADMINISTRATOR, is_superuser=True))
    form = client.get(f"/en/admin/pages/{page.pk}/edit/")
    assert form.status_code == 200
    assert 'name="action-publish"' not in form.content.decode()


def test_both_participants_must_approve_by_two_people(school: School) -> None:
    edition = candidate(school)
    first, second = school.person("DHS", Role.APPROVER), school.person("SHCP", Role.APPROVER)
    with pytest.raises(ApprovalsMissing, match="DHS, SHCP"):
        publish_edition(edition=edition, by=first)
    approve_edition(edition=edition, by=first)
    with pytest.raises(ApprovedAlready):
        approve_edition(edition=edition, by=school.person("DHS", Role.APPROVER))
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(
            edition=edition, participant=school.participants["SHCP"], approver=first, sha256=edition.sha256
        )
    with pytest.raises(ApprovalsMissing, match="SHCP"):
        publish_edition(edition=edition, by=first)
    approve_edition(edition=edition, by=second)
    publish_edition(edition=edition, by=first)
    assert LessonPage.objects.get(code="CO-101-L1").title_es == "Cambiada"
    states = dict(CurriculumEdition.objects.values_list("number", "state"))
    assert states == {1: "superseded", 2: "published"}
    with pytest.raises(NotACandidate):
        publish_edition(edition=edition, by=first)


def test_an_edit_after_an_approval_needs_a_new_candidate(school: School) -> None:
    edition = candidate(school)
    approve_edition(edition=edition, by=school.person("DHS", Role.APPROVER))
    edit(title_en="Changed again", title_es="Cambiada otra vez")
    with pytest.raises(ContentChanged):
        approve_edition(edition=edition, by=school.person("SHCP", Role.APPROVER))
    renewed = propose_edition(curriculum=school.curriculum, by=None)
    edition.refresh_from_db()
    assert edition.state == "withdrawn" and renewed.approvals.count() == 0


def test_what_was_approved_is_published_and_not_the_latest_draft(school: School) -> None:
    edition = candidate(school)
    for side in ("DHS", "SHCP"):
        approve_edition(edition=edition, by=school.person(side, Role.APPROVER))
    edit(title_en="Sneaked in", title_es="Colada")
    publish_edition(edition=edition, by=None)
    assert LessonPage.objects.get(code="CO-101-L1").title_en == "Changed"


def test_a_text_in_one_language_only_cannot_be_proposed(school: School) -> None:
    edit(title_en="Changed", title_es="")
    with pytest.raises(NotReady, match="CO-101-L1 Title"):
        propose_edition(curriculum=school.curriculum, by=None)


def test_nothing_changed_is_no_edition_and_the_hash_is_of_the_content(school: School) -> None:
    with pytest.raises(NoChange):
        propose_edition(curriculum=school.curriculum, by=None)
    LessonPage.objects.get(code="CO-101-L1").save_revision()
    with pytest.raises(NoChange):
        propose_edition(curriculum=school.curriculum, by=None)
    item = Item.objects.get(code="CO-101-01")
    item.stem_en = "Another stem"
    item.save()
    assert propose_edition(curriculum=school.curriculum, by=None).sha256 != school.edition.sha256


def test_a_running_cohort_keeps_its_edition(school: School) -> None:
    user, _, _ = school.trainee()
    edition = candidate(school)
    for side in ("DHS", "SHCP"):
        approve_edition(edition=edition, by=school.person(side, Role.APPROVER))
    publish_edition(edition=edition, by=None)
    assert "Lesson 1 (English)" in school.client(user).get("/en/courses/co-101/lesson-1/").content.decode()
    reader = school.client(school.person("SHCP", Role.APPROVER))
    assert "Changed" in reader.get("/en/courses/co-101/lesson-1/").content.decode()


def test_a_frozen_course_cannot_be_written_again(school: School) -> None:
    frozen = FrozenCourse.objects.defer(None).first()
    assert frozen
    with pytest.raises(TypeError):
        frozen.save()


def test_approving_and_publishing_in_the_browser(school: School) -> None:
    edition = candidate(school)
    address = f"/es/manage/editions/{edition.pk}/"
    for side in ("DHS", "SHCP"):
        client = school.client(school.person(side, Role.APPROVER))
        assert f"Aprobar por {side}" in client.get(address).content.decode()
        assert client.post(address + "approve/", {"sha256": edition.sha256, "confirmed": "1"}).status_code == 302
    assert client.post(address + "publish/").status_code == 302
    edition.refresh_from_db()
    assert edition.state == "published"
    for role, expected in ((Role.TRAINEE, 403), (Role.MANAGER, 403), (Role.ESC, 403)):
        assert school.client(school.person("DHS", role)).post(address + "approve/").status_code == expected


def test_an_approver_reads_what_is_proposed_in_both_languages_with_keys(school: School) -> None:
    edition = candidate(school)
    reader = school.client(school.person("SHCP", Role.APPROVER))
    links = re.findall(
        rf'/en/manage/editions/{edition.pk}/read/([\w-]+)/"', reader.get(address(edition)).content.decode()
    )
    assert links == ["CO-101", "CO-101-L1", "CO-101-L2", "CO-101-Q"]
    lesson = reader.get(f"{address(edition)}read/CO-101-L1/").content.decode()
    for text in ("Changed", "Cambiada", "Node b (English)", "Node b (español)", "Feedback D (español)"):
        assert text in lesson, text
    assert lesson.count("not in edition 1") == 1 and lesson.count("right answer") == 1
    quiz = reader.get(f"{address(edition)}read/CO-101-Q/").content.decode()
    assert quiz.count("right answer") == 5 and "70%" in quiz
    assert "Aciertos" not in quiz and reader.get(f"{address(edition)}read/CO-999/").status_code == 404
    for role in (Role.TRAINEE, None):
        other = school.client(school.person("SHCP", role))
        assert other.get(f"{address(edition)}read/CO-101-Q/").status_code == 403


def test_the_same_drafts_proposed_again_keep_the_candidate_and_its_approval(school: School) -> None:
    edition = candidate(school)
    approve_edition(edition=edition, by=school.person("DHS", Role.APPROVER))
    with pytest.raises(NoChange):
        propose_edition(curriculum=school.curriculum, by=None)
    edition.refresh_from_db()
    assert edition.state == "candidate" and edition.approvals.count() == 1


def address(edition: CurriculumEdition) -> str:
    return f"/en/manage/editions/{edition.pk}/"


def test_an_author_proposes_in_the_browser_and_is_told_what_is_missing(school: School) -> None:
    author = school.client(school.person("SHCP", Role.INSTRUCTOR))
    ask = {"curriculum": "CO"}
    said = author.post("/en/manage/editions/propose/", ask, follow=True).content.decode()
    assert "do not differ from edition 1" in said
    edit(title_en="Changed", title_es="")
    said = author.post("/en/manage/editions/propose/", ask, follow=True).content.decode()
    assert "1 obstacle keeps the drafts from being proposed." in said and "CO-101-L1" in said
    edit(title_en="Changed", title_es="Cambiada")
    assert "Edition 2" in author.post("/en/manage/editions/propose/", ask, follow=True).content.decode()
    approver = school.client(school.person("SHCP", Role.APPROVER))
    assert approver.post("/en/manage/editions/propose/", ask).status_code == 403
