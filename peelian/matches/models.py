"""Runs taken in, the pairs they found, how each was seen, what people judged. All but how a pair stands is kept.

What a source says of somebody, and every reason, is one sealed `words` under the key of its pair, and goes with it;
that a pair was seen and judged, when and by whom, stays. `place`: to what the seal is bound.
"""

from django.db import models

from peelian.journal.actions import moment
from peelian.terms.labels import labels
from peelian.terms.matches import PairState, Stood, Verdict


class Recorded(models.Model):
    """Shared shape: the day it happened, and when and by whom it was recorded."""

    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        abstract = True


class Said(Recorded):
    """Shared shape: what somebody said of a pair. `words`: `reasons`, and what its row adds."""

    words = models.BinaryField()

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        return f"{self._meta.model_name} {moment(self.recorded_at)}"


class AnsweredBySecond(Said):
    """Shared shape: what a second person made of what one person said or asked."""

    agreed = models.BooleanField()

    class Meta:
        abstract = True


class Run(Recorded):
    """One run or night of a wash, taken in part by part. `workforce`: which wash, where a force keeps several.

    `account`: the proof of coverage as the wash printed it. `on`: the day of the run. `digest`: of all that was handed
    over, so that the same handed over again goes on where it stopped; empty for runs from before there were parts.
    `kept_away`: pairs found again that were judged to be somebody else and disposed of.
    """

    ref = models.CharField(max_length=20, unique=True)
    workforce = models.CharField(max_length=80)
    account = models.JSONField()
    digest = models.CharField(max_length=64, blank=True)
    found = models.IntegerField()
    new = models.IntegerField()
    changed = models.IntegerField()
    gone = models.IntegerField()
    unknown = models.IntegerField()
    kept_away = models.IntegerField(default=0)
    LABELS = labels(
        operational=(
            "id ref workforce account digest found new changed gone unknown kept_away on recorded_at recorded_by"
        ),
    )

    class Meta:
        indexes = [models.Index(fields=["workforce", "on"])]


class Part(Recorded):
    """That a part of a run was taken in whole: how many pairs, how many of them were raised. The last ends the run."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="parts")
    number = models.IntegerField()
    pairs = models.IntegerField()
    raised = models.IntegerField()
    is_last = models.BooleanField()
    LABELS = labels(operational="id run number pairs raised is_last on recorded_at recorded_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="a_part_once_in_a_run")]


class Source(models.Model):
    """A source as the last run that was taken in names it. `source`: its key in the manifest; `expires_on`: the last
    day on which it may be washed, None where nobody recorded one."""

    workforce = models.CharField(max_length=80)
    source = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    expires_on = models.DateField(null=True, blank=True)
    LABELS = labels(operational="id workforce source title expires_on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workforce", "source"], name="one_source_a_workforce")]


class Pair(models.Model):
    """Somebody who works here and one record, as they stand now. `person_key`: as the workforce's file has it.

    `person_id`: who that is in the register; empty where nobody is known there by that number, and then nobody sees it.
    `stake`: 2 for the unresolved record of a sexual offence, 1 for another such record, else 0.
    `disposed_on`: its words went, and what told of the record with them; `record_key` is then a name that tells
    nothing, by which a later run knows it again. `again_of`: the pair of the same two that was disposed of before.
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
    disposed_on = models.DateField(null=True, blank=True)
    again_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="came_back")
    LABELS = labels(
        identity="person_id person_key record_key",
        special="band purpose link stake weight",
        operational="id ref workforce source state is_gone digest disposed_on again_of",
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

    `words`: as `rows.Compared`; empty where it is gone.
    """

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="sightings")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="sightings")
    is_gone = models.BooleanField(default=False)
    weight = models.FloatField()
    band = models.CharField(max_length=10)
    words = models.BinaryField()
    LABELS = labels(special="words weight band", operational="id pair run is_gone")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair", "run"], name="a_run_sees_a_pair_once")]

    @property
    def place(self) -> str:
        return f"sighting {self.run_id}"


class Judgement(Said):
    """What one person said of a pair, with reasons. Insert-only; the last one that stands counts.

    `sighting`: how the pair stood when it was judged. `needs_second`: it clears a record of a serious kind.
    """

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="judgements")
    sighting = models.ForeignKey(Sighting, on_delete=models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=10, choices=[(v.value, v.words) for v in Verdict])
    needs_second = models.BooleanField()
    LABELS = labels(special="verdict words", operational="id pair sighting needs_second on recorded_at recorded_by")


class Second(AnsweredBySecond):
    """What the second person made of a judgement that clears a record of a serious kind. Insert-only."""

    judgement = models.OneToOneField(Judgement, on_delete=models.PROTECT, related_name="second")
    LABELS = labels(special="words agreed", operational="id judgement on recorded_at recorded_by")


class Never(Said):
    """Whoever bears this number is never this person. It rules out pairs of no serious kind, now and in later runs.

    `words`: `mark`, the number, and `reasons`.
    """

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="rules")
    LABELS = labels(special="words", operational="id pair on recorded_at recorded_by")


class Lift(Said):
    """That somebody asked to lift a rule of never the same, and why. Insert-only."""

    rule = models.ForeignKey(Never, on_delete=models.PROTECT, related_name="lifts")
    LABELS = labels(special="words", operational="id rule on recorded_at recorded_by")


class LiftAnswer(AnsweredBySecond):
    """What the second person said of lifting a rule; it is lifted where they agreed. Insert-only."""

    lift = models.OneToOneField(Lift, on_delete=models.PROTECT, related_name="answer")
    LABELS = labels(special="words agreed", operational="id lift on recorded_at recorded_by")


class Result(Said):
    """What a judgement leads to: a key of washing.toml. `item_ref`: the intake item, where it becomes one."""

    judgement = models.OneToOneField(Judgement, on_delete=models.PROTECT, related_name="result")
    result = models.CharField(max_length=40)
    due_on = models.DateField()
    item_ref = models.CharField(max_length=20, blank=True)
    LABELS = labels(special="result words", operational="id judgement due_on item_ref on recorded_at recorded_by")


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
