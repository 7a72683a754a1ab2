"""Clearances, their controls and reviews, and what became of them."""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels
from peelian.terms.vetting import ClearanceState
from peelian.vetting.models.applications import Application, Decision, Recorded


class Clearance(models.Model):
    """Clearance that was granted: at a level, from a day to the last day (none where the level does not expire).

    By a decision here; or elsewhere or before, by `force`, as the load `load_ref` gave it, with the last annual review
    that was held there.
    """

    ref = models.CharField(max_length=20, unique=True)
    decision = models.OneToOneField(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="clearance")
    person_id = models.BigIntegerField(db_index=True)
    level = models.CharField(max_length=10)
    granted_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    force = models.CharField(max_length=120, blank=True)
    load_ref = models.CharField(max_length=20, blank=True)
    is_contractor = models.BooleanField(default=False)
    reviewed_on = models.DateField(null=True, blank=True)
    LABELS = labels(
        identity="person_id",
        operational="id ref decision level granted_on expires_on force load_ref is_contractor reviewed_on",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False, load_ref="") | (Q(decision__isnull=True) & ~Q(load_ref="")),
                name="clearance_was_decided_or_loaded",
            )
        ]
        indexes = [models.Index(fields=["person_id", "expires_on"]), models.Index(fields=["expires_on", "ref"])]


class Control(models.Model):
    """A control or condition that a decision put on clearance, with the day it is reviewed."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="controls")
    number = models.IntegerField()
    words = models.TextField()
    review_on = models.DateField()
    LABELS = labels(special="words", operational="id decision number review_on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "number"], name="a_control_has_its_number")]


class ControlReview(Recorded):
    """That a control was looked at again. `next_on`: when it is looked at next; empty where it ended."""

    control = models.ForeignKey(Control, on_delete=models.PROTECT, related_name="reviews")
    words = models.TextField()
    next_on = models.DateField(null=True, blank=True)
    LABELS = labels(special="words", operational="id control next_on on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_control_review_says_something")]


class ControlTold(Recorded):
    """What the line managers of somebody are told of a control, so that they keep to it; the last words stand."""

    control = models.ForeignKey(Control, on_delete=models.PROTECT, related_name="told")
    words = models.TextField()
    LABELS = labels(special="words", operational="id control on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_manager_is_told_something")]


class Standing(Recorded):
    """That clearance was suspended, is held again, or was withdrawn; the last one stands."""

    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="standings")
    state = models.CharField(max_length=20, choices=[(one.value, one.words) for one in ClearanceState])
    LABELS = labels(operational="id clearance state on recorded_at recorded_by")


class AnnualReview(Recorded):
    """The annual integrity and vetting review of somebody who holds clearance. `by_manager`: signed by theirs.

    `load_ref`: the load that gave it, of one that was held where the clearance was granted; its day alone is known.
    """

    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="annual_reviews")
    words = models.TextField()
    raises = models.BooleanField()
    by_manager = models.BooleanField(default=False)
    load_ref = models.CharField(max_length=20, blank=True)
    LABELS = labels(special="words raises", operational="id clearance by_manager load_ref on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="an_annual_review_says_something")]


class Withdrawal(Recorded):
    """The procedure by which clearance may be withdrawn. `application`: the review that led to it, where there is one.

    It is hidden with the matter that raised the review. `words`: the information that came.
    """

    ref = models.CharField(max_length=20, unique=True)
    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="withdrawals")
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="withdrawals"
    )
    LABELS = labels(operational="id ref clearance application on recorded_at recorded_by")


class WithdrawalStep(Recorded):
    """One act of a withdrawal, a row of the tables. `withheld`: what was kept back, and why no less would do.

    `grounds`: of the harm test, keys of `disclosure_ground`; none in what was recorded before they were asked.
    """

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.PROTECT, related_name="steps")
    key = models.CharField(max_length=30)
    words = models.TextField()
    withheld = models.TextField(blank=True)
    grounds = models.JSONField(default=list)
    LABELS = labels(special="words withheld", operational="id withdrawal key grounds on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="an_act_of_a_withdrawal_says_something")]
