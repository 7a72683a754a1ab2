"""Exhibits, their seals, who held them, and how they ended."""

from django.db import models
from django.db.models import Q

from peelian.evidence.states import EndingKind
from peelian.terms.labels import labels

SAID = "id ref on recorded_at recorded_by"


class Said(models.Model):
    """What every row says: on which day, and who wrote it when. `words`: sealed, see the head of this folder."""

    ref = models.CharField(max_length=20, unique=True)
    words = models.BinaryField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        abstract = True


class Exhibit(Said):
    """Something found or produced, on `found_on`. `words`: description, where, by whom. `on`: the day it was booked in,
    by `holder_id`, who held it first. `matter_ref`: of the matter, which itself lies behind a wall."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="exhibits")
    matter_ref = models.CharField(max_length=20)
    mark = models.CharField(max_length=30)
    found_on = models.DateField()
    holder_id = models.BigIntegerField()
    LABELS = labels(identity="mark", special="words", operational=f"{SAID} matter matter_ref found_on holder_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "mark"], name="one_exhibit_a_mark")]


class Attached(models.Model):
    """That a file shows or is about an exhibit."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="attached")
    file = models.ForeignKey("evidence.StoredFile", on_delete=models.PROTECT, related_name="attached_to")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(operational="id exhibit file recorded_at recorded_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exhibit", "file"], name="attached_once")]


class Sealing(Said):
    """A seal put on, or broken where `is_broken`. `words`: why it was broken."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="sealings")
    number = models.CharField(max_length=40)
    is_broken = models.BooleanField()
    LABELS = labels(special="words", operational=f"{SAID} exhibit number is_broken")


class HandOver(Said):
    """A hand-over, proposed by whoever gives. Empty keys: somebody outside the force, whom `words` names.

    `words`: giver and receiver from outside, where it goes, why.
    """

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="hand_overs")
    giver_id = models.BigIntegerField(null=True, blank=True)
    receiver_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    LABELS = labels(special="words", operational=f"{SAID} exhibit giver_id receiver_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(giver_id__isnull=False) | Q(receiver_id__isnull=False), name="one_of_ours_is_in_it"
            )
        ]


class HandOverAnswer(Said):
    """Accepted by its receiver, or by a second of ours where one side is outside; or declined, or taken back."""

    hand_over = models.OneToOneField(HandOver, on_delete=models.PROTECT, related_name="answer")
    accepted = models.BooleanField()
    LABELS = labels(special="words", operational=f"{SAID} hand_over accepted")


class Ending(Said):
    """That an exhibit is to go, proposed by whoever holds it. `words`: to whom or how, and why."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="endings")
    kind = models.CharField(max_length=10, choices=[(one.value, one.words) for one in EndingKind])
    LABELS = labels(special="words", operational=f"{SAID} exhibit kind")


class EndingAnswer(Said):
    """What the second person said: it was done before their eyes, or it goes back."""

    ending = models.OneToOneField(Ending, on_delete=models.PROTECT, related_name="answer")
    agreed = models.BooleanField()
    LABELS = labels(special="words", operational=f"{SAID} ending agreed")
