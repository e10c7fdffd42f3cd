"""Each pair of texts remembers against which words its counterpart was confirmed; every road of saving keeps to it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from courses.exceptions import PairChanged, PairIncomplete, ReasonMissing
from courses.models import CoursePage, Item, LessonPage, PairConfirmation, TextPair
from courses.pairs import with_texts
from courses.selectors import open_pairs
from courses.services.parity import confirm_pair
from people.models import AuditEntry, User
from people.roles import Role
from tests.school import School

State = TextPair.State


@pytest.fixture
def author(school: School) -> User:
    return school.person("DHS", Role.INSTRUCTOR)


def pair_of(thing: Any, names: str, number: str | None = None) -> TextPair:
    owner = "item" if isinstance(thing, Item) else "page"
    where = {owner: thing.pk, "names": names} | ({"number": number} if number else {})
    return TextPair.objects.get(**where)


def write(thing: Any, by: User | None, texts: dict[tuple[str, str], str]) -> Any:
    """Save a draft with other texts, each given for its path and language."""
    draft = type(thing).objects.get(pk=thing.pk).get_latest_revision_as_object()
    content = with_texts(draft.serializable_data(), draft.stream_names(), texts)
    draft = draft.with_content_json(content)
    draft.save_revision(user=by, clean=False)  # as the editor does with a draft
    return draft


def test_what_is_loaded_whole_is_confirmed(school: School) -> None:
    assert TextPair.objects.filter(page__isnull=False).count() > 40 and TextPair.objects.filter(item__isnull=False)
    assert not TextPair.objects.open().exists()
    assert open_pairs(CoursePage.objects.all()) == []


def test_editing_one_language_makes_exactly_that_pair_stale(school: School, author: User) -> None:
    lesson = LessonPage.objects.get(code="CO-101-L1")
    pair = pair_of(lesson, "scenario.nodes.text", "4.1")
    write(lesson, author, {(pair.path, "en"): "Another text"})
    assert [p.pk for p in TextPair.objects.open()] == [TextPair.objects.get(path=pair.path).pk]
    stale = pair_of(lesson, "scenario.nodes.text", "4.1")
    assert (stale.state, stale.since_by, stale.language) == (State.STALE_ES, author, "es")
    assert stale.confirmed_en == "Node a (English)"
    [found] = open_pairs(CoursePage.objects.all())
    assert (found.object_code, found.kind, found.language, found.by) == ("CO-101-L1", "lesson", "es", author.full_name)
    assert found.address.endswith(f"/admin/pages/{lesson.pk}/edit/#pair-{pair.path}")
    assert found.label == "Case study › Step › Text 4.1"


def test_since_stays_until_the_other_language_follows(school: School, author: User) -> None:
    lesson = LessonPage.objects.get(code="CO-101-L1")
    path = pair_of(lesson, "prose").path
    write(lesson, author, {(path, "es"): "Otro texto"})
    first = pair_of(lesson, "prose")
    write(lesson, None, {(path, "es"): "Otro texto más"})
    second = pair_of(lesson, "prose")
    assert second.state == State.STALE_EN and (second.since, second.since_by) == (first.since, author)
    write(lesson, author, {(path, "en"): "Another text"})
    done = pair_of(lesson, "prose")
    assert (done.state, done.confirmed_en, done.confirmed_es) == (State.CONFIRMED, "Another text", "Otro texto más")


def test_going_back_to_the_confirmed_texts_confirms_again(school: School, author: User) -> None:
    item = Item.objects.get(code="CO-101-01")
    before = pair_of(item, "stem")
    write(item, author, {("stem", "en"): "Changed?"})
    assert pair_of(item, "stem").state == State.STALE_ES
    write(item, author, {("stem", "en"): before.en})
    assert pair_of(item, "stem").state == State.CONFIRMED


def test_either_language_may_be_written_first(school: School, author: User) -> None:
    lesson = LessonPage.objects.get(code="CO-101-L2")
    draft = lesson.get_latest_revision_as_object()
    draft.body.append(("prose", {"en": "", "es": "Sólo en español"}))
    draft.save_revision(user=author)
    pair = pair_of(lesson, "prose", "7")
    assert (pair.state, pair.language) == (State.MISSING_EN, "en")
    write(lesson, author, {(pair.path, "en"): "Now in English"})
    assert pair_of(lesson, "prose", "7").state == State.CONFIRMED


def test_a_block_that_moves_keeps_its_state_and_line_ends_are_no_change(school: School, author: User) -> None:
    lesson = LessonPage.objects.get(code="CO-101-L1")
    path = pair_of(lesson, "prose").path
    write(lesson, author, {(path, "en"): "One\n\nTwo"})
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    body = json.loads(draft.serializable_data()["body"])
    draft = draft.with_content_json({**draft.serializable_data(), "body": json.dumps(list(reversed(body)))})
    draft.save_revision(user=None)
    write(lesson, None, {(path, "en"): "One\r\n\r\nTwo\r\n"})
    pair = pair_of(lesson, "prose")
    assert (pair.path, pair.number, pair.state, pair.since_by) == (path, "5", State.STALE_ES, author)
    assert pair.en == "One\n\nTwo"


def test_what_is_removed_in_both_languages_is_no_pair(school: School, author: User) -> None:
    item = Item.objects.get(code="CO-101-01")
    write(item, author, {("rationale", "en"): "", ("rationale", "es"): ""})
    assert not TextPair.objects.filter(item=item, names="rationale").exists()


def test_a_pair_that_still_stands_is_confirmed_with_a_reason(school: School, author: User) -> None:
    lesson = LessonPage.objects.get(code="CO-101-L1")
    path = pair_of(lesson, "prose").path
    write(lesson, author, {(path, "en"): "A **bold** paragraph and more"})
    pair = pair_of(lesson, "prose")
    with pytest.raises(ReasonMissing):
        confirm_pair(pair=pair, reason="  ", by=author)
    with pytest.raises(PairChanged):
        confirm_pair(pair=pair, reason="Only the sign", by=author, shown=("older", "texts"))
    confirm_pair(pair=pair, reason="Only the sign changed", by=author, shown=(pair.en, pair.es))
    pair.refresh_from_db()
    assert (pair.state, pair.confirmed_by, pair.reason) == (State.CONFIRMED, author, "Only the sign changed")
    entry = AuditEntry.objects.get(action="courses.pair.confirmed")
    assert (entry.actor_id, entry.before, entry.after) == (author.pk, {"state": "stale_es"}, {"state": "confirmed"})
    write(lesson, author, {(path, "es"): ""})
    with pytest.raises(PairIncomplete):
        confirm_pair(pair=pair, reason="It stands", by=author)


def test_every_confirmation_is_kept_with_its_reason_and_the_hashes_of_both_texts(school: School, author: User) -> None:
    lesson = LessonPage.objects.get(code="CO-101-L1")
    path = pair_of(lesson, "prose").path
    for number in (1, 2):
        write(lesson, author, {(path, "en"): f"Paragraph {number}"})
        confirm_pair(pair=pair_of(lesson, "prose"), reason=f"Reason {number}", by=author)
    kept = list(PairConfirmation.objects.filter(object_code="CO-101-L1", place=path).order_by("pk"))
    assert [(deed.reason, deed.state_before, deed.confirmed_by) for deed in kept] == [
        ("Reason 1", "stale_es", author),
        ("Reason 2", "stale_es", author),
    ]
    assert kept[1].sha256_en == hashlib.sha256(b"Paragraph 2").hexdigest() != kept[0].sha256_en
    assert kept[0].sha256_es == kept[1].sha256_es
    with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
        PairConfirmation.objects.update(reason="x")
    browser = school.client(author)
    html = browser.get(f"/en/admin/pages/{lesson.pk}/edit/").content.decode()
    assert "Confirmed 2 times" in html and "Reason 1" in html
    page = browser.get(f"/en/manage/pairs/{pair_of(lesson, 'prose').pk}/confirm/").content.decode()
    assert "Reason 1" in page and kept[0].sha256_en in page


def test_saving_a_draft_and_asking_for_open_pairs_cost_a_constant_number_of_queries(
    school: School, author: User, django_assert_max_num_queries: Any
) -> None:
    lesson = LessonPage.objects.get(code="CO-101-L1").get_latest_revision_as_object()
    with django_assert_max_num_queries(40):
        lesson.save_revision(user=author)
    for each in range(60):
        lesson.body.append(("prose", {"en": f"Text {each}", "es": ""}))
    with django_assert_max_num_queries(40):
        lesson.save_revision(user=author)
    with django_assert_max_num_queries(6):
        assert len(open_pairs(CoursePage.objects.all())) == 60


def test_loading_the_files_again_changes_no_pair(school: School) -> None:
    before = list(TextPair.objects.order_by("pk").values_list("pk", "since"))
    assert list(TextPair.objects.order_by("pk").values_list("pk", "since")) == before
