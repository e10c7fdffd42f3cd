"""Sessions, places in them, attendance, calendar feeds. Marks of attendance are only ever added.

A later migration that rebuilds the sealed table on SQLite loses its triggers and must make them again."""

import django.core.validators
import django.db.models.deletion
import people.clock
import uuid
from django.conf import settings
from django.db import migrations, models


TABLE = "curricula_attendancemark"


def seal(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for deed in ("update", "delete"):
            schema_editor.execute(
                f"CREATE TRIGGER {TABLE}_no_{deed} BEFORE {deed.upper()} ON {TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{TABLE}: an entry is never changed or removed'); END"
            )
        return
    schema_editor.execute(
        f"CREATE FUNCTION {TABLE}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{TABLE}: an entry is never changed or removed' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for name, when, each in (("stays", "UPDATE OR DELETE", "ROW"), ("is_not_emptied", "TRUNCATE", "STATEMENT")):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_{name} BEFORE {when} ON {TABLE} FOR EACH {each} EXECUTE FUNCTION {TABLE}_stays()"
        )


def unseal(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for deed in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{deed}")
        return
    schema_editor.execute(f"DROP TRIGGER {TABLE}_stays ON {TABLE}")
    schema_editor.execute(f"DROP TRIGGER {TABLE}_is_not_emptied ON {TABLE}")
    schema_editor.execute(f"DROP FUNCTION {TABLE}_stays()")


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0011_qualifications'),
        ('curricula', '0007_officers_at_risk'),
        ('people', '0005_privacy_erasure_and_retention'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(default=1, verbose_name='number of the address')),
                ('is_open', models.BooleanField(default=True, verbose_name='open')),
                ('made_at', models.DateTimeField(default=people.clock.now, verbose_name='made')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'calendar feed',
                'verbose_name_plural': 'calendar feeds',
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('time_zone', models.CharField(choices=[('America/Tijuana', 'Tijuana'), ('America/Los_Angeles', 'San Diego, Los Angeles'), ('America/Hermosillo', 'Nogales, Hermosillo'), ('America/Phoenix', 'Arizona'), ('America/Ciudad_Juarez', 'Ciudad Juárez'), ('America/Denver', 'El Paso, Denver'), ('America/Chihuahua', 'Chihuahua'), ('America/Ojinaga', 'Ojinaga'), ('America/Matamoros', 'Nuevo Laredo, Reynosa, Matamoros'), ('America/Chicago', 'Laredo, Brownsville, Chicago'), ('America/Monterrey', 'Monterrey'), ('America/Mexico_City', 'Mexico City'), ('America/Cancun', 'Cancún'), ('America/New_York', 'Washington, New York'), ('UTC', 'UTC')], max_length=40, verbose_name='time zone')),
                ('place', models.CharField(max_length=160, verbose_name='place')),
                ('room', models.CharField(blank=True, max_length=80, verbose_name='room')),
                ('online_address', models.URLField(blank=True, max_length=300, verbose_name='online address')),
                ('capacity', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='seats')),
                ('languages', models.CharField(choices=[('en', 'English'), ('es', 'Spanish'), ('both', 'English and Spanish')], max_length=4, verbose_name='language')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('held', 'held'), ('canceled', 'canceled')], default='planned', max_length=10, verbose_name='state')),
                ('cancel_reason', models.CharField(blank=True, choices=[('instructor', 'the instructor cannot come'), ('room', 'the room cannot be used'), ('few', 'too few officers signed up'), ('operations', 'operational need'), ('weather', 'weather or closed roads'), ('other', 'another reason')], max_length=12, verbose_name='reason')),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=people.clock.now, editable=False)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='curricula.cohort', verbose_name='cohort')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.frozencourse', verbose_name='course')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SeatShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seats', models.PositiveSmallIntegerField(verbose_name='seats')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency', verbose_name='agency')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.office', verbose_name='office')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='curricula.session')),
            ],
            options={
                'ordering': ['agency', 'office'],
            },
        ),
        migrations.CreateModel(
            name='SessionInstructor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('lead', 'lead instructor'), ('assistant', 'assistant instructor')], max_length=10, verbose_name='part')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='instructors', to='curricula.session')),
            ],
            options={
                'ordering': ['session', '-part', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SessionPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('signed_up', 'signed up'), ('waiting', 'on the waiting list'), ('declined', 'declined'), ('canceled', 'canceled')], max_length=10, verbose_name='state')),
                ('queued_at', models.DateTimeField(default=people.clock.now, verbose_name='since')),
                ('changed_at', models.DateTimeField(default=people.clock.now, verbose_name='changed')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='reminded')),
                ('attendance', models.CharField(blank=True, choices=[('present', 'present'), ('partial', 'partly present'), ('absent', 'absent'), ('excused', 'excused')], max_length=10, verbose_name='attendance')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes')),
                ('recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='recorded')),
                ('enrollment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='curricula.enrollment')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='curricula.session')),
            ],
            options={
                'verbose_name': 'place in a session',
                'verbose_name_plural': 'places in sessions',
                'ordering': ['session', 'queued_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AttendanceMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attendance', models.CharField(choices=[('present', 'present'), ('partial', 'partly present'), ('absent', 'absent'), ('excused', 'excused')], max_length=10, verbose_name='attendance')),
                ('minutes', models.PositiveSmallIntegerField(verbose_name='minutes')),
                ('how', models.CharField(choices=[('roll', 'by roll'), ('code', 'by the code in the room'), ('sheet', 'from the signed sheet')], max_length=10, verbose_name='how')),
                ('recorded_at', models.DateTimeField(default=people.clock.now, verbose_name='recorded')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='curricula.sessionplace')),
            ],
            options={
                'verbose_name': 'attendance mark',
                'verbose_name_plural': 'attendance marks',
                'ordering': ['place', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['state', 'starts_at'], name='session_state_start'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__gte', 1)), name='session_has_seats'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'canceled'), models.Q(('cancel_reason', ''), _negated=True)), models.Q(models.Q(('state', 'canceled'), _negated=True), ('cancel_reason', '')), _connector='OR'), name='canceled_session_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='seatshare',
            constraint=models.UniqueConstraint(fields=('session', 'office'), name='one_share_per_office'),
        ),
        migrations.AddConstraint(
            model_name='seatshare',
            constraint=models.UniqueConstraint(condition=models.Q(('office', None)), fields=('session', 'agency'), name='one_share_per_agency'),
        ),
        migrations.AddConstraint(
            model_name='sessioninstructor',
            constraint=models.UniqueConstraint(fields=('session', 'person'), name='instructor_once_per_session'),
        ),
        migrations.AddIndex(
            model_name='sessionplace',
            index=models.Index(fields=['session', 'state'], name='place_session_state'),
        ),
        migrations.AddConstraint(
            model_name='sessionplace',
            constraint=models.UniqueConstraint(fields=('session', 'enrollment'), name='one_place_per_session'),
        ),
        migrations.AddConstraint(
            model_name='sessionplace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('attendance', ''), ('minutes__isnull', True), ('recorded_at__isnull', True)), models.Q(models.Q(('attendance', ''), _negated=True), ('minutes__isnull', False), ('recorded_at__isnull', False)), _connector='OR'), name='attendance_has_minutes_and_time'),
        ),
        migrations.AddConstraint(
            model_name='attendancemark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('attendance__in', ['present', 'partial']), ('minutes__gt', 0)), models.Q(('attendance__in', ['absent', 'excused']), ('minutes', 0)), _connector='OR'), name='minutes_fit_attendance'),
        ),
        migrations.RunPython(seal, unseal),
    ]
