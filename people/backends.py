"""Who enters Wagtail's administration: whoever holds a role today that gives the right, whatever the groups say."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied

from .access import may
from .models import User
from .roles import Right

DOOR = "wagtailadmin.access_admin"


class RolesOfToday(ModelBackend):
    """Asked before the other backends. It lets nobody in; at the door it turns those away whose last role has ended.

    Groups follow the roles when a grant is given, when its holder signs in, and with `manage.py sync_roles`.
    """

    def authenticate(self, request: Any, username: str | None = None, password: str | None = None, **more: Any) -> None:
        return None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if perm == DOOR and isinstance(user_obj, User) and not may(user_obj, Right.ENTER_ADMIN):
            raise PermissionDenied
        return False

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def with_perm(self, *args: Any, **kwargs: Any) -> Any:
        return User.objects.none()
