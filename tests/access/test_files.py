"""Files: none of what is private has an address, and pictures and documents ask who looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from certificates.models import Credential
from jobs.models import Job
from lms.role_permissions import FILES, MODELS, PAGES
from people.private_files import hand_out, private_path
from people.roles import RIGHTS, Right, Role
from tests.access.both_sides import OFFICER, BothSides, build_both_sides

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Wagtail leaves the file of a new rendition open
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def world(db: None) -> BothSides:
    return build_both_sides()


def test_no_private_file_lies_where_files_have_addresses() -> None:
    private, media, static = (
        Path(folder).resolve() for folder in (settings.PUENTE_PRIVATE_DIR, settings.MEDIA_ROOT, settings.STATIC_ROOT)
    )
    for one, other in ((private, media), (private, static), (media, static)):
        assert not one.is_relative_to(other) and not other.is_relative_to(one)
    assert not Path(settings.PUENTE_KEYS_DIR).resolve().is_relative_to(media)


@pytest.mark.parametrize("place", ["", ".", "../secret_key", "/etc/hostname", "jobs/../../secret_key", "missing.pdf"])
def test_no_place_leads_out_of_the_private_folder(place: str, settings: Settings, tmp_path: Path) -> None:
    settings.PUENTE_PRIVATE_DIR = tmp_path / "private"
    (tmp_path / "private" / "jobs").mkdir(parents=True)
    (tmp_path / "secret_key").write_text("key")
    with pytest.raises(FileNotFoundError):
        private_path(place)


def test_a_link_out_of_the_private_folder_is_not_followed(settings: Settings, tmp_path: Path) -> None:
    settings.PUENTE_PRIVATE_DIR = tmp_path / "private"
    settings.PUENTE_PRIVATE_DIR.mkdir()
    (tmp_path / "secret_key").write_text("key")
    (tmp_path / "private" / "link").symlink_to(tmp_path / "secret_key")
    with pytest.raises(FileNotFoundError):
        hand_out("link", name="link")


def test_the_web_server_sends_what_the_view_lets_pass(world: BothSides, settings: Settings) -> None:
    own, other = world.client("manager"), world.client("other manager")
    number, job = world.of(Credential).number, world.of(Job)
    asker = Client()
    asker.force_login(world.staff["SHCP"], backend="django.contrib.auth.backends.ModelBackend")
    addresses = ((own, f"/es/certificates/{number}/document.pdf"), (asker, f"/es/jobs/{job.pk}/result/"))
    for client, address in addresses:
        here = client.get(address)
        assert here.status_code == 200 and here.getvalue() and "X-Accel-Redirect" not in here
        assert "no-store" in here["Cache-Control"] and here["X-Content-Type-Options"] == "nosniff"
    settings.PUENTE_ACCEL_PREFIX = "/_private/"
    for client, address in addresses:
        there = client.get(address)
        assert there.status_code == 200 and not there.getvalue()
        inside = there["X-Accel-Redirect"].removeprefix("/_private/")
        assert private_path(inside).is_file() and there["Content-Disposition"].startswith("attachment")
        refused = other.get(address)
        assert refused.status_code == 404 and "X-Accel-Redirect" not in refused


def test_pictures_are_for_those_signed_in_and_folders_are_not_listed(world: BothSides) -> None:
    image = world.of(Image)
    rendition = image.get_rendition("width-20").file.name
    stranger, trainee, author = (world.client(who) for who in ("anonymous", "trainee", "instructor"))
    for client, path, status in (
        (stranger, rendition, 404), (trainee, rendition, 200), (author, rendition, 200),
        (stranger, image.file.name, 404), (trainee, image.file.name, 404), (author, image.file.name, 200),
        (author, "", 404), (author, "images/", 404), (author, "images/../../secret_key", 404),
        (author, "images/..%2f..%2fsecret_key", 404), (author, "documents/form.txt", 404),
        (author, "private/x.png", 404),
    ):  # fmt: skip
        response = client.get(f"/media/{path}", follow=True)
        assert response.status_code == status, path
        if status == 200:
            assert response.getvalue().startswith(b"\x89PNG") and response["X-Content-Type-Options"] == "nosniff"
            assert response["Content-Security-Policy"] == "default-src 'none'"


def test_a_drawing_with_a_script_is_never_sent_as_a_picture(world: BothSides) -> None:
    folder = Path(settings.MEDIA_ROOT) / "images"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bad.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    (folder / "bad.html").write_text("<script>alert(1)</script>")
    for name in ("bad.svg", "bad.html"):
        assert world.client("operator").get(f"/media/images/{name}").status_code == 404


def test_a_document_asks_for_sign_in(world: BothSides) -> None:
    document = world.of(Document)
    asked = world.client("anonymous").get(document.url)
    assert asked.status_code == 302 and "/account/login/" in asked["Location"]
    assert world.client("trainee").get(document.url).getvalue() == b"a form"


def test_a_roster_that_the_other_side_looked_at_cannot_be_applied_by_its_hash(world: BothSides) -> None:
    """A roster is kept under its hash, on a shelf of its own side."""
    shelf = Path(settings.PUENTE_PRIVATE_DIR) / "rosters"
    for kept in shelf.glob("*/*.csv"):
        kept.unlink()
    mine = shelf / str(world.staff["SHCP"].participant_id)
    (mine / f"{'b' * 64}.csv").write_text(f"surname_1\n{OFFICER['SHCP']}\n")
    address = f"/en/manage/cohorts/cohort-1/roster/{'b' * 64}/apply/"
    assert world.client("other manager").post(address).status_code == 404
    assert world.client("manager").post(address).status_code == 302


def test_permissions_in_the_administration_are_what_the_table_says(world: BothSides) -> None:
    """Whatever somebody clicked together in the groups, `sync_roles` makes them follow from the tables."""
    Group.objects.get(name="trainee").permissions.add(*Permission.objects.all())
    call_command("sync_roles", verbosity=0)
    for role in Role:
        group = Group.objects.get(name=role.value)
        models = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}
        entering = {"wagtailadmin.access_admin"} if Right.ENTER_ADMIN in RIGHTS[role] else set()
        assert models == set(MODELS.get(role, ())) | entering
        pages = GroupPagePermission.objects.filter(group=group).values_list("permission__codename", flat=True)
        files = GroupCollectionPermission.objects.filter(group=group).values_list("permission__codename", flat=True)
        assert sorted(pages) == sorted(PAGES.get(role, ())) and sorted(files) == sorted(FILES.get(role, ()))
    assert not Permission.objects.filter(group__isnull=False, codename__startswith="publish_").exists()
