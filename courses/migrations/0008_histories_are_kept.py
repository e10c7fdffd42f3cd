"""Reviews of sources and confirmations of pairs are only ever added; the sources and reasons that are there are known.

A later migration that rebuilds one of the sealed tables on SQLite loses its triggers and must make them again."""

from __future__ import annotations

import hashlib

from django.db import migrations

from courses.sources import due_day, read_sources

SEALED = ("courses_sourcereview", "courses_pairconfirmation")


def seal(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in SEALED:
        if is_sqlite:
            for deed in ("update", "delete"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table}: an entry is never changed or removed'); END"
                )
            continue
        schema_editor.execute(
            f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{table}: an entry is never changed or removed' "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        for when in ("UPDATE OR DELETE", "TRUNCATE"):
            each = "STATEMENT" if when == "TRUNCATE" else "ROW"
            name = f"{table}_is_not_emptied" if when == "TRUNCATE" else f"{table}_stays"
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {table}_stays()"
            )


def unseal(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in SEALED:
        if is_sqlite:
            for deed in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{deed}")
            continue
        schema_editor.execute(f"DROP TRIGGER {table}_stays ON {table}")
        schema_editor.execute(f"DROP TRIGGER {table}_is_not_emptied ON {table}")
        schema_editor.execute(f"DROP FUNCTION {table}_stays()")


def know_sources(apps, schema_editor):
    LessonPage, LessonSource = apps.get_model("courses", "LessonPage"), apps.get_model("courses", "LessonSource")
    Revision = apps.get_model("wagtailcore", "Revision")
    for page_id, revision_id in LessonPage.objects.exclude(latest_revision=None).values_list("pk", "latest_revision_id"):
        content = Revision.objects.values_list("content", flat=True).get(pk=revision_id)
        LessonSource.objects.bulk_create(
            [
                LessonSource(page_id=page_id, position=position, due_on=due_day(row), **row)
                for position, row in enumerate(read_sources(content.get("sources")))
            ]
        )


def know_reasons(apps, schema_editor):
    """Of each pair the reason that was kept: the one given last."""
    PairConfirmation = apps.get_model("courses", "PairConfirmation")
    codes = {}
    for kind in ("CoursePage", "LessonPage", "QuizPage"):
        codes |= {("page", pk): code for pk, code in apps.get_model("courses", kind).objects.values_list("pk", "code")}
    codes |= {("item", pk): code for pk, code in apps.get_model("courses", "Item").objects.values_list("pk", "code")}
    kept = apps.get_model("courses", "TextPair").objects.exclude(reason="").exclude(confirmed_by=None)
    PairConfirmation.objects.bulk_create(
        [
            PairConfirmation(
                object_code=codes[("item", pair.item_id) if pair.item_id else ("page", pair.page_id)],
                place=pair.path,
                confirmed_at=pair.confirmed_at,
                confirmed_by_id=pair.confirmed_by_id,
                reason=pair.reason,
                state_before="",
                sha256_en=hashlib.sha256(pair.confirmed_en.encode()).hexdigest(),
                sha256_es=hashlib.sha256(pair.confirmed_es.encode()).hexdigest(),
            )
            for pair in kept.order_by("confirmed_at", "pk")
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("courses", "0007_lessons_and_learning")]

    operations = [
        migrations.RunPython(know_sources, migrations.RunPython.noop),
        migrations.RunPython(know_reasons, migrations.RunPython.noop),
        migrations.RunPython(seal, unseal),
    ]
