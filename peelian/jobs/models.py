"""A piece of long work as a row: what was asked, how far it is, how it ended."""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels


class State(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


ENDED = (State.DONE, State.FAILED, State.CANCELLED)


class Job(models.Model):
    """`claim` is drawn anew by each worker that takes the job up: a worker whose claim is gone may write no more.

    `heartbeat_at` is the last sign of life; the sweeper returns a running job without one to the queue.
    `queue_id` is the row of the queue that will start it. `arguments` hold keys and file names, never personal text.
    """

    ref = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    message = models.CharField(max_length=300, blank=True)
    requested_by = models.CharField(max_length=80)
    requester_id = models.BigIntegerField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True)
    requested_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    queue_id = models.UUIDField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=1000, blank=True)
    result_kind = models.CharField(max_length=20, blank=True)
    result_key = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    LABELS = labels(
        operational="id ref kind title arguments state done total unit message requested_by requester_id because"
        " requested_at queued_at queue_id started_at heartbeat_at cancel_requested_at ended_at outcome"
        " result_kind result_key attempts claim"
    )

    class Meta:
        indexes = [
            models.Index(fields=["state", "heartbeat_at"], name="jobs_by_sign_of_life"),
            models.Index(fields=["requested_by", "requested_at"], name="jobs_by_requester"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.RUNNING)
                | (Q(started_at__isnull=False) & Q(heartbeat_at__isnull=False) & ~Q(claim="")),
                name="a_running_job_is_claimed_and_alive",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False) | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
                name="a_job_that_ended_says_when",
            ),
        ]
