"""What is read or decided for vetting by somebody else: independent readings behind a wall."""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels
from peelian.vetting.models.applications import Application, Recorded


class Reading(models.Model):
    """That somebody independent was asked to read what those who decide on an application may not see.

    `decider_ids`: users who may recommend or decide; they never learn of it. `reader_id`: who was asked; empty where
    nobody could be found yet. `hidden`: references of the matters. Insert-only.
    """

    ref = models.CharField(max_length=20, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="readings")
    decider_ids = models.JSONField()
    reader_id = models.BigIntegerField(null=True, blank=True)
    hidden = models.JSONField()
    asked_at = models.DateTimeField()
    LABELS = labels(operational="id ref application decider_ids reader_id hidden asked_at")

    class Meta:
        indexes = [models.Index(fields=["reader_id"])]


class ReadingAnswer(Recorded):
    """What the reader shares, word for word, or that it is nothing; with reasons. `item_ref`: where it came in."""

    reading = models.OneToOneField(Reading, on_delete=models.PROTECT, related_name="answer")
    shares = models.TextField(blank=True)
    reasons = models.TextField()
    item_ref = models.CharField(max_length=20, blank=True)
    LABELS = labels(special="shares reasons", operational="id reading item_ref on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_reading_for_vetting_says_why")]
