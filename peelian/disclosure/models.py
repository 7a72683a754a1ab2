"""The schedule of a matter, the redacted copies made from it, and what was given to whom.

Items, their versions, what a second person said, redactions and what was given are insert-only. All of it lies behind
its matter's wall: it is read by way of the matter and never by itself.
"""

from django.db import models
from django.db.models import Q

from peelian.disclosure.states import Decision, How, ItemKind, PackMove, PackState
from peelian.terms.labels import labels


class Item(models.Model):
    """One thing on the schedule. `source`: the reference of its file (a passage is kept as one), exhibit or letter.

    Insert-only; what is said and decided of it stands in its versions.
    """

    ref = models.CharField(max_length=20, unique=True)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="scheduled")
    number = models.IntegerField()
    kind = models.CharField(max_length=10, choices=[(one.value, one.words) for one in ItemKind])
    source = models.CharField(max_length=20)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)
    LABELS = labels(operational="id ref matter number kind source added_at added_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="one_number_an_item"),
            models.UniqueConstraint(fields=["matter", "source"], name="a_thing_is_scheduled_once"),
        ]


class ItemVersion(models.Model):
    """How an item was described and what was decided of it, by whom and why. Insert-only; the last one stands.

    `grounds`: keys of `disclosure_ground`, in one line. `review_on`: by when what the harm test keeps back is looked at
    again.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    title = models.CharField(max_length=300)
    is_used = models.BooleanField()
    is_sensitive = models.BooleanField()
    decision = models.CharField(max_length=10, choices=[(one.value, one.words) for one in Decision])
    grounds = models.CharField(max_length=300, blank=True)
    reasons = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    LABELS = labels(
        special="title grounds reasons",
        operational="id item number is_used is_sensitive decision review_on on at by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_version_a_number"),
            models.CheckConstraint(
                condition=Q(decision__in=[Decision.UNDECIDED, Decision.DISCLOSE]) | (~Q(grounds="") & ~Q(reasons="")),
                name="what_is_kept_back_has_ground_and_reasons",
            ),
        ]


class SecondReading(models.Model):
    """What a second person said of a version that keeps something back. Insert-only, once a version."""

    version = models.OneToOneField(ItemVersion, on_delete=models.PROTECT, related_name="second")
    agrees = models.BooleanField()
    reasons = models.TextField()
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id version agrees on at by")


class Redaction(models.Model):
    """A redacted copy of an item, a file of its own in the store. Insert-only.

    It serves the audiences that `CopyAudience` names, and no other.

    `source_sha256`: of the original it was made from, which stays as it was. `left`: how many words were blacked out in
    one place and left in another, and `left_reason` why. `pictured`, `unread`: pages, as the list shows them.
    """

    ref = models.CharField(max_length=20, unique=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="redactions")
    file = models.CharField(max_length=20)
    source_sha256 = models.CharField(max_length=64)
    copy_sha256 = models.CharField(max_length=64)
    media = models.CharField(max_length=100)
    pages = models.IntegerField()
    pictured = models.CharField(max_length=2000, blank=True)
    unread = models.CharField(max_length=2000, blank=True)
    dropped = models.TextField(blank=True)
    left = models.IntegerField(default=0)
    left_reason = models.TextField(blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    LABELS = labels(
        special="source_sha256 copy_sha256 left_reason",
        operational="id ref item file media pages pictured unread dropped left on at by",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(left=0) | ~Q(left_reason=""), name="what_is_left_says_why"),
        ]


class CopyAudience(models.Model):
    """That a redacted copy serves an audience: the one it was `made_for`, or another for which somebody chose it again,
    with reasons. Insert-only; of several copies that serve an audience the one said last stands.
    """

    redaction = models.ForeignKey(Redaction, on_delete=models.PROTECT, related_name="serves")
    audience = models.CharField(max_length=40)
    made_for = models.BooleanField()
    reasons = models.TextField(blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id redaction audience made_for on at by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["redaction"], condition=Q(made_for=True), name="made_for_one_audience"),
            models.CheckConstraint(condition=Q(made_for=True) | ~Q(reasons=""), name="chosen_again_says_why"),
        ]


class RedactionMark(models.Model):
    """One thing that was blacked out, without the words that stood there. Insert-only.

    `places`: how many boxes or blocks it made. `pages`: on which pages, as the list shows them; empty for a text.
    """

    redaction = models.ForeignKey(Redaction, on_delete=models.PROTECT, related_name="marks")
    number = models.IntegerField()
    is_words = models.BooleanField()
    ground = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    places = models.IntegerField()
    pages = models.CharField(max_length=2000, blank=True)
    LABELS = labels(special="ground reason", operational="id redaction number is_words places pages")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["redaction", "number"], name="one_mark_a_number")]


class Pack(models.Model):
    """Material put together for one audience. `recipient`: the involvement it goes to; else `who` names it.

    `digest`: of everything that was submitted, item by item; whoever approves, approves that and nothing else.
    """

    ref = models.CharField(max_length=20, unique=True)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="packs")
    audience = models.CharField(max_length=40)
    recipient = models.ForeignKey(
        "matters.Involvement", null=True, blank=True, on_delete=models.PROTECT, related_name="packs"
    )
    who = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=300)
    purpose = models.TextField()
    state = models.CharField(max_length=10, choices=[(one.value, one.words) for one in PackState])
    digest = models.CharField(max_length=64, blank=True)
    on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    version = models.IntegerField(default=1)  # raised by each act, so that a second writer is told
    LABELS = labels(
        identity="recipient who",
        special="basis purpose",
        operational="id ref matter audience state digest on made_at made_by version",
    )

    class Meta:
        indexes = [models.Index(fields=["matter", "made_at"]), models.Index(fields=["state", "made_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, who="") | (Q(recipient__isnull=True) & ~Q(who="")),
                name="a_pack_goes_to_one",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PackState.DRAFT, PackState.ABANDONED]) | ~Q(digest=""),
                name="a_submitted_pack_has_its_digest",
            ),
        ]


class PackItem(models.Model):
    """An item that a pack holds, and how. Changes with a draft; what was given is kept in `Given`."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="packed")
    how = models.CharField(max_length=10, choices=[(one.value, one.words) for one in How])
    LABELS = labels(operational="id pack item how")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "item"], name="an_item_once_a_pack")]


class PackStep(models.Model):
    """One step in the life of a pack: who did it, when and why. Insert-only."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField(max_length=12, choices=[(one.value, one.words) for one in PackMove])
    reasons = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    LABELS = labels(special="reasons", operational="id pack move digest at by")

    class Meta:
        indexes = [models.Index(fields=["pack", "at"])]


class Given(models.Model):
    """What was given, as it was given. Insert-only. `file`: the pack in the store; `index`: its index in words."""

    pack = models.OneToOneField(Pack, on_delete=models.PROTECT, related_name="given")
    file = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    index = models.TextField()
    way = models.CharField(max_length=200)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    LABELS = labels(special="index way sha256", operational="id pack file size on at by")
