"""What courses hold about those who write, confirm, review and lock."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from people.held_data import Field, Row, held
from people.models import User

from .models import Item, PairConfirmation, SourceReview, TextPair


@held(
    "text_pairs",
    title=_("Texts that you changed or confirmed"),
    about=_("Which texts of courses wait for the other language since you changed them, and which you confirmed."),
    place=145,
    fields=(
        Field("pair", _("Number of the pair of texts")),
        Field("deed", _("What"), lambda: {"changed": _("changed it"), "confirmed": _("confirmed it")}),
        Field("at", _("When")),
        Field("reason", _("Reason")),
    ),
    covers=["courses.TextPair.since_by", "courses.TextPair.confirmed_by"],
)
def text_pairs(person: User) -> Iterable[Row]:
    """What was changed, then what was confirmed."""
    for pk, at in TextPair.objects.open().filter(since_by=person).order_by("pk").values_list("pk", "since"):
        yield pk, "changed", at, ""
    confirmed = TextPair.objects.filter(confirmed_by=person).order_by("pk")
    for pk, confirmed_at, reason in confirmed.values_list("pk", "confirmed_at", "reason"):
        yield pk, "confirmed", confirmed_at, reason


@held(
    "source_reviews",
    title=_("Sources that you reviewed"),
    about=_("Which sources of lessons you looked at again, and what you found."),
    place=146,
    fields=(
        Field("lesson", _("Lesson")),
        Field("tag", _("Tag")),
        Field("at", _("When")),
        Field("reason", _("What you found")),
        Field("due_on", _("To be reviewed again by")),
    ),
    covers=["courses.SourceReview.reviewed_by"],
)
def source_reviews(person: User) -> Iterable[Row]:
    """One row a review."""
    found = SourceReview.objects.filter(reviewed_by=person).order_by("reviewed_at", "pk")
    return found.values_list("lesson_code", "tag", "reviewed_at", "reason", "due_on")


@held(
    "confirmations",
    title=_("Confirmations of texts"),
    about=_("Each time that you confirmed that a text still stands, and why."),
    place=147,
    fields=(
        Field("object", _("Learning object")),
        Field("at", _("When")),
        Field("reason", _("Reason")),
        Field("sha256_en", _("SHA-256 of the English")),
        Field("sha256_es", _("SHA-256 of the Spanish")),
    ),
    covers=["courses.PairConfirmation.confirmed_by"],
)
def confirmations(person: User) -> Iterable[Row]:
    """One row a deed."""
    found = PairConfirmation.objects.filter(confirmed_by=person).order_by("confirmed_at", "pk")
    return found.values_list("object_code", "confirmed_at", "reason", "sha256_en", "sha256_es")


@held(
    "locked_items",
    title=_("Questions that you locked"),
    about=_("Which questions of the bank nobody else may change, because you locked them."),
    place=148,
    fields=(Field("item", _("Question")), Field("at", _("When"))),
    covers=["courses.Item.locked_by"],
)
def locked_items(person: User) -> Iterable[Row]:
    """One row a question."""
    found: Iterable[Row] = Item.objects.filter(locked_by=person).order_by("locked_at").values_list("code", "locked_at")
    return found
