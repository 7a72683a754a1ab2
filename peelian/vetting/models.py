"""Applications, what sources said, what stands against somebody, decisions, clearances. All insert-only."""

from django.db import models
from django.db.models import Q

from peelian.terms.labels import labels
from peelian.terms.vetting import ClearanceState, Said


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
    """

    ref = models.CharField(max_length=20, unique=True)
    person_id = models.BigIntegerField(db_index=True)
    purpose = models.CharField(max_length=20)
    level = models.CharField(max_length=10)
    is_contractor = models.BooleanField()
    trigger = models.CharField(max_length=30, blank=True)
    matter = models.ForeignKey("matters.Matter", null=True, blank=True, on_delete=models.PROTECT, related_name="vetted")
    areas = models.JSONField()
    words = models.TextField(blank=True)
    LABELS = labels(
        identity="person_id areas",
        special="words",
        operational="id ref purpose level is_contractor trigger matter on recorded_at recorded_by",
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


class Clearance(models.Model):
    """Clearance that was granted: at a level, from a day to the last day (none where the level does not expire)."""

    ref = models.CharField(max_length=20, unique=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="clearance")
    person_id = models.BigIntegerField(db_index=True)
    level = models.CharField(max_length=10)
    granted_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    LABELS = labels(identity="person_id", operational="id ref decision level granted_on expires_on")

    class Meta:
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


class Standing(Recorded):
    """That clearance was suspended, is held again, or was withdrawn; the last one stands."""

    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="standings")
    state = models.CharField(max_length=20, choices=[(one.value, one.words) for one in ClearanceState])
    LABELS = labels(operational="id clearance state on recorded_at recorded_by")


class AnnualReview(Recorded):
    """The annual integrity and vetting review of somebody who holds clearance."""

    clearance = models.ForeignKey(Clearance, on_delete=models.PROTECT, related_name="annual_reviews")
    words = models.TextField()
    raises = models.BooleanField()
    LABELS = labels(special="words raises", operational="id clearance on recorded_at recorded_by")

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
    """One act of a withdrawal, a row of the tables. `withheld`: what was kept back, and on what ground."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.PROTECT, related_name="steps")
    key = models.CharField(max_length=30)
    words = models.TextField()
    withheld = models.TextField(blank=True)
    LABELS = labels(special="words withheld", operational="id withdrawal key on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="an_act_of_a_withdrawal_says_something")]


class Declaration(Recorded):
    """An association, a business interest or a change. `on`: declared or found; `arose_on`: since when.

    `about`: in words; nobody becomes a person of the register for being named. `by_self`: they said it themselves.
    """

    ref = models.CharField(max_length=20, unique=True)
    person_id = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=200)
    words = models.TextField()
    by_self = models.BooleanField()
    arose_on = models.DateField()
    LABELS = labels(
        identity="person_id about",
        special="words by_self arose_on",
        operational="id ref kind on recorded_at recorded_by",
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_declaration_says_something")]


class Declared(Recorded):
    """What was decided on a declaration; the last one stands. `review_on`: when it is looked at again."""

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="decided")
    outcome = models.CharField(max_length=30)
    words = models.TextField()
    review_on = models.DateField(null=True, blank=True)
    LABELS = labels(special="words", operational="id declaration outcome review_on on recorded_at recorded_by")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_decided_declaration_has_reasons")]


class Conviction(Recorded):
    """A conviction or caution. `category` and `while_serving` are two facts, and never one list."""

    ref = models.CharField(max_length=20, unique=True)
    person_id = models.BigIntegerField(db_index=True)
    category = models.CharField(max_length=30)
    disposal = models.CharField(max_length=30)
    while_serving = models.BooleanField()
    committed_on = models.DateField(null=True, blank=True)
    committed_precision = models.CharField(max_length=5, blank=True)
    words = models.TextField()
    LABELS = labels(
        identity="person_id",
        special="category disposal while_serving committed_on committed_precision words",
        operational="id ref on recorded_at recorded_by",
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_conviction_says_something")]


class Lot(Recorded):
    """One month's draw of people whose clearance is looked at again. `seed` makes it again; `share` is in a hundred."""

    ref = models.CharField(max_length=20, unique=True)
    month = models.DateField(unique=True)
    seed = models.CharField(max_length=80)
    share = models.IntegerField()
    of = models.IntegerField()
    drawn = models.IntegerField()
    LABELS = labels(operational="id ref month seed share of drawn on recorded_at recorded_by")
