"""The index tables, each database's own kind."""

from django.db import migrations

from peelian.search.engines import TABLES, engine


def create(apps, schema_editor):
    chosen = engine(schema_editor.connection)
    for table in TABLES.values():
        for statement in chosen.create(table):
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    for table in TABLES.values():
        schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunPython(create, drop)]
