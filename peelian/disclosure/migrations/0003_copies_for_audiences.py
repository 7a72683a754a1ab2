"""A redacted copy serves the audiences that were named for it. Copies made before serve nobody until they are chosen."""

import django.db.models.deletion
from django.db import migrations, models

from peelian.journal import insert_only


def install(apps, schema_editor):
    refusal = "Whom a redacted copy serves is insert-only"
    insert_only.install(schema_editor.connection, "disclosure_copyaudience", refusal=refusal)


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0002_insert_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='CopyAudience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(max_length=40)),
                ('made_for', models.BooleanField()),
                ('reasons', models.TextField(blank=True)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('redaction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='serves', to='disclosure.redaction')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('made_for', True)), fields=('redaction',), name='made_for_one_audience'), models.CheckConstraint(condition=models.Q(('made_for', True), models.Q(('reasons', ''), _negated=True), _connector='OR'), name='chosen_again_says_why')],
            },
        ),
        migrations.RunPython(install),
    ]
