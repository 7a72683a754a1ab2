"""Runs are taken in part by part. A run from before is one part, whole. The triggers come back with the next one."""

import django.db.models.deletion
from django.db import migrations, models

from peelian.journal import insert_only


def lift(apps, schema_editor):
    for table in ("matches_run", "matches_sighting"):
        insert_only.lift(schema_editor.connection, table)


def one_part_each(apps, schema_editor):
    part = apps.get_model("matches", "Part")
    for run in apps.get_model("matches", "Run").objects.order_by("pk"):
        part.objects.create(
            run=run,
            number=1,
            pairs=run.new + run.changed + run.gone,
            raised=0,
            is_last=True,
            on=run.on,
            recorded_at=run.recorded_at,
            recorded_by=run.recorded_by,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('matches', '0004_lifts'),
    ]

    operations = [
        migrations.RunPython(lift),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=80)),
                ('number', models.IntegerField()),
                ('pairs', models.IntegerField()),
                ('raised', models.IntegerField()),
                ('is_last', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('workforce', models.CharField(max_length=80)),
                ('source', models.CharField(max_length=120)),
                ('title', models.CharField(max_length=300)),
                ('expires_on', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='run',
            name='digest',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddConstraint(
            model_name='sighting',
            constraint=models.UniqueConstraint(fields=('pair', 'run'), name='a_run_sees_a_pair_once'),
        ),
        migrations.AddField(
            model_name='part',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='matches.run'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.UniqueConstraint(fields=('workforce', 'source'), name='one_source_a_workforce'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.UniqueConstraint(fields=('run', 'number'), name='a_part_once_in_a_run'),
        ),
        migrations.RunPython(one_part_each),
    ]
