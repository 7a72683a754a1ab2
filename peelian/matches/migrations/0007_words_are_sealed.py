"""What sources say of somebody, and every reason, goes under the key of its pair, so that erasing the key erases it."""

import json

import django.db.models.deletion
from django.db import migrations, models

from peelian.journal import actions as journal
from peelian.journal import insert_only
from peelian.matches.words import subject

SEEN = (
    *("words_for", "words_against", "unsure", "sides", "marks", "part", "category", "recorded_on", "resolved_on"),
    "relation",
)
WORDS = {
    "Sighting": SEEN,
    "Judgement": ("reasons",),
    "Second": ("reasons",),
    "Never": ("mark", "reasons"),
    "Lift": ("reasons",),
    "LiftAnswer": ("reasons",),
    "Result": ("reasons",),
}
PAIRS = {
    "Second": lambda row: row.judgement.pair,
    "Result": lambda row: row.judgement.pair,
    "Lift": lambda row: row.rule.pair,
    "LiftAnswer": lambda row: row.lift.rule.pair,
}
AT_ONCE = 500


def _place(name, row):
    return f"sighting {row.run_id}" if name == "Sighting" else f"{name.lower()} {journal.moment(row.recorded_at)}"


def _said(name, row):
    if name == "Sighting" and row.is_gone:
        return {}
    said = {column: getattr(row, column) for column in WORDS[name]}
    return said if name != "Sighting" else {key: value for key, value in said.items() if value or key == "part"}


def lift(apps, schema_editor):
    for name in (*WORDS, "Run"):
        insert_only.lift(schema_editor.connection, f"matches_{name.lower()}")


def seal(apps, schema_editor):
    for name in WORDS:
        model = apps.get_model("matches", name)
        keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), AT_ONCE):
            some = model.objects.filter(pk__in=keys[start : start + AT_ONCE])
            rows = [(row, _said(name, row)) for row in some]
            rows = [(row, said) for row, said in rows if said]
            pair = PAIRS.get(name, lambda row: row.pair)
            secrets = [(subject(pair(row).ref), _place(name, row), json.dumps(said).encode()) for row, said in rows]
            for (row, _), sealed in zip(rows, journal.wrap_many(secrets) if secrets else (), strict=True):
                row.sealed = sealed
                row.save(update_fields=["sealed"])


class Migration(migrations.Migration):
    dependencies = [("matches", "0006_parts_are_kept"), ("journal", "0003_owner")]
    operations = [
        migrations.RunPython(lift),
        migrations.AddField("run", "kept_away", models.IntegerField(default=0)),
        migrations.AddField("pair", "disposed_on", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "pair",
            "again_of",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="came_back",
                to="matches.pair",
            ),
        ),
        *(migrations.AddField(name.lower(), "sealed", models.BinaryField(default=b"")) for name in WORDS),
        migrations.RunPython(seal),
    ]
