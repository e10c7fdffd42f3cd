"""A person's calendar feed: one address without a sign-in, which can be made useless at any time.

The address is signed and holds the person's number and that of the address; the database holds nothing that opens it.
"""

from __future__ import annotations

from django.core import signing
from django.db import transaction

from people import audit, clock
from people.models import User

from ..models import CalendarFeed

SALT = "curricula.calendar"


@transaction.atomic
def make_feed(*, by: User) -> CalendarFeed:
    """A new address for one's own feed; the one before works no more. Holds the person's row."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    feed = CalendarFeed.objects.filter(person=by).first() or CalendarFeed(person=by, number=0)
    feed.number += 1
    feed.is_open, feed.made_at = True, clock.now()
    feed.save()
    audit.record("curricula.calendar.made", feed, by=by, concerns=by.participant_id)
    return feed


@transaction.atomic
def end_feed(*, by: User) -> bool:
    """The address works no more, and there is none; False when there was none."""
    feed = CalendarFeed.objects.select_for_update(of=("self",)).filter(person=by, is_open=True).first()
    if feed is None:
        return False
    feed.is_open = False
    feed.save(update_fields=["is_open"])
    audit.record("curricula.calendar.ended", feed, by=by, concerns=by.participant_id)
    return True


def token_of(feed: CalendarFeed) -> str:
    """What stands in the address."""
    return signing.Signer(sep=".", salt=SALT).sign(f"{feed.person_id}-{feed.number}")


def feed_of(token: str) -> CalendarFeed | None:
    """The feed that an address opens: signed here, not replaced or ended since, of a person with an open account."""
    try:
        person, number = (int(part) for part in signing.Signer(sep=".", salt=SALT).unsign(token).split("-"))
    except (signing.BadSignature, ValueError):
        return None
    found = CalendarFeed.objects.filter(person=person, number=number, is_open=True, person__is_active=True)
    return found.select_related("person").first()
