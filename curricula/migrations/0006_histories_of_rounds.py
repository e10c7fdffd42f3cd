"""Events of enrollments and versions of targets are only ever added; what became of enrollments before is known.

Of an event only the reason can be emptied, which an erasure does. A later migration that rebuilds one of the sealed tables
on SQLite loses its triggers and must make them again."""

from __future__ import annotations

from django.db import migrations

SEALED = ("curricula_enrollmentevent", "curricula_targetversion", "curricula_targetline")
KEPT = ("id", "enrollment_id", "before", "after", "effective_on", "due_on", "at", "by_id")
"""The columns of an event that stay while its reason is emptied."""


def seal(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in SEALED:
            same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in KEPT)
            but = f"WHEN NOT (NEW.reason = '' AND {same}) " if table == SEALED[0] else ""
            for deed, when in (("update", but), ("delete", "")):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{deed} BEFORE {deed.upper()} ON {table} {when}"
                    f"BEGIN SELECT RAISE(ABORT, '{table}: an entry is never changed or removed'); END"
                )
        return
    for table in SEALED:
        but = (
            "IF TG_OP = 'UPDATE' AND NEW.reason = '' THEN NEW.reason := OLD.reason; "
            "IF NEW IS NOT DISTINCT FROM OLD THEN NEW.reason := ''; RETURN NEW; END IF; END IF; "
            if table == SEALED[0]
            else ""
        )
        schema_editor.execute(
            f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {but}"
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


def know_what_became(apps, schema_editor):
    Enrollment, Event = apps.get_model("curricula", "Enrollment"), apps.get_model("curricula", "EnrollmentEvent")
    ended = Enrollment.objects.filter(state__in=["completed", "withdrawn"]).order_by("pk")
    events = []
    for each in ended.iterator(chunk_size=2000):
        at = each.completed_at or each.withdrawn_at
        events.append(
            Event(
                enrollment=each,
                before="active",
                after=each.state,
                effective_on=at.date(),
                reason=each.withdrawal_reason,
                at=at,
            )
        )
    Event.objects.bulk_create(events, batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("curricula", "0005_rounds")]

    operations = [
        migrations.RunPython(know_what_became, migrations.RunPython.noop),
        migrations.RunPython(seal, unseal),
    ]
