"""Triggers that keep what was issued, served and decided of a letter."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "publish_issued": "What was issued of a letter is insert-only",
    "publish_served": "The service of a letter is insert-only",
    "publish_lettermove": "The moves of a letter are insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("publish", "0001_initial")]
    operations = [migrations.RunPython(install)]
