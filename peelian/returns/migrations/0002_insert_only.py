"""Triggers that keep what happened to the returns of the force, and who owned them."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "returns_fact": "What happened to a return is insert-only",
    "returns_charge": "Who owned returns is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_initial")]
    operations = [migrations.RunPython(install)]
