"""Help a person who has lost their phone and their recovery codes. Make sure first that it is that person."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.models import User
from people.services.sign_ins import remove_second_factors


class Command(BaseCommand):
    help = gettext_lazy(  # type: ignore[assignment]
        "Remove a person’s passkeys, authenticator app and recovery codes, and sign them out everywhere."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError(_("Nobody here has the address %(email)s.") % {"email": options["email"]})
        count = remove_second_factors(person=person, by=None)
        said = ngettext(
            "%(count)s factor is removed. At the next sign-in the person sets up another where the role needs one.",
            "%(count)s factors are removed. At the next sign-in the person sets up another where the role needs one.",
            count,
        )
        self.stdout.write(said % {"count": count})
