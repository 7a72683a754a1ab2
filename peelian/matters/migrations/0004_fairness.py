"""Rules set aside, requests to other forces, alerts; triggers keep what was written."""

import django.db.models.deletion
from django.db import migrations, models

from peelian.journal import insert_only


TABLES = ("setaside", "outsiderequest", "outsideanswer", "alert", "alertnote")


def install(apps, schema_editor):
    for table in TABLES:
        insert_only.install(schema_editor.connection, f"matters_{table}", refusal="This record is insert-only")


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0003_newest_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=20, unique=True)),
                ('user_id', models.BigIntegerField()),
                ('ground', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=40)),
                ('page', models.CharField(max_length=80)),
                ('was_refused', models.BooleanField()),
                ('day', models.DateField()),
                ('at', models.DateTimeField()),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='matters.matter')),
            ],
        ),
        migrations.CreateModel(
            name='AlertNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('alert', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledged', to='matters.alert')),
            ],
        ),
        migrations.CreateModel(
            name='OutsideRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=20, unique=True)),
                ('capacity', models.CharField(choices=[('handler', 'Handler'), ('assessor', 'Assessor'), ('investigator', 'Investigator'), ('supervisor', 'Supervisor'), ('appropriate_authority', 'Appropriate authority'), ('panel_member', 'Panel member'), ('reviewer', 'Reviewer'), ('named', 'Named')], max_length=30)),
                ('ground', models.CharField(max_length=30)),
                ('force', models.CharField(max_length=80)),
                ('reasons', models.TextField()),
                ('owner_id', models.BigIntegerField()),
                ('due_on', models.DateField()),
                ('on', models.DateField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outside_requests', to='matters.matter')),
            ],
        ),
        migrations.CreateModel(
            name='OutsideAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed', models.BooleanField()),
                ('words', models.TextField()),
                ('on', models.DateField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='matters.outsiderequest')),
            ],
        ),
        migrations.CreateModel(
            name='SetAside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user_id', models.BigIntegerField()),
                ('capacity', models.CharField(choices=[('handler', 'Handler'), ('assessor', 'Assessor'), ('investigator', 'Investigator'), ('supervisor', 'Supervisor'), ('appropriate_authority', 'Appropriate authority'), ('panel_member', 'Panel member'), ('reviewer', 'Reviewer'), ('named', 'Named')], max_length=30)),
                ('grounds', models.JSONField()),
                ('reasons', models.TextField()),
                ('on', models.DateField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='set_aside', to='matters.matter')),
            ],
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(fields=['at', 'ref'], name='matters_ale_at_baccdf_idx'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.UniqueConstraint(fields=('matter', 'user_id', 'day', 'page', 'key', 'ground', 'was_refused'), name='one_alert_a_day'),
        ),
        migrations.AddConstraint(
            model_name='alertnote',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='alert_note_says_something'),
        ),
        migrations.AddConstraint(
            model_name='outsiderequest',
            constraint=models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='outside_request_says_why'),
        ),
        migrations.AddConstraint(
            model_name='setaside',
            constraint=models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='set_aside_says_why'),
        ),
        migrations.RunPython(install),
    ]
