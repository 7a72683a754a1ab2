"""Runs taken in, the pairs they found, how each was seen, what people judged. All but how a pair stands is kept."""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels
from peelian.terms.matches import PairState, Stood, Verdict


class Recorded(models.Model):
    """Shared shape: the day it happened, and when and by whom it was recorded."""

    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        abstract = True


class Run(Recorded):
    """One run or night of a wash, taken in. `workforce`: which wash, where a force keeps several.

    `account`: the proof of coverage as the wash printed it. `on`: the day of the run.
    """

    ref = models.CharField(max_length=20, unique=True)
    workforce = models.CharField(max_length=80)
    account = models.JSONField()
    found = models.IntegerField()
    new = models.IntegerField()
    changed = models.IntegerField()
    gone = models.IntegerField()
    unknown = models.IntegerField()
    LABELS = labels(
        operational="id ref workforce account found new changed gone unknown on recorded_at recorded_by",
    )

    class Meta:
        indexes = [models.Index(fields=["workforce", "on"])]


class Pair(models.Model):
    """Somebody who works here and one record, as they stand now. `person_key`: as the workforce's file has it.

    `person_id`: who that is in the register; empty where nobody is known there by that number, and then nobody sees it.
    `stake`: 2 for the unresolved record of a sexual offence, 1 for another such record, else 0.
    """

    ref = models.CharField(max_length=20, unique=True)
    workforce = models.CharField(max_length=80)
    person_key = models.CharField(max_length=120)
    source = models.CharField(max_length=120)
    record_key = models.CharField(max_length=200)
    person_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.words) for s in PairState], default=PairState.WAITING.value
    )
    stake = models.SmallIntegerField()
    weight = models.FloatField()
    band = models.CharField(max_length=10)
    link = models.CharField(max_length=12)
    purpose = models.CharField(max_length=10)
    is_gone = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    LABELS = labels(
        identity="person_id person_key record_key",
        special="band purpose link stake weight",
        operational="id ref workforce source state is_gone digest",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workforce", "person_key", "source", "record_key"], name="one_pair_a_person_and_record"
            )
        ]
        indexes = [models.Index(fields=["state", "stake", "weight"]), models.Index(fields=["person_id"])]


class Sighting(models.Model):
    """How a run saw a pair, kept whenever it saw it otherwise than the run before. `is_gone`: it found it no more.

    `sides`: what was compared, as (what, of the person, of the record). `marks`: numbers that one person alone bears.
    """

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="sightings")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="sightings")
    is_gone = models.BooleanField(default=False)
    weight = models.FloatField()
    band = models.CharField(max_length=10)
    unsure = models.TextField(blank=True)
    words_for = models.JSONField()
    words_against = models.JSONField()
    sides = models.JSONField()
    marks = models.JSONField()
    part = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=300, blank=True)
    recorded_on = models.CharField(max_length=40, blank=True)
    resolved_on = models.CharField(max_length=40, blank=True)
    relation = models.CharField(max_length=200, blank=True)
    LABELS = labels(
        identity="sides marks",
        special="words_for words_against unsure part category recorded_on resolved_on relation weight band",
        operational="id pair run is_gone",
    )


class Judgement(Recorded):
    """What one person said of a pair, with reasons. Insert-only; the last one that stands counts.

    `sighting`: how the pair stood when it was judged. `needs_second`: it clears a record of a serious kind.
    """

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="judgements")
    sighting = models.ForeignKey(Sighting, on_delete=models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=10, choices=[(v.value, v.words) for v in Verdict])
    reasons = models.TextField()
    needs_second = models.BooleanField()
    LABELS = labels(special="verdict reasons", operational="id pair sighting needs_second on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_judgement_says_why")]


class Second(Recorded):
    """What the second person made of a judgement that clears a record of a serious kind. Insert-only."""

    judgement = models.OneToOneField(Judgement, on_delete=models.PROTECT, related_name="second")
    agreed = models.BooleanField()
    reasons = models.TextField()
    LABELS = labels(special="reasons agreed", operational="id judgement on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_second_says_why")]


class Never(Recorded):
    """Whoever bears this number is never this person. It rules out pairs of no serious kind, now and in later runs."""

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="rules")
    mark = models.CharField(max_length=120)
    reasons = models.TextField()
    LABELS = labels(identity="mark", special="reasons", operational="id pair on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_never_says_why")]


class Lift(Recorded):
    """That somebody asked to lift a rule of never the same, and why. Insert-only."""

    rule = models.ForeignKey(Never, on_delete=models.PROTECT, related_name="lifts")
    reasons = models.TextField()
    LABELS = labels(special="reasons", operational="id rule on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_lift_says_why")]


class LiftAnswer(Recorded):
    """What the second person said of lifting a rule; it is lifted where they agreed. Insert-only."""

    lift = models.OneToOneField(Lift, on_delete=models.PROTECT, related_name="answer")
    agreed = models.BooleanField()
    reasons = models.TextField()
    LABELS = labels(special="reasons agreed", operational="id lift on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="an_answered_lift_says_why")]


class Result(Recorded):
    """What a judgement leads to: a key of washing.toml. `item_ref`: the intake item, where it becomes one."""

    judgement = models.OneToOneField(Judgement, on_delete=models.PROTECT, related_name="result")
    result = models.CharField(max_length=40)
    reasons = models.TextField()
    due_on = models.DateField()
    item_ref = models.CharField(max_length=20, blank=True)
    LABELS = labels(special="result reasons", operational="id judgement due_on item_ref on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_result_says_why")]


class Raised(Recorded):
    """That a pair went to intake the day a run found it, since nobody has resolved what the record is about."""

    pair = models.OneToOneField(Pair, on_delete=models.PROTECT, related_name="raised")
    item_ref = models.CharField(max_length=20)
    LABELS = labels(operational="id pair item_ref on recorded_at recorded_by")


class Sample(Recorded):
    """One draw by lot of pairs that nobody had judged, to estimate what is still missed. `share`: in a hundred; `seed`
    makes the same draw again. What was judged by then, what was left and what was drawn is kept, pair by pair."""

    ref = models.CharField(max_length=20, unique=True)
    share = models.SmallIntegerField()
    seed = models.CharField(max_length=80)
    LABELS = labels(operational="id ref share seed on recorded_at recorded_by")


class Member(models.Model):
    """How one pair stood when a sample was drawn."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="members")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="drawn_in")
    stood = models.CharField(max_length=10, choices=[(one.value, one.words) for one in Stood])
    LABELS = labels(operational="id sample pair stood")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "pair"], name="a_pair_once_in_a_sample")]
