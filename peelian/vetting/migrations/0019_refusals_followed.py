"""What follows a refusal: told, appealed, heard; kept as it was written."""

import django.db.models.deletion
from django.db import migrations, models

from peelian.journal import insert_only


def install(apps, schema_editor):
    refusal = "What follows a refusal is insert-only"
    insert_only.install(schema_editor.connection, "vetting_refusalstep", refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("vetting", "0018_reviews_of_later_files")]
    operations = [
        migrations.CreateModel(
            name="RefusalStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=30)),
                ("words", models.TextField()),
                ("withheld", models.TextField(blank=True)),
                ("grounds", models.JSONField(default=list)),
                ("opened", models.CharField(blank=True, max_length=20)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="followed", to="vetting.decision"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="an_act_after_a_refusal_says_something"
                    ),
                    models.UniqueConstraint(fields=("decision", "key"), name="each_act_after_a_refusal_once"),
                ],
            },
        ),
        migrations.RunPython(install),
    ]
