"""On PostgreSQL an index over the stems of the words of lessons answers the search; it goes with its table."""

from django.db import migrations

INDEXES = {"en": "english", "es": "spanish"}


def index_stems(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for language, dictionary in INDEXES.items():
        schema_editor.execute(
            f"CREATE INDEX lesson_words_{language} ON courses_lessonwords "
            f"USING gin (to_tsvector('{dictionary}', words)) WHERE language = '{language}'"
        )


def forget_stems(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for language in INDEXES:
            schema_editor.execute(f"DROP INDEX lesson_words_{language}")


class Migration(migrations.Migration):

    dependencies = [("courses", "0009_shelf_of_files")]

    operations = [migrations.RunPython(index_stems, forget_stems)]
