"""What the editor and this floor hold about a person: traces of work on content, and the files with one's own data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    Page,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from jobs.models import Job
from jobs.personal_data import KEPT_BY_THEIR_KIND, results_of
from jobs.results import remove_result
from people.erasing import Erasure, erases, names_any
from people.held_data import Field, Row, held
from people.models import Participant, User
from people.retaining import Expired, retained

from .privacy.job import MY_DATA

KEPT_BY_THEIR_KIND.add(MY_DATA)

TRACES: tuple[tuple[str, Any, str, str | None], ...] = (
    ("page", Page, "owner", "first_published_at"),
    ("locked_page", Page, "locked_by", "locked_at"),
    ("revision", Revision, "user", "created_at"),
    ("workflow", WorkflowState, "requested_by", "created_at"),
    ("workflow_step", TaskState, "finished_by", "finished_at"),
    ("comment", Comment, "user", "created_at"),
    ("resolved_comment", Comment, "resolved_by", "resolved_at"),
    ("reply", CommentReply, "user", "created_at"),
    ("followed_page", PageSubscription, "user", None),
    ("image", get_image_model(), "uploaded_by_user", "created_at"),
    ("document", get_document_model(), "uploaded_by_user", "created_at"),
    ("upload", UploadedFile, "uploaded_by_user", None),
    ("editing", EditingSession, "user", "last_seen_at"),
    ("unsaved_form", FormState, "user", "last_updated_at"),
)
"""What Wagtail's editor keeps, by the name that it has in the file, with its column to the person and its time."""
WORDS = {
    "page": _("page"),
    "locked_page": _("page locked"),
    "revision": _("revision"),
    "workflow": _("workflow"),
    "workflow_step": _("step of a workflow"),
    "comment": _("comment"),
    "resolved_comment": _("comment resolved"),
    "reply": _("reply to a comment"),
    "followed_page": _("page followed"),
    "image": _("image"),
    "document": _("document"),
    "upload": _("file uploaded"),
    "editing": _("page open in the editor"),
    "unsaved_form": _("form not saved"),
}
WRITTEN = {"comment": "text", "reply": "text", "unsaved_form": "data"}  # what the person typed
REMOVED = ("followed_page", "upload", "editing", "unsaved_form")


@held(
    "editing",
    title=_("Traces of work on courses"),
    about=_("Pages, revisions, comments and files that you made in the administration."),
    place=150,
    fields=(
        Field("what", _("What"), lambda: WORDS),
        Field("number", _("Number")),
        Field("at", _("When")),
        Field("text", _("Text")),
    ),
    covers=[
        "wagtailcore.Page.owner",
        "wagtailcore.Page.locked_by",
        "wagtailcore.Revision.user",
        "wagtailcore.WorkflowState.requested_by",
        "wagtailcore.TaskState.finished_by",
        "wagtailcore.Comment.user",
        "wagtailcore.Comment.resolved_by",
        "wagtailcore.CommentReply.user",
        "wagtailcore.PageSubscription.user",
        "wagtailcore.UploadedFile.uploaded_by_user",
        "wagtailimages.Image.uploaded_by_user",
        "wagtaildocs.Document.uploaded_by_user",
        "wagtailadmin.EditingSession.user",
        "wagtailadmin.FormState.user",
    ],
)
def editing(person: User) -> Iterable[Row]:
    """One query a kind of trace."""
    for name, model, column, at in TRACES:
        for each in model.objects.filter(**{column: person}).order_by("pk"):
            text = getattr(each, WRITTEN[name]) if name in WRITTEN else ""
            yield name, each.pk, getattr(each, at) if at else None, text


@held(
    "editor_preferences",
    title=_("Preferences of the administration"),
    about=_("Language, time zone, theme and picture that you chose there."),
    place=160,
    fields=(
        Field("preferred_language", _("Preferred language")),
        Field("time_zone", _("Time zone")),
        Field("theme", _("Theme")),
        Field("picture", _("Picture")),
    ),
    covers=["wagtailusers.UserProfile.user"],
)
def preferences(person: User) -> Iterable[Row]:
    """One row, once the person entered the administration."""
    columns = ("preferred_language", "current_time_zone", "theme", "avatar")
    return list(UserProfile.objects.filter(user=person).values_list(*columns))


@held(
    "programming_keys",
    title=_("Keys for programs"),
    about=_("Keys with which a program reads in your name. The keys themselves are not kept."),
    place=170,
    fields=(
        Field("name", _("Name")),
        Field("created_at", _("Created")),
        Field("revoked_at", _("Revoked")),
        Field("last_used_at", _("Last used")),
    ),
    covers=["wagtailcore.APIToken.user"],
)
def programming_keys(person: User) -> Iterable[Row]:
    """Names and times of tokens."""
    tokens = APIToken.objects.filter(user=person).order_by("pk")
    return list(tokens.values_list("name", "created", "revoked_at", "last_used_at"))


@erases(
    "editing",
    says=_(
        "Pages, revisions and comments that the person wrote stay, as they belong to the courses; their author is then "
        "the pseudonym. Preferences, the picture and unsaved forms are removed."
    ),
    place=400,
)
def forget_editing(erasure: Erasure) -> None:
    """Work stays, convenience goes. Locks are opened, so that nobody waits for a person who is gone."""
    person = erasure.person
    Page.objects.filter(locked_by=person).update(locked=False, locked_by=None, locked_at=None)
    for name, model, column, _at in TRACES:
        if name in REMOVED:
            rows = model.objects.filter(**{column: person})
            if name == "upload":
                erasure.files += [Path(each.file.path) for each in rows if each.file]
            erasure.remove(name, rows)
    profiles = UserProfile.objects.filter(user=person)
    erasure.files += [Path(settings.MEDIA_ROOT) / profile.avatar.name for profile in profiles if profile.avatar]
    erasure.remove("wagtailusers.UserProfile", profiles)


@erases(
    "letter_files", says=_("Letters that this installation wrote to files instead of sending are deleted."), place=610
)
def forget_letter_files(erasure: Erasure) -> None:
    """Only where `PUENTE_MAIL_DIR` is set: on one machine, without a mail server."""
    if folder := getattr(settings, "PUENTE_MAIL_DIR", None):
        letters = [path for path in Path(folder).glob("*") if path.is_file()]
        named = [path for path in letters if names_any(path.read_bytes().decode(errors="ignore"), [erasure.email])]
        erasure.files += named


def remove_downloads(keys: Sequence[Any]) -> int:
    """Remove files with a person's own data, and the jobs that made them."""
    jobs = Job.objects.filter(pk__in=keys)
    for job in jobs:
        remove_result(job)
    return jobs.delete()[0]


@retained(
    "downloads",
    title=_("Files with one’s own data"),
    about=_("What a person asked for on the page “My data”. It can be made again at any time."),
    suggested_days=7,
    remove=remove_downloads,
)
def old_downloads(participant: Participant, before: dt.datetime) -> Iterable[Expired]:
    """Files that people of the Participant asked for, counted from the day on which they were made."""
    rows = results_of(participant, before).filter(kind=MY_DATA)
    return (Expired(at, pk) for at, pk in rows.values_list("finished_at", "pk") if at)
