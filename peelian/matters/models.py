"""Matters, their allegations and factors, who is linked and how, and who an unknown person turned out to be."""

from datetime import date

from django.db import models
from django.db.models import Q

from peelian.matters.wall import matter_kept_in, matter_wall
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import Precision
from peelian.terms.labels import labels
from peelian.terms.matters import Capacity, MatterKind, MatterState, Part
from peelian.terms.viewer import Viewer
from peelian.walls.managed import WalledManager, guard

PRECISIONS = [(p.value, p.value) for p in Precision]


class Matter(models.Model):
    """A complaint, conduct matter or DSI matter. Dates that are not known stay empty; nothing is guessed."""

    ref = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=40, choices=[(k.value, k.words) for k in MatterKind])
    state = models.CharField(max_length=20, choices=[(s.value, s.words) for s in MatterState])
    heading = models.CharField(max_length=200, blank=True)
    force = models.CharField(max_length=80, blank=True)  # the force whose matter it is; empty: this force
    came_to_attention_on = models.DateField(null=True, blank=True)
    came_to_attention_precision = models.CharField(max_length=5, choices=PRECISIONS, blank=True)
    incident_on = models.DateField(null=True, blank=True)
    incident_precision = models.CharField(max_length=5, choices=PRECISIONS, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_precision = models.CharField(max_length=5, choices=PRECISIONS, blank=True)
    unit_id = models.BigIntegerField(null=True, blank=True)
    sensitive_on = models.DateField(null=True, blank=True)
    sensitive_reason = models.CharField(max_length=300, blank=True)
    intake_item_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    source_key = models.CharField(max_length=120, blank=True)
    load = models.ForeignKey("intake.Load", null=True, blank=True, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    version = models.IntegerField(default=1)  # raised by each act, so that a second writer is told

    objects = WalledManager()
    LABELS = labels(
        identity="source_key",
        special="heading sensitive_reason",
        operational="id ref kind state force came_to_attention_on came_to_attention_precision incident_on"
        " incident_precision closed_on closed_precision unit_id sensitive_on intake_item_id source_id load"
        " recorded_at recorded_by version",
    )

    class Meta:
        indexes = [
            models.Index(fields=["came_to_attention_on", "ref"]),
            models.Index(fields=["source_key"]),
            models.Index(fields=["force"]),
            models.Index(fields=["state", "came_to_attention_on", "ref"]),
            models.Index(fields=["kind", "came_to_attention_on", "ref"]),
            models.Index(fields=["unit_id", "state", "came_to_attention_on", "ref"]),
            models.Index(fields=["closed_on", "ref"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_id", "source_key"],
                condition=Q(source_id__isnull=False),
                name="one_matter_a_source_key",
            ),
            models.CheckConstraint(
                condition=Q(sensitive_on__isnull=True) | ~Q(sensitive_reason=""), name="sensitive_says_why"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(state=MatterState.CLOSED.value),
                name="closed_on_is_closed",
            ),
        ]

    @staticmethod
    def wall(viewer: Viewer) -> Q:
        return matter_wall(viewer, Involvement.objects.all())

    @staticmethod
    def kept_in(viewer: Viewer) -> Q:
        return matter_kept_in(viewer, Involvement.objects.all())

    @staticmethod
    def concerning(person_id: int) -> "models.QuerySet[Matter]":
        """Matters that are not closed and in which a person plays any part, for the walls."""
        everything = Matter.objects.as_system(because="to close what concerns a head")
        linked = Involvement.objects.filter(person_id=person_id).values("matter")
        found: models.QuerySet[Matter] = everything.exclude(state=MatterState.CLOSED.value).filter(pk__in=linked)
        return found.order_by("ref")

    def become_sensitive(self, on: date, reason: str) -> tuple[int, ...]:
        """Open only to those with a place on it, for the walls, which journal it; nobody else has to be named."""
        self.sensitive_on, self.sensitive_reason = on, reason
        self.version += 1
        self.save(update_fields=["sensitive_on", "sensitive_reason", "version"])
        return ()


class Narrative(models.Model):
    """What is alleged, in plain text behind the matter's wall; its index row goes when the text goes."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="narrative")
    text = models.TextField()
    LABELS = labels(special="text", operational="id matter")


class Involvement(models.Model):
    """A person's part in a matter. No `person_id` while nobody knows who it is; `description` says what is known.

    `number` addresses it within its matter; rows of a load have none, since they may come in any order.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="involvements")
    number = models.IntegerField(null=True, blank=True)
    person_id = models.BigIntegerField(null=True, blank=True)
    description = models.CharField(max_length=300, blank=True)
    part = models.CharField(max_length=30, choices=[(p.value, p.words) for p in Part])
    added_on = models.DateField(null=True, blank=True)
    load = models.ForeignKey("intake.Load", null=True, blank=True, on_delete=models.PROTECT)
    LABELS = labels(identity="person_id description", operational="id matter number part added_on load")

    class Meta:
        indexes = [models.Index(fields=["person_id", "matter"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(person_id__isnull=False) | ~Q(description=""), name="somebody_or_a_description"
            ),
            models.UniqueConstraint(
                fields=["matter", "person_id", "part"],
                condition=Q(person_id__isnull=False),
                name="one_involvement_a_part",
            ),
            models.UniqueConstraint(
                fields=["matter", "number"], condition=Q(number__isnull=False), name="one_involvement_a_number"
            ),
        ]


class Identification(models.Model):
    """Who an unknown person complained against turned out to be, and the evidence for it."""

    involvement = models.OneToOneField(Involvement, on_delete=models.PROTECT, related_name="identification")
    person_id = models.BigIntegerField()
    evidence = models.TextField()
    on = models.DateField()
    by = models.CharField(max_length=80)
    LABELS = labels(identity="person_id", special="evidence", operational="id involvement on by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(evidence=""), name="identified_by_evidence")]


class Allegation(models.Model):
    """One allegation, coded to one category. `…_words` are the words of an outside source."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="allegations")
    number = models.IntegerField()
    category = models.CharField(max_length=10, blank=True)
    category_words = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    finding_words = models.CharField(max_length=120, blank=True)
    outcome_words = models.CharField(max_length=120, blank=True)
    load = models.ForeignKey("intake.Load", null=True, blank=True, on_delete=models.PROTECT)
    LABELS = labels(
        special="text finding_words outcome_words",
        operational="id matter number category category_words load",
    )

    class Meta:
        indexes = [models.Index(fields=["matter", "number"]), models.Index(fields=["category", "matter"])]


class AllegationFactor(models.Model):
    """A national factor of an allegation (`categories.toml` `[[factor]]`)."""

    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, related_name="factors")
    factor = models.CharField(max_length=40)
    LABELS = labels(operational="id allegation factor")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["allegation", "factor"], name="one_factor_once_an_allegation")]


class AllegedAgainst(models.Model):
    """Against whom an allegation is made; any number of people."""

    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, related_name="against")
    involvement = models.ForeignKey(Involvement, on_delete=models.PROTECT, related_name="allegations")
    LABELS = labels(operational="id allegation involvement")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["allegation", "involvement"], name="alleged_once_against_each")]


class SetAside(models.Model):
    """A place given to somebody whom a local rule bars, by somebody who decides for the appropriate authority.

    Insert-only. `grounds`: which local rules; shown to nobody, as a ground may rest on what a reader may not see.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="set_aside")
    user_id = models.BigIntegerField()
    capacity = models.CharField(max_length=30, choices=[(c.value, c.words) for c in Capacity])
    grounds = models.JSONField()
    reasons = models.TextField()
    on = models.DateField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="grounds reasons", operational="id matter user_id capacity on recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="set_aside_says_why")]


class OutsideRequest(models.Model):
    """That another force was asked for somebody, since nobody here may have the place. Insert-only."""

    ref = models.CharField(max_length=20, unique=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="outside_requests")
    capacity = models.CharField(max_length=30, choices=[(c.value, c.words) for c in Capacity])
    ground = models.CharField(max_length=30)
    force = models.CharField(max_length=80)
    reasons = models.TextField()
    owner_id = models.BigIntegerField()
    due_on = models.DateField()
    on = models.DateField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id ref matter capacity ground force owner_id due_on on recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="outside_request_says_why")]


class OutsideAnswer(models.Model):
    """What the other force answered. Insert-only."""

    request = models.OneToOneField(OutsideRequest, on_delete=models.PROTECT, related_name="answer")
    agreed = models.BooleanField()
    words = models.TextField()
    on = models.DateField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="words", operational="id request agreed on recorded_by")


