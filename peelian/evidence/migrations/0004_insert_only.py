"""Triggers that keep what was said of exhibits, storage units and submissions."""

from django.db import migrations

from peelian.journal import insert_only

KEPT = {
    "evidence_exhibit": "An exhibit is insert-only",
    "evidence_attached": "What was attached stays attached",
    "evidence_sealing": "What was said of a seal is insert-only",
    "evidence_handover": "A hand-over is insert-only",
    "evidence_handoveranswer": "What was answered to a hand-over is insert-only",
    "evidence_ending": "What was proposed for an exhibit is insert-only",
    "evidence_endinganswer": "What was answered for an exhibit is insert-only",
    "evidence_reading": "A reading is insert-only",
    "evidence_failure": "A failure is insert-only",
    "evidence_failureend": "The end of a failure is insert-only",
    "evidence_placement": "Where an exhibit lay is insert-only",
    "evidence_submission": "A submission is insert-only",
    "evidence_submittedexhibit": "What was submitted stays submitted",
    "evidence_submissionstep": "What happened to a submission is insert-only",
}


def install(apps, schema_editor):
    for table, refusal in KEPT.items():
        insert_only.install(schema_editor.connection, table, refusal=refusal)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_exhibits")]
    operations = [migrations.RunPython(install)]
