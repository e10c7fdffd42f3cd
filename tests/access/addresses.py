"""Every address of the project, found in its urlconf, with its arguments filled in from a world of both sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern
from django.utils import translation
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, Page, Site, Task, Workflow

from certificates.models import Credential
from courses.models import Attempt, ExerciseAssessment
from curricula.models import (
    Cohort,
    CurriculumEdition,
    Enrollment,
    Nomination,
    Requirement,
    RosterImport,
    Round,
    Session,
    SessionPlace,
)
from jobs.models import Job
from people.models import Invitation, Letter, User
from reports.models import Report, SavedExport

from .both_sides import BothSides

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Route:
    """One URL pattern: how it looks without the language, its arguments, whether it stands in both languages."""

    shown: str
    arguments: tuple[str, ...]
    is_regular: bool
    in_both_languages: bool


@dataclass(frozen=True, slots=True)
class Address:
    """A route with its arguments filled in; `label` is the route, and the query where it matters."""

    label: str
    path: str
    in_both_languages: bool

    def in_language(self, language: str) -> str:
        return f"/{language}/{self.path}" if self.in_both_languages else f"/{self.path}"


def routes() -> list[Route]:
    """All patterns of the root urlconf, each once."""
    with translation.override("en"):
        found = {route.shown + str(route.in_both_languages): route for route in _walk(get_resolver().url_patterns)}
    return list(found.values())


def _walk(patterns: list[Any], before: str = "", localized: bool = False, regular: bool = False) -> Iterator[Route]:
    for each in patterns:
        pattern = each.pattern
        in_language = localized or isinstance(pattern, LocalePrefixPattern)
        is_regular = regular or isinstance(pattern, RegexPattern)
        shown = before + ("" if isinstance(pattern, LocalePrefixPattern) else str(pattern))
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, shown, in_language, is_regular)
        elif isinstance(each, URLPattern):
            names = tuple(pattern.converters) if isinstance(pattern, RoutePattern) else ()
            yield Route(shown, _all_arguments(shown) or names, is_regular, in_language)


def _all_arguments(shown: str) -> tuple[str, ...]:
    parts = [part.split(">")[0].split(":")[-1] for part in shown.split("<")[1:]]
    return tuple(part for part in parts if not part.startswith("?"))


class Unfillable(Exception):
    """A route has an argument that the tables below do not know. Add it there."""


def addresses(world: BothSides, side: str = "SHCP") -> list[Address]:
    """Every route with arguments that lead to that side's objects, and to those that both share.

    Raises:
        Unfillable: names all routes whose arguments are not known.
    """
    found: list[Address] = []
    unknown: list[str] = []
    values, whole = _values(world, side), _whole(world, side)
    for route in routes():
        if route.shown in whole:
            found += [Address(label, path, route.in_both_languages) for label, path in whole[route.shown].items()]
            continue
        path = _filled(route, values)
        if path is None:
            unknown.append(route.shown)
        else:
            found += [
                Address(route.shown + query, path + query_of(query, values, route), route.in_both_languages)
                for query in ("", *QUERIES.get(route.shown, ()))
            ]
    if unknown:
        raise Unfillable("\n".join(unknown))
    return found


QUERIES: Mapping[str, tuple[str, ...]] = {
    "admin/users/": ("?q=Nict", "?export=csv"),
    "admin/users/results/": ("?q=Nict",),
    "admin/snippets/people/rolegrant/": ("?q=Nict", "?role=trainee"),
    "admin/snippets/people/rolegrant/results/": ("?q=Nict",),
    "admin/snippets/courses/instructorqualification/": ("?q=Nict",),
    "admin/snippets/certificates/signatory/results/": ("?q=Itzel",),
    "admin/snippets/choose/people/rolegrant/chosen-multiple/": ("?id=PK",),
    "admin/snippets/choose/certificates/signatory/chosen-multiple/": ("?id=PK",),
    "admin/snippets/choose/curricula/cohort/chosen-multiple/": ("?id=PK",),
    "admin/snippets/choose/courses/instructorqualification/chosen-multiple/": ("?id=PK",),
    "admin/reports/site-history/": ("?export=csv", "?export=xlsx"),
    "admin/pages/search/": ("?q=Lesson",),
    "search/": ("?q=bold",),
    "manage/accommodations/": ("?q=Nict",),
}
"""Queries with which a list is asked as well. PK stands for the object's key; a search is for a given name."""


