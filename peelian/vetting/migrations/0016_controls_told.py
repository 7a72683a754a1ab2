"""What line managers are told of a control, kept as it was written."""

import django.db.models.deletion
from django.db import migrations, models

from peelian.journal import insert_only


def install(apps, schema_editor):
    refusal = "What line managers are told is insert-only"
    insert_only.install(schema_editor.connection, "vetting_controltold", refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("vetting", "0015_harm_grounds")]
    operations = [
        migrations.CreateModel(
            name="ControlTold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=80)),
                ("words", models.TextField()),
                (
                    "control",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="told", to="vetting.control"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="a_manager_is_told_something"
                    )
                ],
            },
        ),
        migrations.RunPython(install),
    ]
