"""Decisions, signatures and joint views. Insert-only: a decision is replaced by a new one that names it."""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels


class JointView(models.Model):
    """That somebody opened everything known to them of each person concerned, and whether matters are taken together.

    `officers` and `shown`: references of the people and the matters that were on the page; what has come since makes
    the view old.
    """

    ref = models.CharField(max_length=20, unique=True)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="joint_views")
    user_id = models.BigIntegerField()
    officers = models.JSONField()
    shown = models.JSONField()
    together = models.BooleanField()
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        identity="officers",
        special="reasons",
        operational="id ref matter user_id shown together on recorded_at recorded_by",
    )

    class Meta:
        indexes = [models.Index(fields=["matter", "user_id"])]
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="joint_view_says_why")]


class Decision(models.Model):
    """One step taken: its outcome, the answers behind it, what the rule indicated, and the reasons.

    `step` and `option` are keys of `statute/steps`. `involvement`: for whom; empty for the whole matter. `indicated`:
    what the rows of the step indicated, empty where nothing did. `needs_signature`: it takes effect once a second
    person has agreed. `fixed_on`: the day that it fixed. `said`: what its details and the questions that ask for words
    were answered, by key. `lines`: the lines of enquiry as they stood, for a step that cites them.
    """

    ref = models.CharField(max_length=20, unique=True)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="decisions")
    step = models.CharField(max_length=60)
    option = models.CharField(max_length=60)
    involvement = models.ForeignKey("matters.Involvement", null=True, blank=True, on_delete=models.PROTECT)
    answers = models.JSONField()
    indicated = models.CharField(max_length=60, blank=True)
    reasons = models.TextField()
    fixed_on = models.DateField(null=True, blank=True)
    edition = models.CharField(max_length=20, blank=True)
    joint_view = models.ForeignKey(JointView, null=True, blank=True, on_delete=models.PROTECT)
    said = models.JSONField(null=True, blank=True)
    lines = models.JSONField(null=True, blank=True)
    needs_signature = models.BooleanField()
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(
        special="reasons said lines",
        operational="id ref matter step option involvement answers indicated fixed_on edition joint_view"
        " needs_signature replaces on recorded_at recorded_by",
    )

    class Meta:
        indexes = [models.Index(fields=["matter", "recorded_at"])]
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="decision_says_why")]


class Signature(models.Model):
    """What a second, independent person made of a decision. It belongs to that decision and to no later one."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="signature")
    agreed = models.BooleanField()
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id decision agreed on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="signature_says_why")]


class Reading(models.Model):
    """An independent reading of what stood behind a wall when somebody opened a joint view.

    `reader_id`: the user asked to read; empty where nobody could be found yet. `hidden`: references of the matters that
    the decision-maker may not see. They never learn of it; what the reader shares comes back through intake.
    """

    ref = models.CharField(max_length=20, unique=True)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="readings")
    decider_id = models.BigIntegerField()
    reader_id = models.BigIntegerField(null=True, blank=True)
    hidden = models.JSONField()
    asked_at = models.DateTimeField()
    answered_on = models.DateField(null=True, blank=True)
    shared = models.BooleanField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    item_ref = models.CharField(max_length=20, blank=True)
    LABELS = labels(
        special="reasons",
        operational="id ref matter decider_id reader_id hidden asked_at answered_on shared item_ref",
    )

    class Meta:
        indexes = [models.Index(fields=["reader_id", "answered_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, shared__isnull=True, reasons="")
                | (Q(answered_on__isnull=False, shared__isnull=False) & ~Q(reasons="")),
                name="a_reading_is_answered_whole",
            )
        ]
