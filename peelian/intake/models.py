"""What arrived, word for word; outside sources, their loads, and the rows set aside.

A row made by a load carries the load's key and is read only once the load is published (`queries.published`).
"""

from datetime import date

from django.db import models
from django.db.models import Q

from peelian.intake.wall import item_kept_in, item_wall
from peelian.terms.acts import RecordKind
from peelian.terms.known_dates import Precision
from peelian.terms.labels import labels
from peelian.terms.viewer import Viewer
from peelian.walls.managed import WalledManager, guard

PRECISIONS = [(p.value, p.value) for p in Precision]


class Item(models.Model):
    """One thing that arrived. It waits, with an owner, until a person assesses it."""

    class State(models.TextChoices):
        AWAITING = "awaiting", "Awaiting assessment"
        MATTER = "matter", "Recorded as a matter"
        LOGGED = "logged", "Logged with reasons"

    ref = models.CharField(max_length=20, unique=True)
    channel = models.CharField(max_length=40)  # a `received_via` key of the categories table, or `load`
    words = models.TextField()
    heading = models.CharField(max_length=200)
    received_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    from_person_id = models.BigIntegerField(null=True, blank=True)
    from_words = models.CharField(max_length=300, blank=True)
    owner_id = models.BigIntegerField(null=True, blank=True)  # a user of the walls
    unit_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.AWAITING)
    assessed_on = models.DateField(null=True, blank=True)
    assessed_by = models.CharField(max_length=80, blank=True)
    reasons = models.TextField(blank=True)
    sensitive_on = models.DateField(null=True, blank=True)
    about_key = models.CharField(max_length=200, blank=True)  # the record an analytic finding is about
    serious = models.JSONField(default=list, blank=True)  # keys of sexual_record: what makes it serious (LES-10)
    load = models.ForeignKey("intake.Load", null=True, blank=True, on_delete=models.PROTECT)

    objects = WalledManager()
    LABELS = labels(
        identity="from_person_id from_words",
        special="words heading reasons serious",
        operational="id ref channel received_on recorded_at recorded_by owner_id unit_id state assessed_on"
        " assessed_by sensitive_on about_key load",
    )

    class Meta:
        indexes = [
            models.Index(fields=["state", "received_on"]),
            models.Index(fields=["received_on", "ref"]),
            models.Index(fields=["from_person_id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="awaiting", assessed_on__isnull=True)
                | (~Q(state="awaiting") & Q(assessed_on__isnull=False) & ~Q(reasons="")),
                name="an_assessment_has_its_day_and_reasons",
            )
        ]

    @staticmethod
    def wall(viewer: Viewer) -> Q:
        return item_wall(viewer, KeptOut.objects.all(), Load.objects.all())

    @staticmethod
    def kept_in(viewer: Viewer) -> Q:
        return item_kept_in(viewer, KeptOut.objects.all(), Load.objects.all())

    @staticmethod
    def concerning(person_id: int) -> "models.QuerySet[Item]":
        """Items waiting for assessment that a person must never see, for the walls."""
        waiting = Item.objects.as_system(because="to close what concerns a head").filter(state=Item.State.AWAITING)
        found: models.QuerySet[Item] = waiting.filter(pk__in=KeptOut.objects.filter(person_id=person_id).values("item"))
        return found.order_by("ref")

    def become_sensitive(self, on: date, reason: str) -> tuple[int, ...]:
        """Open only to those named on it, for the walls, which journal it; returns who answers for it, by key."""
        self.sensitive_on = on
        self.save(update_fields=["sensitive_on"])
        return (self.owner_id,) if self.owner_id is not None else ()


class LogProposal(models.Model):
    """That an item about a serious category is to be logged without a matter. Insert-only; a second person answers.

    `categories`: keys of the serious categories that it is said to be about.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="log_proposals")
    categories = models.JSONField()
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id item categories on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="log_proposal_says_why")]


class LogAnswer(models.Model):
    """What the second, independent person made of it. Insert-only."""

    proposal = models.OneToOneField(LogProposal, on_delete=models.PROTECT, related_name="answer")
    agreed = models.BooleanField()
    reasons = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id proposal agreed on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="log_answer_says_why")]


class KeptOut(models.Model):
    """Someone who must never see an item, or what comes of it: named in it, or named by whoever reported."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="kept_out")
    person_id = models.BigIntegerField(db_index=True)
    ground = models.CharField(max_length=200)
    LABELS = labels(identity="person_id", special="ground", operational="id item")


class Source(models.Model):
    """An outside system whose exports are loaded."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    content = models.CharField(max_length=40)
    LABELS = labels(operational="id key title content")


class Load(models.Model):
    """One file of a source. Staged in short batches; `published_at` is the pointer that makes its rows readable."""

    class State(models.TextChoices):
        STAGING = "staging", "Staging"
        PUBLISHED = "published", "Published"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    ref = models.CharField(max_length=20, unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="loads")
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    file_bytes = models.BigIntegerField()
    map_text = models.TextField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.STAGING)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=80)
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    job_ref = models.CharField(max_length=20, blank=True)
    last_row = models.BigIntegerField(default=0)  # the last row number staged, from which a resumed load goes on
    read = models.BigIntegerField(default=0)
    accepted = models.BigIntegerField(default=0)
    already_held = models.BigIntegerField(default=0)
    set_aside = models.BigIntegerField(default=0)
    figures = models.JSONField(default=dict)  # added, changed, vanished, matters, people, placeholders
    failure = models.TextField(blank=True)

    LABELS = labels(
        special="failure",
        operational="id ref source file_name file_sha256 file_bytes map_text state started_at started_by"
        " published_at ended_at job_ref last_row read accepted already_held set_aside figures",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(state="published"), name="published_says_when"
            )
        ]


class HeldRow(models.Model):
    """The ledger of one source: each record it ever gave, by key, with what it said last and the digest of that.

    `record_kind` and `record_id`: the walled record it stands in. `part_kind` and `part_id`: the row's own part of
    that record, where it has one (an allegation, an involvement).
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)  # the ledger's key begins with it
    key_hash = models.CharField(max_length=32)  # the first 128 bits of SHA-256 over the key cells
    digest = models.CharField(max_length=32)  # the same over the mapped values
    key_words = models.CharField(max_length=300)
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="first_held")
    last_load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="last_held")
    vanished_load = models.ForeignKey(
        Load, null=True, blank=True, on_delete=models.PROTECT, related_name="vanished", db_index=False
    )
    record_kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    part_kind = models.CharField(max_length=20, blank=True)
    part_id = models.BigIntegerField(null=True, blank=True)
    said = models.TextField()  # JSON: the mapped values, by field, as the source last gave them
    LABELS = labels(
        identity="key_words",
        special="said",
        operational="id source key_hash digest load last_load vanished_load record_kind record_id part_kind part_id",
    )

    class Meta:
        indexes = [
            models.Index(fields=["record_id", "record_kind"], name="held_rows_of_a_record"),
            models.Index(fields=["vanished_load"], condition=Q(vanished_load__isnull=False), name="vanished_by_load"),
        ]
        constraints = [models.UniqueConstraint(fields=["source", "key_hash"], name="one_ledger_row_a_key")]


class PendingChange(models.Model):
    """What a later extract says differently of a record already held; applied when the load is published, then kept.

    `fields`: `said`, all that the extract says; `before`, what the source had said in the fields that changed.
    """

    load = models.ForeignKey(Load, on_delete=models.PROTECT)
    held = models.ForeignKey(HeldRow, on_delete=models.PROTECT)
    digest = models.CharField(max_length=32)
    fields = models.JSONField()
    LABELS = labels(special="fields", operational="id load held digest")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["load", "held"], name="one_change_a_record_a_load")]


class SetAsideRow(models.Model):
    """A row that could not be used, kept with its reason."""

    load = models.ForeignKey(Load, on_delete=models.PROTECT)
    row_number = models.BigIntegerField()
    column = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500)
    raw = models.JSONField()
    LABELS = labels(special="raw", operational="id load row_number column reason")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["load", "row_number"], name="a_row_is_set_aside_once")]


guard(RecordKind.INTAKE_ITEM, Item.objects)
