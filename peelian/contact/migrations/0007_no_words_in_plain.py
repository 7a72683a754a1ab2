"""What is sealed no longer stands in plain columns, and every row is insert-only without exception."""

from importlib import import_module

from django.db import migrations, models

from peelian.journal import insert_only

WORDS = import_module("peelian.contact.migrations.0006_words_are_sealed").WORDS
CHECKS = {
    "Plan": "a_plan_says_with_whom_and_why",
    "Said": "what_was_said_has_words_and_reasons",
    "RightMark": "a_right_is_marked_with_reasons",
    "Referral": "a_referral_has_their_words",
    "ReferralAnswer": "an_answer_says_what_came_of_it",
    "ViewKey": "a_key_is_given_for_a_reason",
    "ViewKeyEnd": "a_key_is_ended_for_a_reason",
}
REFUSAL = "What was agreed, said and offered is insert-only"


def install(apps, schema_editor):
    for name in WORDS:
        insert_only.install(schema_editor.connection, f"contact_{name.lower()}", refusal=REFUSAL)


class Migration(migrations.Migration):
    dependencies = [("contact", "0006_words_are_sealed")]
    operations = [
        *(migrations.RemoveConstraint(name.lower(), check) for name, check in CHECKS.items()),
        *(migrations.RemoveField(name.lower(), column) for name, columns in WORDS.items() for column in columns),
        *(migrations.RenameField(name.lower(), "sealed", "words") for name in WORDS),
        *(migrations.AlterField(name.lower(), "words", models.BinaryField()) for name in WORDS),
        migrations.RunPython(install),
    ]
