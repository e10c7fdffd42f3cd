"""Make groups and Wagtail permissions follow from the roles."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lms.role_permissions import sync_role_permissions


class Command(BaseCommand):
    """Safe to repeat; run it each night, so that roles that end take their permissions with them."""

    help = "Make groups and Wagtail permissions follow from the roles; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_role_permissions()
        if options["verbosity"]:
            self.stdout.write(_("Groups and permissions follow from the roles."))
