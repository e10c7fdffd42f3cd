"""Puts the first page in the place of Wagtail's welcome page."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Page, Site

from .models import HomePage


@transaction.atomic
def ensure_home() -> HomePage:
    """The first page, made when it is not there."""
    home: HomePage | None = HomePage.objects.first()
    if home:
        return home
    root = Page.get_first_root_node()
    Page.objects.filter(depth=2, slug="home").delete()
    root.refresh_from_db()
    home = HomePage(
        title="Puente",
        slug="home",
        headline_en="One training program, two customs administrations",
        headline_es="Un programa de capacitación, dos administraciones aduaneras",
        lead_en=(
            "Officers of both countries take the same courses, in English or in Spanish. "
            "You may change language at any moment; your place, your answers and your progress stay."
        ),
        lead_es=(
            "El personal de ambos países toma los mismos cursos, en español o en inglés. "
            "Puede cambiar de idioma en cualquier momento: su lugar, sus respuestas y su avance se conservan."
        ),
    )
    root.add_child(instance=home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Puente"}
    )
    return home
