"""The grounds of the harm test on which an act of a withdrawal keeps something back."""

from django.db import migrations, models

from peelian.journal import insert_only

TABLE = "vetting_withdrawalstep"


def lift(apps, schema_editor):
    insert_only.lift(schema_editor.connection, TABLE)


def install(apps, schema_editor):
    insert_only.install(schema_editor.connection, TABLE, refusal="Acts of a withdrawal are insert-only")


class Migration(migrations.Migration):
    dependencies = [("vetting", "0014_granted_elsewhere")]
    operations = [
        migrations.RunPython(lift),
        migrations.AddField(model_name="withdrawalstep", name="grounds", field=models.JSONField(default=list)),
        migrations.RunPython(install),
    ]
