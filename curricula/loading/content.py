"""From the folder of sources to candidate editions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Site

from courses.models import CatalogPage
from people.models import User

from ..exceptions import NoChange
from ..models import Curriculum, CurriculumCourse, CurriculumEdition
from ..services.editions import propose_edition
from .foundation import load_foundation
from .pages import load_course
from .sources import read_glossary, read_yaml


@transaction.atomic
def load_content(*, folder: Path, by: User | None) -> list[CurriculumEdition]:
    """Load everything under `folder` and propose an edition of each curriculum that differs from what is published.

    One transaction: a file that cannot be read leaves nothing behind.
    """
    data = read_yaml(folder / "foundation.yaml")
    load_foundation(data, read_glossary(folder / "glossary.csv"))
    catalog = _catalog()
    editions = []
    for row in data["curricula"]:
        pages = [_load_course(folder, catalog, code, by) for code in row.pop("courses")]
        curriculum, _ = Curriculum.objects.update_or_create(code=row["code"], defaults=row)
        if [place.course_id for place in curriculum.courses.order_by("sort_order")] != [page.pk for page in pages]:
            curriculum.courses.all().delete()
            CurriculumCourse.objects.bulk_create(
                [CurriculumCourse(curriculum=curriculum, course=page, sort_order=n) for n, page in enumerate(pages)]
            )
        try:
            editions.append(propose_edition(curriculum=curriculum, by=by))
        except NoChange:
            continue
    return editions


def _load_course(folder: Path, catalog: CatalogPage, code: str, by: User | None) -> Any:
    lessons = [read_yaml(path) for path in sorted((folder / "lessons").glob(f"{code}-L*.yaml"))]
    extra = folder / "items" / f"{code}.yaml"
    return load_course(
        catalog, read_yaml(folder / "courses" / f"{code}.yaml"), lessons, read_yaml(extra) if extra.exists() else [], by
    )


def _catalog() -> CatalogPage:
    catalog: CatalogPage | None = CatalogPage.objects.first()
    if catalog:
        return catalog
    root = Site.objects.get(is_default_site=True).root_page
    catalog = CatalogPage(
        title="Catalog",
        slug="courses",
        title_en="Catalog",
        title_es="Catálogo",
        intro_en="Courses that both administrations have approved, in English and in Spanish.",
        intro_es="Cursos que ambas administraciones han aprobado, en español y en inglés.",
    )
    root.add_child(instance=catalog)
    return catalog
