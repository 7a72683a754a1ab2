import django.db.models.deletion
import peelian.journal.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('size', peelian.journal.models.SequenceField(primary_key=True, serialize=False)),
                ('root', models.CharField(max_length=64)),
                ('note', models.TextField()),
                ('frontier', models.TextField()),
                ('at', models.CharField(max_length=27)),
            ],
        ),
        migrations.CreateModel(
            name='Lock',
            fields=[
                ('id', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='SubjectKey',
            fields=[
                ('subject', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('wrapped', models.BinaryField()),
                ('since', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('seq', peelian.journal.models.SequenceField(primary_key=True, serialize=False)),
                ('at', models.CharField(max_length=27)),
                ('actor', models.CharField(max_length=120)),
                ('act', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=200)),
                ('on', models.CharField(max_length=10)),
                ('summary', models.TextField()),
                ('reason', models.TextField()),
                ('decision', models.TextField()),
                ('shown', models.TextField()),
                ('payload', models.TextField()),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'seq'], name='journal_entry_key'), models.Index(fields=['actor', 'seq'], name='journal_entry_actor')],
            },
        ),
        migrations.CreateModel(
            name='Text',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('subject', models.CharField(max_length=200)),
                ('sealed', models.BinaryField()),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='journal.entry')),
            ],
            options={
                'indexes': [models.Index(fields=['subject'], name='journal_text_subject')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'position'), name='journal_text_place')],
            },
        ),
    ]