def query_of(query: str, values: Mapping[str, Values], route: Route) -> str:
    """The query with the key of the route's own object."""
    return query.replace("PK", str(_for(route, values).get("pk", "")))


def _filled(route: Route, values: Mapping[str, Values]) -> str | None:
    if route.is_regular:
        return None
    known = _for(route, values)
    path = route.shown
    for part in route.shown.split("<")[1:]:
        inside = part.split(">")[0]
        name = inside.split(":")[-1]
        if name not in known:
            return None
        path = path.replace(f"<{inside}>", str(known[name]), 1)
    return path


def _for(route: Route, values: Mapping[str, Values]) -> Values:
    """The values for a route: those of the longest beginning that fits it stand over the others."""
    known: Values = {}
    for beginning in sorted((b for b in values if route.shown.startswith(b)), key=len):
        known |= values[beginning]
    return known


def _snippets() -> Iterator[type[Model]]:
    for name in SNIPPETS:
        yield apps.get_model(name)


SNIPPETS = (
    "certificates.Signatory", "certificates.ValidityRule", "certificates.Framework", "certificates.Competence",
    "curricula.Curriculum", "curricula.Cohort",
    "curricula.WorkingGroup", "courses.Item", "courses.GlossaryTerm", "courses.ItemCategory", "courses.ItemScenario",
    "courses.Instrument", "courses.Goal", "people.Participant", "people.Agency", "people.Office", "people.RoleGrant",
    "people.RetentionRule", "courses.InstructorQualification",
)  # fmt: skip


