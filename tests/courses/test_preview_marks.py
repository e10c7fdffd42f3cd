"""A previewed draft says where a language is missing or stale; and a picture's words are asked for and looked at."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.test import Client
from PIL import Image, ImageDraw
from wagtail.images import get_image_model

from courses.accessibility import problems_of_item
from courses.freezing import item_content
from courses.models import Item, LessonPage
from courses.picture_contrast import ENOUGH, contrast_of
from people.models import User
from people.roles import Role
from tests.school import School

from .test_parity import pair_of, write


@pytest.fixture
def author(school: School) -> User:
    call_command("sync_roles", verbosity=0)
    return school.person("DHS", Role.INSTRUCTOR, language="en")


def preview(browser: Client, page: LessonPage, mode: str) -> str:
    return browser.get(f"/en/admin/pages/{page.pk}/view_draft/?mode={mode}").content.decode()


def test_open_pairs_are_marked_where_they_stand_with_the_way_to_the_passage(school: School, author: User) -> None:
    lesson, browser = LessonPage.objects.get(code="CO-101-L1"), school.client(author)
    assert "tag--stale" not in preview(browser, lesson, "en") + preview(browser, lesson, "both")
    prose, callout = pair_of(lesson, "prose").path, pair_of(lesson, "callout.text").path
    write(lesson, author, {(prose, "en"): "Another paragraph", (callout, "es"): ""})
    for mode, words in (("en", "the Spanish is stale"), ("es", "el español"), ("both", "the Spanish is stale")):
        html = preview(browser, lesson, mode)
        for path, tag in ((prose, "tag--stale"), (callout, "tag--missing")):
            address = f"/{'es' if mode == 'es' else 'en'}/admin/pages/{lesson.pk}/edit/#pair-{path}"
            assert html.count(f'class="tag {tag}" href="{address}"') == 2, (mode, path)
        assert words in html
    both = preview(browser, lesson, "both")
    assert both.count("pair--stale") == 1 and both.count("pair--missing") == 1
    english = preview(browser, lesson, "en")
    assert (
        english.index("Another paragraph") - english.rindex("tag--stale", 0, english.index("Another paragraph")) < 800
    )


def test_a_reader_meets_no_mark(school: School, author: User) -> None:
    lesson = LessonPage.objects.get(code="CO-101-L1")
    write(lesson, author, {(pair_of(lesson, "prose").path, "en"): "Another paragraph"})
    trainee, _enrollment, _record = school.trainee("SHCP")
    html = school.client(trainee).get("/en/courses/co-101/lesson-1/").content.decode()
    assert "tag--stale" not in html and "wagtail-userbar" not in html


def test_wagtails_checks_look_at_what_the_house_asks_for_in_the_language_of_the_author(
    school: School, author: User
) -> None:
    lesson, browser = LessonPage.objects.get(code="CO-101-L1"), school.client(author)
    for language, said in (("en", "Headings out of order"), ("es", "Títulos fuera de orden")):
        html = browser.get(f"/{language}/admin/pages/{lesson.pk}/edit/").content.decode()
        rules = json.loads(html.split('id="checker-axe-configuration"')[1].split(">", 1)[1].split("</script>")[0])
        assert rules["messages"]["heading-order"]["error_name"] == said
        wanted = {"heading-order", "empty-table-header", "link-name", "image-alt", "valid-lang"}
        assert wanted <= set(rules["options"]["runOnly"]) == set(rules["messages"])
    for mode in ("en", "es", "both"):
        assert "checker-axe-configuration" in preview(browser, lesson, mode)


def picture(ground: str, words: str) -> bytes:
    image = Image.new("RGB", (400, 200), ground)
    ImageDraw.Draw(image).text((20, 60), "SEAL 0042", fill=words, font_size=64)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("ground", "words", "least", "most"),
    [("white", "black", 15, 21), ("#ffffff", "#bbbbbb", 1.3, 2.5), ("#1b3a4b", "#ffffff", 9, 21), ("red", "red", 1, 1)],
)
def test_the_contrast_of_words_in_a_picture_is_estimated(ground: str, words: str, least: float, most: float) -> None:
    assert least <= contrast_of(picture(ground, words)) <= most


def test_what_is_no_picture_has_no_contrast() -> None:
    with pytest.raises(OSError):
        contrast_of(b"GIF89a and nothing more")


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Wagtail leaves the file of a new rendition open
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_words_in_a_picture_stand_beside_it_in_both_languages(school: School, author: User) -> None:
    item = Item(code="spot", kind=Item.Kind.HOTSPOT, stem_en="Where?", stem_es="¿Dónde?", alt_en="A", alt_es="B")
    item.image = get_image_model().objects.create(
        title="faint", file=ImageFile(io.BytesIO(picture("white", "#cccccc")), name="faint.png")
    )
    item.regions = [
        ("region", {"letter": "A", "label": {"en": "a", "es": "b"}, "points": "0,0 90,90", "correct": True})
    ]
    item.shows_text, item.picture_text_en = True, "Seal 0042"
    found = problems_of_item(item_content(item))
    assert [(each.code, each.language) for each in found] == [("picture_words_missing", "es")]
    item.save()
    item.save_revision()
    html = school.client(author).get(f"/en/admin/snippets/courses/item/edit/{item.pk}/").content.decode()
    assert "shows words that stand nowhere else" in html and "Words in pictures" in html
    assert f"words need {ENOUGH} to 1" in html
    item.shows_text = False
    assert "text" not in item_content(item)["image"] and problems_of_item(item_content(item)) == []
