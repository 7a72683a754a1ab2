"""Applications, what sources said, what stands against somebody, recommendations and decisions."""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels
from peelian.terms.vetting import Said


class Recorded(models.Model):
    """Shared shape: the day something happened, and who recorded it when."""

    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        abstract = True


class Application(Recorded):
    """That clearance is asked for, or looked at again. `matter`: what raised a review; it is hidden with the matter.

    `areas`: where the person lived, worked or served, each asked by itself. `trigger`: a row of the tables.
    `origin`: the pair of the wash that raised it.
    """

    ref = models.CharField(max_length=20, unique=True)
    person_id = models.BigIntegerField(db_index=True)
    purpose = models.CharField(max_length=20)
    level = models.CharField(max_length=10)
    is_contractor = models.BooleanField()
    trigger = models.CharField(max_length=30, blank=True)
    matter = models.ForeignKey("matters.Matter", null=True, blank=True, on_delete=models.PROTECT, related_name="vetted")
    origin = models.CharField(max_length=20, blank=True)
    areas = models.JSONField()
    words = models.TextField(blank=True)
    LABELS = labels(
        identity="person_id areas",
        special="words",
        operational="id ref purpose level is_contractor trigger matter origin on recorded_at recorded_by",
    )

    class Meta:
        indexes = [models.Index(fields=["on", "ref"])]


class Closed(Recorded):
    """An application that ended without a decision, and why."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="closed")
    words = models.TextField()
    LABELS = labels(special="words", operational="id application on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_closed_application_says_why")]


class Source(Recorded):
    """One thing said of one source: asked, asked again, answered, or why it is not checked. The last one stands.

    `found`: of an answer, whether it holds something; `reference`: where that is kept, rather than its text.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="sources")
    check_key = models.CharField(max_length=30)
    area = models.CharField(max_length=120, blank=True)
    said = models.CharField(max_length=10, choices=[(one.value, one.words) for one in Said])
    to_whom = models.CharField(max_length=200, blank=True)
    found = models.BooleanField(null=True, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    LABELS = labels(
        special="found words reference",
        operational="id application check_key area said to_whom on recorded_at recorded_by",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(said="explained") | ~Q(words=""), name="an_unchecked_source_says_why"),
            models.CheckConstraint(
                condition=~Q(said="answered") | Q(found__isnull=False), name="an_answer_says_whether_it_holds_anything"
            ),
        ]


class Information(Recorded):
    """Something against somebody from outside the matters: a finding, a risk judgement, intelligence, an allegation.

    `details`: what its kind needs, as the row of the tables says.
    """

    ref = models.CharField(max_length=20, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="information")
    kind = models.CharField(max_length=20)
    words = models.TextField()
    details = models.JSONField()
    LABELS = labels(special="words details", operational="id ref application kind on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="information_says_something")]


class Recommendation(Recorded):
    """What a vetting officer makes of it: the heads answered yes, the second step, what should be decided, and why."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recommendations")
    heads = models.JSONField()
    withhold = models.BooleanField(null=True, blank=True)
    outcome = models.CharField(max_length=20)
    reasons = models.TextField()
    disparity = models.TextField(blank=True)
    controls = models.JSONField()
    LABELS = labels(
        special="heads reasons disparity controls",
        operational="id application withhold outcome on recorded_at recorded_by",
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_recommendation_has_reasons")]


class Weight(models.Model):
    """The weight given to one piece of adverse information. `item`: its key; `title`: its words as they stood then."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="weights")
    item = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    weight = models.CharField(max_length=10)
    reasons = models.JSONField()
    words = models.TextField()
    evidence = models.TextField(blank=True)
    LABELS = labels(special="title words evidence", operational="id recommendation item weight reasons")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "item"], name="one_weight_an_item"),
            models.CheckConstraint(condition=~Q(words=""), name="a_weight_says_why"),
        ]


class Decision(Recorded):
    """What was decided on a recommendation. `is_override`: against it, by a chief officer; it shows for good.

    `is_routine`: a renewal by one person, where nothing stood against it.
    """

    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=20)
    is_override = models.BooleanField()
    is_routine = models.BooleanField()
    reasons = models.TextField()
    LABELS = labels(
        special="reasons", operational="id recommendation outcome is_override is_routine on recorded_at recorded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="a_decision_on_clearance_has_reasons"),
            models.CheckConstraint(
                condition=Q(is_override=False) | Q(is_routine=False), name="an_override_is_never_routine"
            ),
        ]


class RefusalStep(Recorded):
    """One act that follows a refusal, a row of the tables: told, appealed, heard. `withheld`: what was kept back.

    `opened`: the reference of the application in which it is decided afresh, of an appeal that was allowed.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="followed")
    key = models.CharField(max_length=30)
    words = models.TextField()
    withheld = models.TextField(blank=True)
    grounds = models.JSONField(default=list)
    opened = models.CharField(max_length=20, blank=True)
    LABELS = labels(special="words withheld", operational="id decision key grounds opened on recorded_at recorded_by")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="an_act_after_a_refusal_says_something"),
            models.UniqueConstraint(fields=["decision", "key"], name="each_act_after_a_refusal_once"),
        ]