def _values(world: BothSides, side: str) -> dict[str, Values]:
    """The table of arguments: beginning of a route → name of the argument → value."""
    of = lambda model: world.of(model, side)  # noqa: E731 (read like a word in the table below)
    page, cohort, credential = of(Page), of(Cohort), of(Credential)
    table: dict[str, Values] = {
        "": {
            "language": "en",
            "lang": "en",
            "restriction_id": 1,
            "provider_id": "nobody",
            "shelf": "images",
            "name": of(Image).get_rendition("width-20").file.name.split("/")[-1],
        },
        "admin/": {
            "app_label": "courses",
            "model_name": "coursepage",
            "app_name": "courses",
            "content_type_app_name": "courses",
            "content_type_model_name": "lessonpage",
            "object_id": page.pk,
            "page_id": page.pk,
            "page_pk": page.pk,
            "pk": page.pk,
            "parent_page_id": of(apps.get_model("courses.CoursePage")).pk,
            "page_to_move_id": page.pk,
            "destination_id": page.get_parent().pk,
            "revision_id": page.latest_revision_id,
            "action_name": "publish",
            "task_state_id": 1,
            "task_id": of(Task).pk,
            "workflow_state_id": 1,
            "workflow_pk": of(Workflow).pk,
            "collection_id": of(Collection).pk,
            "session_id": 1,
            "document_id": of(Document).pk,
            "doc_id": of(Document).pk,
            "image_id": of(Image).pk,
            "uploaded_file_id": 1,
            "filter_spec": "width-20",
            "uidb64": "MQ",
            "token": "set-password",
            "rest": "done/",
        },
        "account/2fa/webauthn/keys/": {"pk": 1},
        "invitation/": {"token": "guessed"},
        "manage/invitations/": {"pk": of(Invitation).pk},
        "manage/letters/": {"pk": of(Letter).pk, "kind": "invitation", "language": "es"},
        "manage/erasure/": {"pk": of(User).pk},
        "manage/people/": {"pk": of(User).pk},
        "my-data/files/": {"pk": of(Job).pk, "kind": "json"},
        "admin/users/": {"pk": of(User).pk},
        "admin/groups/": {"pk": of(Group).pk},
        "admin/sites/": {"pk": of(Site).pk},
        "admin/collections/": {"pk": of(Collection).pk},
        "admin/workflows/": {"pk": of(Workflow).pk, "app_label": "wagtailcore", "model_name": "groupapprovaltask"},
        "admin/workflows/tasks/": {"pk": of(Task).pk},
        "admin/images/chooser/": {"pk": of(Image).pk},
        "admin/documents/chooser/": {"pk": of(Document).pk},
        "courses/": {
            "course_slug": "co-101",
            "lesson_slug": "lesson-1",
            "name": _file_of_a_lesson(),
            "exercise_slug": "p9",
        },
        "media/frozen/": {"name": _file_of_a_lesson()},
        "exercise-results/": {"pk": of(ExerciseAssessment).pk, "number": 1},
        "manage/assessments/": {"pk": of(ExerciseAssessment).pk, "number": 1},
        "manage/exercises/": {"code": "cohort-1", "course_code": "CO-101", "exercise_code": "P9"},
        "attempts/": {"attempt_id": of(Attempt).pk},
        "verify/": {"code": credential.code},
        "v/": {"code": credential.code},
        "V/": {"code": credential.code},
        "certificates/": {"number": credential.number, "kind": "png"},
        "manage/certificate-designs/": {"code": of(CurriculumEdition).curriculum.code},
        "manage/certificates/": {"number": credential.number, "file_format": "csv"},
        "badges/": {"purpose": "revocation", "number": 1, "curriculum": "co", "edition": "1.0"},
        "manage/cohorts/": {"code": cohort.code, "sha256": "a" * 64, "content": "cohort", "file_format": "xlsx"},
        "manage/cohorts/<slug:code>/at-risk/": {"pk": of(Enrollment).pk},
        "manage/cohorts/<slug:code>/officers/": {"pk": of(Enrollment).pk},
        "manage/rounds/": {"code": of(Round).code, "pk": of(Nomination).pk},
        "manage/requirements/": {"pk": of(Requirement).pk},
        "manage/sessions/": {"pk": of(Session).pk, "place": of(SessionPlace).pk},
        "my-learning/sessions/": {"pk": of(Session).pk},
        "attend/": {"code": "guessed"},
        "a/": {"code": "guessed"},
        "calendar/": {"token": "guessed"},
        "manage/reminders/": {"code": cohort.code},
        "manage/cohorts/<slug:code>/offices/": {"pk": of(Enrollment).office_id},
        "manage/editions/obstacles/": {"code": "CO"},
        "manage/editions/correct/": {"code": "CO"},
        "manage/questions/": {"sha256": "a" * 64},
        "manage/editions/": {"pk": of(CurriculumEdition).pk, "code": "CO-101-L1"},
        "manage/accommodations/": {"pk": of(User).pk},
        "my-learning/evaluate/": {"pk": of(Attempt).record_id},
        "manage/pairs/": {"pk": apps.get_model("courses.TextPair").objects.earliest("pk").pk},
        "manage/sources/": {"pk": apps.get_model("courses.LessonSource").objects.earliest("pk").pk},
        "manage/parity/": {"code": apps.get_model("curricula.Curriculum").objects.earliest("pk").code},
        "manage/reports/": {"pk": of(Report).pk, "name": "report-en.pdf"},
        "manage/rosters/": {"pk": of(RosterImport).pk},
        "manage/exports/": {"pk": of(SavedExport).pk},
        "jobs/": {"pk": of(Job).pk},
        "_util/": {"page_view_restriction_id": 1, "page_id": page.pk},
    }
    for model in _snippets():
        label = f"{model._meta.app_label}/{model._meta.model_name}/"
        table[f"admin/snippets/{label}"] = table[f"admin/snippets/choose/{label}"] = {"pk": of(model).pk}
    for name in ("Item", "ItemScenario"):
        thing = of(apps.get_model("courses", name))
        thing.save_revision()
        table[f"admin/snippets/courses/{name.lower()}/"] |= {"revision_id": thing.latest_revision_id}
    return table


def _file_of_a_lesson() -> str:
    return str(apps.get_model("courses.FileUse").objects.exclude(frozen_course=None).latest("pk").file)


