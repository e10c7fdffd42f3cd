"""What each role may touch in Wagtail's admin: the permissions of its group, from one table."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from courses.models import CatalogPage
from people.roles import RIGHTS, Right, Role
from people.services.roles import match_groups

MODELS: dict[Role, tuple[str, ...]] = {
    Role.INSTRUCTOR: (
        "courses.add_item",
        "courses.change_item",
        "courses.view_item",
        "courses.lock_item",
        "courses.unlock_item",
        *(f"courses.{act}_{model}" for model in ("itemcategory", "itemscenario") for act in ("add", "change", "view")),
        "courses.add_glossaryterm",
        "courses.change_glossaryterm",
        "courses.view_glossaryterm",
        *(f"certificates.{act}_{model}" for model in ("framework", "competence") for act in ("add", "change", "view")),
    ),
    Role.MANAGER: (
        *(f"curricula.{act}_cohort" for act in ("add", "change", "view")),
        *(f"courses.{act}_instructorqualification" for act in ("add", "change", "view")),
    ),
    Role.APPROVER: (
        "courses.view_item",
        "courses.view_itemcategory",
        "courses.view_itemscenario",
        "courses.view_glossaryterm",
        "curricula.view_curriculum",
    ),
    Role.ADMINISTRATOR: (
        *(
            f"people.{act}_{model}"
            for model in ("agency", "office", "rolegrant", "user")
            for act in ("add", "change", "view")
        ),
        "people.view_participant",
        *(f"people.{act}_retentionrule" for act in ("add", "change", "delete", "view")),
        *(f"courses.{act}_instructorqualification" for act in ("add", "change", "view")),
        "certificates.add_signatory",
        "certificates.change_signatory",
        "certificates.view_signatory",
        *(f"certificates.{act}_validityrule" for act in ("add", "change", "view")),
    ),
}
PAGES: dict[Role, tuple[str, ...]] = {Role.INSTRUCTOR: ("add_page", "change_page", "lock_page", "unlock_page")}
FILES: dict[Role, tuple[str, ...]] = {
    Role.INSTRUCTOR: ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
}


@transaction.atomic
def sync_role_permissions() -> None:
    """Make groups and their permissions follow from the tables, people from their grants. Nobody may publish."""
    catalog = CatalogPage.objects.first()
    root = Collection.get_first_root_node()
    for role in Role:
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set(_permissions(role))
        GroupPagePermission.objects.filter(group=group).delete()
        GroupCollectionPermission.objects.filter(group=group).delete()
        for codename in PAGES.get(role, ()) if catalog else ():
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.create(group=group, page=catalog, permission=permission)
        for codename in FILES.get(role, ()):
            permission = Permission.objects.get(
                content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename=codename
            )
            GroupCollectionPermission.objects.create(group=group, collection=root, permission=permission)
    match_groups()


def _permissions(role: Role) -> list[Permission]:
    wanted = set(MODELS.get(role, ()))
    if Right.ENTER_ADMIN in RIGHTS[role]:
        wanted.add("wagtailadmin.access_admin")
    labels = {name.split(".")[0] for name in wanted}
    known = Permission.objects.filter(content_type__app_label__in=labels).select_related("content_type")
    return [p for p in known if f"{p.content_type.app_label}.{p.codename}" in wanted]
