"""Every road to publication but the edition's is closed, and what an edition holds is not deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db.models import ProtectedError
from django.test import Client
from wagtail.models import Page, Revision, Task, Workflow

from courses.exceptions import NotPublishableAlone, UsedByAnEdition
from courses.models import CatalogPage, CoursePage, Item, LessonPage, QuizPage
from curricula.models import Curriculum
from people import clock
from people.roles import Role
from tests.journeys.conftest import first_editions
from tests.school import School

CHANGED = "Past the gate"


def draft() -> LessonPage:
    """A lesson with a newer draft."""
    page: LessonPage = LessonPage.objects.get(code="CO-101-L1").get_latest_revision_as_object()
    page.title_en = page.title_es = CHANGED
    page.save_revision(clean=False)
    return page


def save_as_live(page: LessonPage) -> None:
    new = LessonPage.objects.get(pk=unpublished().pk)
    new.live = True
    new.save()


def unpublished() -> LessonPage:
    """A lesson that no edition holds."""
    page = LessonPage(code="CO-101-L9", slug="lesson-9", title_en=CHANGED, title_es=CHANGED, title=CHANGED, live=True)
    CoursePage.objects.get(code="CO-101").add_child(instance=page)
    return page


def save_plain(page: LessonPage) -> None:
    plain = Page.objects.get(pk=unpublished().pk)
    plain.live = True
    plain.save()


def save_text(page: LessonPage) -> None:
    live = LessonPage.objects.get(pk=page.pk)
    live.title_en = CHANGED
    live.save()


def bulk(page: LessonPage) -> None:
    live = LessonPage.objects.get(pk=page.pk)
    live.live = False
    LessonPage.objects.bulk_update([live], ["live"])


def schedule(page: LessonPage) -> None:
    page.save_revision(approved_go_live_at=clock.now() + dt.timedelta(hours=1))


PLAIN_CODE: dict[str, Callable[[LessonPage], Any]] = {
    "page.publish": lambda page: page.publish(page.get_latest_revision()),
    "revision.publish": lambda page: page.get_latest_revision().publish(skip_permission_checks=True),
    "page.unpublish": lambda page: LessonPage.objects.get(pk=page.pk).unpublish(),
    "a plain Page's unpublish": lambda page: Page.objects.get(pk=page.pk).unpublish(),
    "a plain Page's live and save": save_plain,
    "plain pages' unpublish": lambda page: Page.objects.filter(pk=page.pk).unpublish(),
    "live=True and save": save_as_live,
    "a live text and save": save_text,
    "queryset.update": lambda _: LessonPage.objects.update(live=False),
    "published content by update": lambda _: CoursePage.objects.update(published=None),
    "queryset.bulk_update": bulk,
    "queryset.unpublish": lambda _: LessonPage.objects.all().unpublish(),
    "scheduled revision": schedule,
    "copy": lambda page: page.copy(update_attrs={"code": "COPY", "slug": "copy"}),
    "alias": lambda page: page.create_alias(update_slug="alias"),
}


@pytest.mark.parametrize("road", PLAIN_CODE)
def test_plain_code_publishes_nothing(school: School, road: str) -> None:
    with pytest.raises((NotPublishableAlone, PermissionDenied)):
        PLAIN_CODE[road](draft())
    unchanged()


def unchanged() -> None:
    """What is live is what both approved."""
    assert list(LessonPage.objects.live().order_by("path").values_list("title_en", flat=True)) == [
        "Lesson 1 (English)", "Lesson 2 (English)",
    ]  # fmt: skip
    assert CoursePage.objects.live().get().published is not None
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


def editor(client: Client, page: Page, action: str, **more: str) -> None:
    shown = client.get(f"/en/admin/pages/{page.pk}/edit/")
    form = {k: v for k, v in shown.context["form"].initial.items() if v is not None and not isinstance(v, list)}
    body = {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    values = {k: str(v) for k, v in form.items()} | body | {"outcomes": "[]", "sources": "[]"}
    client.post(f"/en/admin/pages/{page.pk}/edit/", values | more | {action: "1"})


def finish_a_workflow(client: Client, page: Page) -> None:
    """Its one step asks nobody, so that it ends at once and would publish."""
    workflow = Workflow.objects.create(name="One step")
    workflow.workflow_tasks.create(task=Task.objects.create(name="Step"), sort_order=0)
    assert workflow.start(LessonPage.objects.get(pk=page.pk), None).status == "approved"


HTTP: dict[str, Callable[[Client, LessonPage], Any]] = {
    "the editor": lambda client, page: editor(client, page, "action-publish", title_en=CHANGED, title_es=CHANGED),
    "the editor's schedule": lambda client, page: editor(client, page, "action-publish", go_live_at="2020-01-01 00:00"),
    "bulk publish": lambda client, page: client.post(f"/en/admin/bulk/wagtailcore/page/publish/?id={page.pk}"),
    "bulk unpublish": lambda client, page: client.post(f"/en/admin/bulk/wagtailcore/page/unpublish/?id={page.pk}"),
    "unpublish": lambda client, page: client.post(f"/en/admin/pages/{page.pk}/unpublish/"),
    "the API's publish": lambda client, page: client.post(f"/en/admin/api/main/pages/{page.pk}/action/publish/"),
    "the API's unpublish": lambda client, page: client.post(f"/en/admin/api/main/pages/{page.pk}/action/unpublish/"),
    "the API's copy": lambda client, page: client.post(
        f"/en/admin/api/main/pages/{page.pk}/action/copy/", {"destination_page_id": page.get_parent().pk, "slug": "c"}
    ),
    "the API's alias": lambda client, page: client.post(f"/en/admin/api/main/pages/{page.pk}/action/create_alias/"),
    "a public API": lambda client, page: client.post(f"/api/v2/pages/{page.pk}/action/publish/"),
    "copy in the administration": lambda client, page: client.post(
        f"/en/admin/pages/{page.pk}/copy/",
        {"new_title": "c", "new_slug": "c", "new_parent_page": page.get_parent().pk, "publish_copies": "on"},
    ),
    "a workflow's end": finish_a_workflow,
}


@pytest.mark.filterwarnings("ignore:.*get_connection.*")
@pytest.mark.parametrize("road", HTTP)
def test_not_even_an_operator_publishes_over_http(school: School, road: str) -> None:
    page = draft()
    client = school.client(school.person("DHS", Role.ADMINISTRATOR, is_superuser=True))
    said = HTTP[road](client, page)
    assert said is None or said.status_code in {302, 403, 404}
    unchanged()


def test_a_schedule_set_past_everything_publishes_nothing_when_its_hour_comes(school: School) -> None:
    page = draft()
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=clock.now() - dt.timedelta(hours=1))
    with pytest.raises(NotPublishableAlone):
        call_command("publish_scheduled")
    Revision.objects.update(approved_go_live_at=None)
    unchanged()


def test_a_draft_moved_below_a_live_course_stays_a_draft(school: School) -> None:
    page, course = unpublished(), CoursePage.objects.get(code="CO-101")
    page.move(course, pos="first-child")
    assert not LessonPage.objects.get(pk=page.pk).live
    unchanged()


def test_loading_from_files_makes_drafts(school: School) -> None:
    call_command("load_curricula", folder=first_editions(), verbosity=0)
    unchanged()
    assert set(Curriculum.objects.get(code="IN").editions.values_list("state", flat=True)) == {"candidate"}


@pytest.mark.parametrize(
    "delete",
    [
        lambda: LessonPage.objects.get(code="CO-101-L1").delete(),
        lambda: Page.objects.get(pk=LessonPage.objects.get(code="CO-101-L1").pk).delete(),
        lambda: QuizPage.objects.all().delete(),
        lambda: CatalogPage.objects.get().delete(),
        lambda: Item.objects.get(code="CO-101-01").delete(),
        lambda: Item.objects.all().delete(),
    ],
)
def test_what_an_edition_holds_is_not_deleted_by_code(school: School, delete: Callable[[], Any]) -> None:
    with pytest.raises((UsedByAnEdition, ProtectedError)):
        delete()


@pytest.mark.parametrize("address", ["pages/{page}/delete/", "bulk/wagtailcore/page/delete/?id={page}",
                                     "snippets/courses/item/delete/{item}/",
                                     "bulk/courses/item/delete/?id={item}"])  # fmt: skip
def test_whoever_deletes_it_in_the_administration_is_told_why_not(school: School, address: str) -> None:
    page, item = LessonPage.objects.get(code="CO-101-L1"), Item.objects.get(code="CO-101-01")
    client = school.client(school.person("DHS", Role.ADMINISTRATOR, is_superuser=True))
    said = client.post("/en/admin/" + address.format(page=page.pk, item=item.pk), follow=True).content.decode()
    assert "is part of an edition that was proposed or published, so it is kept." in said
    assert LessonPage.objects.filter(pk=page.pk).exists() and Item.objects.filter(pk=item.pk).exists()


def test_what_no_edition_holds_is_deleted(school: School) -> None:
    page = unpublished()
    client = school.client(school.person("DHS", Role.ADMINISTRATOR, is_superuser=True))
    client.post(f"/en/admin/pages/{page.pk}/delete/")
    assert not LessonPage.objects.filter(pk=page.pk).exists()
