"""Schedules chosen, holds, reviews and disposals. Insert-only: what was decided stays, and later rows add to it."""

from django.db import models
from django.db.models import Q

from peelian.matters.holding import ask_before_anything_goes
from peelian.terms.acts import RecordKind
from peelian.terms.labels import labels
from peelian.terms.refusals import Refusal

SAID = "id record_kind record_id record_ref on recorded_at recorded_by"


class Entry(models.Model):
    """What every row says: of which record, on which day, why, and who wrote it. `record_id`: key of another room."""

    record_kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    record_ref = models.CharField(max_length=20)
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["record_kind", "record_id"])]
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="%(class)s_says_why")]


class Chosen(Entry):
    """Another schedule than the rule proposes, chosen by a person. The last one stands."""

    schedule = models.CharField(max_length=60)
    LABELS = labels(special="reasons", operational=f"{SAID} schedule")


class Hold(Entry):
    """A legal hold: the record stays whole until it is lifted."""

    ref = models.CharField(max_length=20, unique=True)
    LABELS = labels(special="reasons", operational=f"{SAID} ref")


class Lifted(models.Model):
    """That a hold ended, and why."""

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="lifted")
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id hold on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_lifted_hold_says_why")]


class Reviewed(Entry):
    """A record was reviewed and is kept until `until`, the day of its next review."""

    until = models.DateField()
    LABELS = labels(special="reasons", operational=f"{SAID} until")


class Disposal(Entry):
    """A disposal proposed by one person, on one schedule. `not_before`: the first day it allowed; None where no closing
    date is known."""

    ref = models.CharField(max_length=20, unique=True)
    schedule = models.CharField(max_length=60)
    not_before = models.DateField(null=True, blank=True)
    LABELS = labels(special="reasons", operational=f"{SAID} ref schedule not_before")


class Answered(models.Model):
    """What the second person said of a disposal. `went`, `stays`: in words, for the certificate; empty if sent back."""

    disposal = models.OneToOneField(Disposal, on_delete=models.PROTECT, related_name="answered")
    agreed = models.BooleanField()
    went = models.JSONField()
    stays = models.JSONField()
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id disposal agreed went stays on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="an_answered_disposal_says_why")]


def _is_held(matter_id: int) -> Refusal | None:
    """Why nothing of a matter's evidence may go: a legal hold stands."""
    stands = Hold.objects.filter(record_kind=RecordKind.MATTER.value, record_id=matter_id, lifted__isnull=True)
    law = "Police Information and Records Management Code of Practice 2023; DPA 2018; local rule on retention"
    return Refusal("A legal hold stands on this matter: nothing of it goes.", law) if stands.exists() else None


ask_before_anything_goes("legal hold", _is_held)
