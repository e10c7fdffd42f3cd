"""Rules of access that no tool checks: rights are asked, roles are not; a model with people in it has its gate."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import get_resolver
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from people.models import Participant, User
from people.own_side import OwnSidePolicy, OwnSideViewSet

ROOT = Path(settings.BASE_DIR)
APPS = ("people", "jobs", "courses", "curricula", "certificates", "reports", "lms")
TABLES = {
    "lms/role_permissions.py": "the table of permissions in the administration",
    "curricula/services/rosters.py": "whoever comes in by a roster is a trainee",
    "curricula/services/roster_record.py": "and the record says so",
    "curricula/services/newcomers.py": "whoever comes in by a nomination is a trainee",
    "curricula/personal_data.py": "the account of whoever is more than a trainee is not erased by a schedule",
}
"""Where a role is named outside `people`, and why."""

FREE = ("people/", "lms/demonstration/", "lms/bench/")
STAFF = {"courses.Item"}
"""Snippets that name authors only in their history: both sides write them together."""


def test_no_role_is_checked_by_name() -> None:
    """A view asks `people.access` for a right. `Role.MANAGER`, or the word "manager" compared, is a role by name."""
    found = []
    names = {"trainee", "instructor", "manager", "approver", "esc", "administrator"}
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            place = path.relative_to(ROOT).as_posix()
            if "migrations" in path.parts or place in TABLES or place.startswith(FREE):
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Role":
                    found.append(f"{place}:{node.lineno} Role.{node.attr}")
                if isinstance(node, ast.Compare):
                    words = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
                    if names & {word for word in words if isinstance(word, str)} and "role" in ast.unparse(node):
                        found.append(f"{place}:{node.lineno} {ast.unparse(node)}")
    assert not found


def test_no_view_asks_for_a_group_or_whether_somebody_is_staff() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for app in APPS
        for path in (ROOT / app).rglob("views/**/*.py")
        for word in (".groups", "is_superuser", "is_staff", "has_perm")
        if word in path.read_text()
    ]
    assert not found


def test_every_snippet_that_belongs_to_somebody_keeps_to_the_own_side() -> None:
    """A snippet with a way to a Participant or a person has a gate, and all its pages ask it."""
    get_resolver().url_patterns  # noqa: B018 (loads Wagtail's hooks)
    open_ones = []
    for model in get_snippet_models():
        targets = {field.related_model for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)}
        belongs = model is Participant or bool(targets & {Participant, User, apps.get_model("people.Agency")})
        is_gated = isinstance(policy_registry.get_by_type(model), OwnSidePolicy)
        if belongs and not (is_gated and isinstance(model.snippet_viewset, OwnSideViewSet)):
            open_ones.append(model._meta.label)
    assert not set(open_ones) - STAFF
    assert isinstance(policy_registry.get_by_type(User), OwnSidePolicy)


@pytest.mark.parametrize("app", APPS)
def test_files_are_handed_out_in_one_place(app: str) -> None:
    """Nobody else opens a file for an answer, or sends the web server to one."""
    doors = {"people/private_files.py", "lms/media.py"}
    found = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / app).rglob("*.py")
        if any(word in path.read_text() for word in ("FileResponse", "X-Accel-Redirect", "X-Sendfile", "static("))
    ]
    allowed = doors | {"lms/wagtail_hooks.py"}
    assert not set(found) - allowed