class KindChange(models.Model):
    """That what governs a matter changed: what it was recorded as, what it is now, by which decision. Insert-only."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="kind_changes")
    was = models.CharField(max_length=40, choices=[(k.value, k.words) for k in MatterKind])
    now = models.CharField(max_length=40, choices=[(k.value, k.words) for k in MatterKind])
    ground = models.CharField(max_length=120)
    law = models.CharField(max_length=200)
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id matter was now ground law on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="kind_change_says_why")]


class JointReview(models.Model):
    """That an earlier matter is to be read again, since `because` came about the same person. Insert-only. LES-07.

    It lies behind the walls of both: it is told to nobody who may not see each of them.
    """

    ref = models.CharField(max_length=20, unique=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="joint_reviews")
    because = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="joint_reviews_caused")
    person_id = models.BigIntegerField()
    owner_id = models.BigIntegerField(null=True, blank=True)  # None while nobody may see both matters
    due_on = models.DateField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    LABELS = labels(identity="person_id", operational="id ref matter because owner_id due_on on recorded_at")

    class Meta:
        indexes = [models.Index(fields=["owner_id", "due_on"])]
        constraints = [
            models.UniqueConstraint(fields=["matter", "because", "person_id"], name="one_joint_review_a_pair")
        ]


class JointReviewAnswer(models.Model):
    """What came of a joint review: whether the earlier matter is opened again, by somebody's joint view, and why."""

    review = models.OneToOneField(JointReview, on_delete=models.PROTECT, related_name="answer")
    reopens = models.BooleanField()
    joint_view_ref = models.CharField(max_length=20)
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id review reopens joint_view_ref on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="joint_review_says_why")]


class Alert(models.Model):
    """That somebody connected with a person concerned opened a matter, or was refused it. Insert-only.

    `user_id` looked; `kind` and `key` say at what, `page` on which page. One row a day for each page and ground.
    """

    ref = models.CharField(max_length=20, unique=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="alerts")
    user_id = models.BigIntegerField()
    ground = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    page = models.CharField(max_length=80)
    was_refused = models.BooleanField()
    day = models.DateField()
    at = models.DateTimeField()
    LABELS = labels(identity="key", special="ground", operational="id ref matter user_id kind page was_refused day at")

    class Meta:
        indexes = [models.Index(fields=["at", "ref"])]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "user_id", "day", "page", "key", "ground", "was_refused"],
                name="one_alert_a_day",
            )
        ]


class AlertNote(models.Model):
    """What was made of an alert, by whoever acknowledged it. Insert-only."""

    alert = models.OneToOneField(Alert, on_delete=models.PROTECT, related_name="acknowledged")
    words = models.TextField()
    at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="words", operational="id alert at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="alert_note_says_something")]


guard(RecordKind.MATTER, Matter.objects)
