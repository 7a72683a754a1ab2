"""What is sealed no longer stands in plain columns; every row is insert-only again."""

from importlib import import_module

from django.db import migrations, models

from peelian.journal import insert_only

WORDS = import_module("peelian.matches.migrations.0007_words_are_sealed").WORDS
CHECKS = {
    "Judgement": "a_judgement_says_why",
    "Second": "a_second_says_why",
    "Never": "a_never_says_why",
    "Lift": "a_lift_says_why",
    "LiftAnswer": "an_answered_lift_says_why",
    "Result": "a_result_says_why",
}
KEPT = {
    "matches_run": "Runs taken in are insert-only",
    "matches_sighting": "How a pair was seen is insert-only",
    "matches_judgement": "Judgements are insert-only",
    "matches_second": "What a second person said is insert-only",
    "matches_never": "Rules of never the same are insert-only",
    "matches_lift": "What was asked of a rule is insert-only",
    "matches_liftanswer": "What a second person said of a rule is insert-only",
    "matches_result": "What followed is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("matches", "0007_words_are_sealed")]
    operations = [
        *(migrations.RemoveConstraint(name.lower(), check) for name, check in CHECKS.items()),
        *(migrations.RemoveField(name.lower(), column) for name, columns in WORDS.items() for column in columns),
        *(migrations.RenameField(name.lower(), "sealed", "words") for name in WORDS),
        *(migrations.AlterField(name.lower(), "words", models.BinaryField()) for name in WORDS),
        migrations.RunPython(install),
    ]
