"""The texts of the drafts that are there already: a pair with both languages counts as confirmed."""

from __future__ import annotations

from django.db import migrations
from django.utils import timezone

from courses.pairs import pairs_in

KINDS = {"CoursePage": "page_id", "LessonPage": "page_id", "QuizPage": "page_id", "Item": "item_id"}
STREAMS = ("body", "options")


def know_pairs(apps, schema_editor):
    TextPair, Revision = apps.get_model("courses", "TextPair"), apps.get_model("wagtailcore", "Revision")
    now = timezone.now()
    for kind, owner in KINDS.items():
        known = apps.get_model("courses", kind).objects.exclude(latest_revision=None)
        for pk, revision_id in known.values_list("pk", "latest_revision_id"):
            content = Revision.objects.values_list("content", flat=True).get(pk=revision_id)
            TextPair.objects.bulk_create(
                [TextPair(**_pair(owner, pk, found, position, now)) for position, found in enumerate(pairs_in(content, STREAMS))],
                batch_size=500,
            )


def _pair(owner, pk, found, position, now):
    is_whole = bool(found.en and found.es)
    state = "confirmed" if is_whole else "missing_es" if found.en else "missing_en"
    texts = {"confirmed_en": found.en, "confirmed_es": found.es, "confirmed_at": now} if is_whole else {}
    return {owner: pk, "path": found.path, "names": found.names, "number": found.number, "position": position,
            "en": found.en, "es": found.es, "state": state, "since": now, **texts}


class Migration(migrations.Migration):
    dependencies = [("courses", "0003_text_pairs")]

    operations = [migrations.RunPython(know_pairs, migrations.RunPython.noop)]
