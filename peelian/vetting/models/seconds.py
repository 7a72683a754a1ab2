"""What somebody else reads or decides for vetting: independent readings, decisions taken again by lot. Insert-only."""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels
from peelian.vetting.models.applications import Application, Decision, Recorded


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


class Draw(Recorded):
    """One month's draw of decisions to be taken again, blind. `seed` makes it again; `share` is in a hundred."""

    ref = models.CharField(max_length=20, unique=True)
    month = models.DateField(unique=True)
    seed = models.CharField(max_length=80)
    share = models.IntegerField()
    law = models.CharField(max_length=200)
    of = models.IntegerField()
    drawn = models.IntegerField()
    LABELS = labels(operational="id ref month seed share law of drawn on recorded_at recorded_by")


class Drawn(models.Model):
    """A decision that was drawn. `owner_id`: the user who decides again; empty where nobody comes to it afresh."""

    ref = models.CharField(max_length=20, unique=True)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="members")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="drawn")
    owner_id = models.BigIntegerField(null=True, blank=True)
    due_on = models.DateField()
    LABELS = labels(operational="id ref draw decision owner_id due_on")

    class Meta:
        indexes = [models.Index(fields=["owner_id", "due_on"])]


class Redecision(Recorded):
    """What somebody decided again before they saw the first. `was_blind`: they opened nothing else of the person."""

    drawn = models.OneToOneField(Drawn, on_delete=models.PROTECT, related_name="redecision")
    heads = models.JSONField()
    withhold = models.BooleanField(null=True, blank=True)
    outcome = models.CharField(max_length=20)
    reasons = models.TextField()
    agrees = models.BooleanField()
    was_blind = models.BooleanField()
    LABELS = labels(
        special="heads withhold reasons",
        operational="id drawn outcome agrees was_blind on recorded_at recorded_by",
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_vetting_redecision_says_why")]


class Looked(Recorded):
    """What somebody who took neither made of two decisions that differ."""

    redecision = models.OneToOneField(Redecision, on_delete=models.PROTECT, related_name="looked")
    words = models.TextField()
    LABELS = labels(special="words", operational="id redecision on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_vetting_look_says_something")]
