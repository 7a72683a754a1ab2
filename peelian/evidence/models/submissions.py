"""What a laboratory or a digital unit was asked, and what became of it."""

from django.db import models

from peelian.evidence.models.exhibits import SAID, Exhibit, Said
from peelian.evidence.states import Step, SubmissionKind
from peelian.terms.labels import labels


class Submission(Said):
    """Something asked of a laboratory or a digital unit on day `on`. `words`: of whom, what is asked."""

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="submissions")
    matter_ref = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=[(one.value, one.words) for one in SubmissionKind])
    promised_on = models.DateField(null=True, blank=True)
    LABELS = labels(special="words", operational=f"{SAID} matter matter_ref kind promised_on")


class SubmittedExhibit(models.Model):
    """An exhibit that a submission is about."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="about")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="submitted")
    LABELS = labels(operational="id submission exhibit")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "exhibit"], name="submitted_once_each")]


class SubmissionStep(Said):
    """What happened to a submission. `promised_on`: of a new promise alone. `words`: in words."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12, choices=[(one.value, one.words) for one in Step])
    promised_on = models.DateField(null=True, blank=True)
    LABELS = labels(special="words", operational=f"{SAID} submission step promised_on")
