"""The record of who did what, and the triggers that keep it: nothing is changed or removed, and what is added follows the
last entry. A later migration that rebuilds the table on SQLite loses its triggers and must make them again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = 'people_auditentry'
GENESIS = '0' * 64

SQLITE = [
    f"""CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{TABLE}: an entry of the record is never changed'); END""",
    f"""CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{TABLE}: an entry of the record is never removed'); END""",
    f"""CREATE TRIGGER {TABLE}_follows BEFORE INSERT ON {TABLE}
    WHEN NEW.sequence IS NOT (SELECT COALESCE(MAX(sequence), 0) + 1 FROM {TABLE})
      OR NEW.previous_sha256 IS NOT COALESCE(
         (SELECT sha256 FROM {TABLE} WHERE sequence = NEW.sequence - 1), '{GENESIS}')
    BEGIN SELECT RAISE(ABORT, '{TABLE}: an entry of the record follows the last one'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION {TABLE}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{TABLE}: an entry of the record is never changed or removed'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    f"""CREATE FUNCTION {TABLE}_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last_entry record;
    BEGIN
        SELECT sequence, sha256 INTO last_entry FROM {TABLE} ORDER BY sequence DESC LIMIT 1;
        IF NEW.sequence IS DISTINCT FROM COALESCE(last_entry.sequence, 0) + 1
           OR NEW.previous_sha256 IS DISTINCT FROM COALESCE(last_entry.sha256, '{GENESIS}') THEN
            RAISE EXCEPTION '{TABLE}: an entry of the record follows the last one'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$""",
    f"""CREATE TRIGGER {TABLE}_stays BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_stays()""",
    f"""CREATE TRIGGER {TABLE}_is_not_emptied BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_stays()""",
    f"""CREATE TRIGGER {TABLE}_follows BEFORE INSERT ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_follows()""",
]


def begin(apps, schema_editor):
    """The head, before the first entry; then the triggers."""
    apps.get_model('people', 'AuditHead').objects.create(pk=1)
    for statement in {'sqlite': SQLITE, 'postgresql': POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def end(apps, schema_editor):
    """Triggers go with their table; the functions of PostgreSQL do not."""
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute(f'DROP FUNCTION {TABLE}_stays() CASCADE', params=None)
        schema_editor.execute(f'DROP FUNCTION {TABLE}_follows() CASCADE', params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64, verbose_name='SHA-256')),
            ],
            options={
                'verbose_name': 'head of the record',
                'verbose_name_plural': 'heads of the record',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_head_of_the_record')],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('sequence', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='number')),
                ('at', models.DateTimeField(verbose_name='when (UTC)')),
                ('action', models.CharField(max_length=80, verbose_name='what')),
                ('object_type', models.CharField(blank=True, max_length=80, verbose_name='kind of object')),
                ('object_id', models.CharField(blank=True, max_length=64, verbose_name='number of the object')),
                ('before', models.JSONField(default=dict, verbose_name='before')),
                ('after', models.JSONField(default=dict, verbose_name='after')),
                ('data', models.JSONField(default=dict, verbose_name='details')),
                ('previous_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the entry before')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('acting_for', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.participant', verbose_name='acting for')),
                ('actor', models.ForeignKey(db_constraint=False, help_text='Nobody when the system acts.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('concerns', models.ForeignKey(db_constraint=False, db_index=False, help_text='The Participant whose records the object belongs to; none for what both share.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.participant', verbose_name='whose record')),
            ],
            options={
                'verbose_name': 'entry of the record',
                'verbose_name_plural': 'entries of the record',
                'ordering': ['-sequence'],
                'indexes': [models.Index(fields=['object_type', 'object_id'], name='audit_object'), models.Index(fields=['action'], name='audit_action'), models.Index(fields=['at'], name='audit_at')],
            },
        ),
        migrations.RunPython(begin, end),
    ]