def _whole(world: BothSides, side: str) -> dict[str, dict[str, str]]:
    """Routes that are written out: regular expressions, and those that are asked with several arguments."""
    page, document, image = (world.of(model, side) for model in (Page, Document, Image))
    item, code = world.of(apps.get_model("courses.Item")), world.of(Cohort, side).code
    scenario, joint = world.of(apps.get_model("courses.ItemScenario")), Session.objects.get(cohort=world.school.cohort)
    api = {
        f"admin/api/main/^{kind}/{rest}": f"admin/api/main/{kind}/{path}"
        for kind, key in (("pages", page.pk), ("documents", document.pk), ("images", image.pk))
        for rest, path in (("", ""), ("<int:pk>/", f"{key}/"), ("find/", "find/?id=1"))
    }
    single = api | {
        r"documents/^(\d+)/(.*)$": f"documents/{document.pk}/{document.filename}",
        "admin/api/main/^pages/<int:pk>/action/<str:action_name>/": f"admin/api/main/pages/{page.pk}/action/publish/",
        r"admin/pages/^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$":
            f"admin/pages/{page.pk}/revisions/compare/earliest...latest/",
        r"admin/snippets/courses/item/history/(?P<pk>.+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$":
            f"admin/snippets/courses/item/history/{item.pk}/revisions/compare/earliest...latest/",
        r"admin/snippets/courses/itemscenario/history/(?P<pk>.+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$":
            f"admin/snippets/courses/itemscenario/history/{scenario.pk}/revisions/compare/earliest...latest/",
        r"admin/^.*/$": "admin/no-such-place/",
        r"account/^confirm-email/(?P<key>[-:\w]+)/$": "account/confirm-email/abc:def/",
        r"account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "account/password/reset/key/1-abc/",
        r"^((?:[\w\-]+/)*)$": page.url_path.lstrip("/").removeprefix("home/"),
    }  # fmt: skip
    several = {
        "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/": {
            f"admin/bulk/{label}/{action}/?id=PK": f"admin/bulk/{label}/{action}/?id={key}"
            for label, action, key in (
                ("people/user", "assign_role", world.of(User, side).pk),
                ("people/user", "delete", world.of(User, side).pk),
                ("people/user", "set_active_state", world.of(User, side).pk),
                ("people/rolegrant", "delete", world.of(apps.get_model("people.RoleGrant"), side).pk),
                ("people/office", "delete", world.of(apps.get_model("people.Office"), side).pk),
                ("curricula/cohort", "delete", world.of(Cohort, side).pk),
                ("certificates/signatory", "delete", world.of(apps.get_model("certificates.Signatory"), side).pk),
                ("courses/item", "delete", item.pk),
                ("wagtailcore/page", "delete", page.pk),
                ("wagtailcore/page", "publish", page.pk),
                ("wagtailimages/image", "delete", image.pk),
                ("wagtaildocs/document", "delete", document.pk),
            )
        },
        "<media>": {},
        "manage/cohorts/<slug:code>/export/<str:content>.csv": {
            f"manage/cohorts/<slug:code>/export/{name}": f"manage/cohorts/{code}/export/{name}"
            for name in (
                "statistics.csv",
                "officers.csv",
                "progress.csv",
                "attempts.csv",
                "responses.csv",
                "responses.csv?names=no",
                "roster.csv",
                "codebook.csv",
            )
        },
        "manage/cohorts/<slug:code>/": {
            "manage/cohorts/<slug:code>/": f"manage/cohorts/{code}/",
            "manage/cohorts/(joint)/": "manage/cohorts/cohort-1/",
            "manage/cohorts/(joint)/figures/": "manage/cohorts/cohort-1/figures/",
            "manage/cohorts/(joint)/items/": "manage/cohorts/cohort-1/items/",
        },
        **{
            f"manage/sessions/<int:pk>/{page}": {
                f"manage/sessions/<int:pk>/{page}": f"manage/sessions/{world.of(Session, side).pk}/{page}",
                f"manage/sessions/(joint)/{page}": f"manage/sessions/{joint.pk}/{page}",
            }
            for page in ("", "roll/", "list/", "marks/", "sheet.pdf", "sign-up/")
        },
        "manage/reports/<int:pk>/<str:name>": {
            f"manage/reports/<int:pk>/{name}": f"manage/reports/{world.of(Report).pk}/{name}"
            for name in ("snapshot.h5", "figures.json", "report-en.pdf")
        },
        "media/<str:shelf>/<str:name>": {
            "media/images/<str:name>": f"media/images/{image.get_rendition('width-20').file.name.split('/')[-1]}",
            "media/original_images/<str:name>": f"media/{image.file.name}",
            "media/documents/<str:name>": f"media/{document.file.name}",
        },
    }
    several["manage/cohorts/<slug:code>/export/<str:content>.csv"] |= {
        "manage/cohorts/(joint)/export/officers.csv": "manage/cohorts/cohort-1/export/officers.csv",
        "manage/cohorts/(joint)/export/roster.csv": "manage/cohorts/cohort-1/export/roster.csv",
        "manage/cohorts/(joint)/export/responses.csv": "manage/cohorts/cohort-1/export/responses.csv",
    }
    return {route: {route: path} for route, path in single.items()} | several
