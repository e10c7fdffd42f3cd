"""From the folder of sources to candidate editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Site

from courses.models import CatalogPage, CoursePage
from courses.services.items import write_category
from people import audit
from people.models import User

from ..exceptions import NoChange, NotReady
from ..models import Curriculum, CurriculumCourse, CurriculumEdition, WorkingGroup
from ..services.editions import propose_edition
from .foundation import load_foundation
from .pages import load_course, load_exercise, load_item
from .sources import BANK, read_exercises, read_glossary, read_items, read_lessons, read_source_facts, read_yaml
from .writing import Writing


@dataclass(frozen=True, slots=True)
class Loaded:
    """The editions proposed, the codes of what people have written since and the files did not overwrite, and why other
    curricula stay drafts."""

    editions: list[CurriculumEdition]
    left_alone: list[str]
    not_ready: list[NotReady]


@transaction.atomic
def load_content(*, folder: Path, by: User | None, proposes: bool = True, overwrites: bool = False) -> Loaded:
    """Load everything under `folder` and propose an edition of each curriculum that differs from its latest one.

    One transaction: a file that cannot be read leaves nothing behind. Unless it `overwrites`, it spares every draft
    whose latest revision is a person's. Without `proposes`, all stays drafts.
    """
    data = read_yaml(folder / "foundation.yaml")
    load_foundation(data, read_glossary(folder / "glossary.csv"))
    catalog = _catalog(data["catalog"])
    editions, not_ready = [], []
    writing = Writing(by, overwrites, folder=folder, sources=read_source_facts(folder / "sources.yaml"))
    for category in data.get("item_categories", []):
        write_category(code=category["code"], name=category["name"], parent=category.get("parent", ""), by=by)
    codes = list(dict.fromkeys(code for row in data["curricula"] for code in row["courses"]))
    for name in (*codes, BANK):
        for item in read_items(folder, name):
            load_item(name, item, writing)
    for exercise in read_exercises(folder):
        load_exercise(catalog, exercise, writing)
    courses = {code: _load_course(folder, catalog, code, writing) for code in codes}
    for row in data["curricula"]:
        pages = [courses[code] for code in row.pop("courses")]
        curriculum = _written(row, by)
        set_courses(curriculum=curriculum, pages=pages, by=by)
        if not proposes:
            continue
        try:
            editions.append(propose_edition(curriculum=curriculum, by=by))
        except NoChange:
            continue
        except NotReady as refusal:
            not_ready.append(refusal)
    return Loaded(editions, writing.left_alone, not_ready)


@transaction.atomic
def set_courses(*, curriculum: Curriculum, pages: Sequence[CoursePage], by: User | None) -> None:
    """Which courses the curriculum has from now on, in this order; its next edition is proposed of these."""
    before = [place.course.code for place in curriculum.courses.select_related("course").order_by("sort_order")]
    after = [page.code for page in pages]
    if before == after:
        return
    curriculum.courses.all().delete()
    CurriculumCourse.objects.bulk_create(
        [CurriculumCourse(curriculum=curriculum, course=page, sort_order=n) for n, page in enumerate(pages)]
    )
    audit.record(
        "curricula.curriculum.changed", curriculum, by=by, before={"courses": before}, after={"courses": after}
    )


def _written(row: dict[str, Any], by: User | None) -> Curriculum:
    before = Curriculum.objects.filter(code=row["code"]).first()
    known = audit.values_of(before) if before else None
    if "owner" in row:
        row = row | {"owner": WorkingGroup.objects.get(code=row["owner"])}
    curriculum: Curriculum = Curriculum.objects.update_or_create(code=row["code"], defaults=row)[0]
    audit.record_saved(curriculum, known, by=by)
    return curriculum


def _load_course(folder: Path, catalog: CatalogPage, code: str, writing: Writing) -> CoursePage:
    course = read_yaml(folder / "courses" / f"{code}.yaml")
    return load_course(catalog, course, read_lessons(folder, course), [], writing)


def _catalog(texts: dict[str, dict[str, str]]) -> CatalogPage:
    catalog: CatalogPage | None = CatalogPage.objects.first()
    if catalog:
        return catalog
    root = Site.objects.get(is_default_site=True).root_page
    fields = {f"{field}_{language}": text for field, pair in texts.items() for language, text in pair.items()}
    catalog = CatalogPage(title=texts["title"]["en"], slug="courses", **fields)
    root.add_child(instance=catalog)
    return catalog
