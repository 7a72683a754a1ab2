"""What the pages of vetting ask. Shape only: whether it may be done is for the room."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from peelian.clocks.law import law
from peelian.rules.vetting import Weighing
from peelian.statute import Row
from peelian.terms.vetting import Said
from peelian.vetting.rows import AgainstRow, ApplicationRow, Recommended
from peelian.web.fields import DayField, Hinted, offer

LONG = forms.Textarea(attrs={"rows": 4})
DAY_HINT = "For example 27 3 2026"
YES_NO = (("yes", "Yes"), ("no", "No"))
EACH_LINE = "One on each line"


class ActForm(forms.Form):
    """An act of vetting, with its day."""

    on = DayField(label="On which day?", help_text=DAY_HINT)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.order_fields([name for name in self.fields if name != "on"] + ["on"])

    @property
    def given(self) -> dict[str, Any]:
        """What the act is given beside who acts and what it is about."""
        return dict(self.cleaned_data)


class OpenForm(ActForm):
    """Why clearance is looked at, at which level, and where somebody lived, worked or served."""

    purpose = forms.ChoiceField(label="Why is clearance looked at?", widget=forms.RadioSelect)
    trigger = forms.ChoiceField(label="What raised it?", required=False)
    level = forms.ChoiceField(label="Level")
    is_contractor = forms.BooleanField(label="They are a contractor", required=False)
    areas = forms.CharField(
        label="Every area where they lived, worked or served",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=EACH_LINE,
    )
    last_force = forms.CharField(
        label="At a transfer or return: the force they come from, or served in last",
        required=False,
        max_length=120,
        help_text="Its professional standards and local intelligence are asked as those of an area are",
    )
    words = forms.CharField(label="What should be known of it", required=False, widget=LONG)

    def __init__(self, *args: Any, areas: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "purpose", [(row.key, row.title) for row in law().table("vetting_purpose")])
        offer(self, "level", [(row.key, f"{row.key}: {row.title}") for row in law().table("vetting_level")])
        offer(self, "trigger", [("", "Nothing in particular"), *rows_of("vetting_trigger")])
        self.fields["areas"].initial = "\n".join(areas)

    @property
    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "areas": self.cleaned_data["areas"].splitlines()}


class SourceForm(ActForm):
    """What is said of one source."""

    said = forms.ChoiceField(label="What happened?", widget=forms.RadioSelect)
    to_whom = forms.CharField(label="Who was asked?", required=False, max_length=200)
    found = forms.ChoiceField(
        label="If it answered: does it hold anything?", required=False, choices=YES_NO, widget=forms.RadioSelect
    )
    reference = forms.CharField(
        label="Where is what it holds kept?",
        required=False,
        max_length=120,
        help_text="A reference, rather than the text",
    )
    words = forms.CharField(label="What else should be known; or why it is not checked", required=False, widget=LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "said", [(one.value, one.words) for one in Said])

    @property
    def given(self) -> dict[str, Any]:
        said, found = Said(self.cleaned_data["said"]), self.cleaned_data["found"]
        return {**self.cleaned_data, "said": said, "found": None if not found else found == "yes"}


class InformForm(ActForm):
    """Something against somebody, by its kind, with what the kind needs."""

    kind = forms.ChoiceField(label="What kind of information is it?", widget=forms.RadioSelect)
    words = forms.CharField(label="What is it?", widget=LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = law().table("vetting_information")
        offer(self, "kind", [(row.key, Hinted(row.title, row["test"])) for row in kinds])
        for row in law().table("vetting_detail"):
            asked = " or ".join(one.title.lower() for one in kinds if row.key in one["needs"])
            self.fields[row.key] = forms.CharField(
                label=row.title, required=False, max_length=1000, help_text=f"For: {asked}"
            )
        self.order_fields([name for name in self.fields if name != "on"] + ["on"])
        self.fields["on"].label = "When did it come to vetting?"

    @property
    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        details = {row.key: said[row.key] for row in law().table("vetting_detail")}
        return {"kind": said["kind"], "words": said["words"], "details": details, "on": said["on"]}


class ReasonForm(ActForm):
    """Why an application ends without a decision."""

    words = forms.CharField(label="Why does it end without a decision?", widget=LONG)


class RoutineForm(ActForm):
    reasons = forms.CharField(label="Reasons", widget=LONG)


class ControlsForm(ActForm):
    """Controls, one on each line, and the day on which they are reviewed."""

    controls = forms.CharField(
        label="Controls, where clearance carries them", required=False, widget=LONG, help_text=EACH_LINE
    )
    review_on = DayField(label="When are they reviewed?", required=False, help_text=DAY_HINT)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("controls", "").strip() and not given.get("review_on") and "review_on" not in self.errors:
            self.add_error("review_on", "Say when the controls are reviewed")
        return given

    @property
    def agreed(self) -> tuple[tuple[str, date], ...]:
        review = self.cleaned_data["review_on"]
        lines = self.cleaned_data["controls"].splitlines()
        return tuple((line.strip(), review) for line in lines if line.strip()) if review else ()


class RecommendForm(ControlsForm):
    """The decision model: the weight of each piece, the heads, the second step, what should be decided."""

    heads = forms.MultipleChoiceField(
        label="First step: which of these is answered yes?", required=False, widget=forms.CheckboxSelectMultiple
    )
    withhold = forms.ChoiceField(
        label="Second step: is it right in all the circumstances to withhold or withdraw clearance?",
        required=False,
        choices=YES_NO,
        widget=forms.RadioSelect,
    )
    outcome = forms.ChoiceField(label="What should be decided?", widget=forms.RadioSelect)
    reasons = forms.CharField(label="Reasons", widget=LONG)
    disparity = forms.CharField(
        label="How was it considered whether this falls more heavily on some than on others?",
        required=False,
        widget=LONG,
        help_text="Needed where clearance is withheld",
    )

    def __init__(self, *args: Any, row: ApplicationRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = row.against
        offer(self, "heads", rows_of("vetting_head"))
        offer(self, "outcome", [(one.key, one.title) for one in outcomes(row)])
        first, second = law().table("vetting_step")
        self.fields["heads"].help_text = f"None: {first['if_no']}"
        self.fields["withhold"].help_text = f"Asked where any is yes. Yes: {second['if_yes']} No: {second['if_no']}"
        for number in range(len(self.items)):
            self._ask(number)
        rest = ["heads", "withhold", "outcome", "controls", "review_on", "disparity", "reasons", "on"]
        self.rest_names = rest
        self.order_fields([name for name in self.fields if name not in rest] + rest)

    def _ask(self, number: int) -> None:
        weight = forms.ChoiceField(label="Which weight is it given?", widget=forms.RadioSelect)
        weight.choices = rows_of("vetting_weight")
        weight.widget.attrs["class"] = "govuk-radios--inline"
        reasons = forms.MultipleChoiceField(label="On which reasons?", widget=forms.CheckboxSelectMultiple)
        reasons.choices = [
            (row.key, Hinted(row.title, "" if row.get("alone") else "Never the only reason for little or no weight"))
            for row in law().table("vetting_reason")
        ]
        self.fields[f"weight-{number}"] = weight
        self.fields[f"reasons-{number}"] = reasons
        self.fields[f"words-{number}"] = forms.CharField(label="Why?", widget=forms.Textarea(attrs={"rows": 2}))
        self.fields[f"evidence-{number}"] = forms.CharField(label="Evidence for it", required=False, max_length=500)

    @property
    def weighed(self) -> list[tuple[AgainstRow, list[Any]]]:
        """Each piece with its four fields."""
        names = ("weight", "reasons", "words", "evidence")
        return [(item, [self[f"{name}-{number}"] for name in names]) for number, item in enumerate(self.items)]

    @property
    def rest(self) -> list[Any]:
        return [self[name] for name in self.rest_names]

    def place_of(self, field: str) -> str | None:
        """The field of the form that a refusal of the room names; None for the whole."""
        if field in self.fields:
            return field
        key, _, part = field.rpartition(" ")
        places = {item.key: number for number, item in enumerate(self.items)}
        return f"{part}-{places[key]}" if key in places else None

    @property
    def said(self) -> Recommended:
        given = self.cleaned_data
        return Recommended(
            heads=tuple(given["heads"]),
            withhold=None if not given["withhold"] else given["withhold"] == "yes",
            outcome=given["outcome"],
            reasons=given["reasons"],
            disparity=given["disparity"],
            controls=self.agreed,
            weights={
                item.key: Weighing(
                    given[f"weight-{number}"],
                    tuple(given[f"reasons-{number}"]),
                    given[f"words-{number}"],
                    given[f"evidence-{number}"],
                )
                for number, item in enumerate(self.items)
            },
        )


class DecideForm(ControlsForm):
    """What is decided on a recommendation."""

    outcome = forms.ChoiceField(
        label="What is decided?",
        widget=forms.RadioSelect,
        help_text="Against the recommendation: a chief officer alone",
    )
    reasons = forms.CharField(label="Reasons", widget=LONG)

    def __init__(self, *args: Any, row: ApplicationRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "outcome", [(one.key, one.title) for one in outcomes(row)])
        self.fields["controls"].help_text = f"{EACH_LINE}; empty: those of the recommendation"
        self.order_fields(["outcome", "controls", "review_on", "reasons", "on"])

    @property
    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"outcome": said["outcome"], "reasons": said["reasons"], "controls": self.agreed, "on": said["on"]}


class ControlForm(ActForm):
    """A control that is looked at again."""

    words = forms.CharField(label="What was found?", widget=LONG)
    next_on = DayField(
        label="When is it looked at next?", required=False, help_text="Leave it empty to end the control. " + DAY_HINT
    )


class TellForm(ActForm):
    """What line managers are told of a control."""

    words = forms.CharField(
        label="What must they know to keep to it?",
        widget=LONG,
        help_text="They read these words and nothing else of the control. Do not say why it was made.",
    )


class YearForm(ActForm):
    """The annual integrity and vetting review."""

    words = forms.CharField(label="What was talked over, and what was found?", widget=LONG)
    raises = forms.ChoiceField(
        label="Does anything ask for a review of their clearance?", choices=YES_NO, widget=forms.RadioSelect
    )

    @property
    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "raises": self.cleaned_data["raises"] == "yes"}


class LotForm(ActForm):
    """This month's random draw."""

    seed = forms.CharField(
        label="Seed", max_length=80, help_text="Any words or number; the same seed makes the same draw again"
    )

    @property
    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "month": self.cleaned_data["on"]}


def outcomes(row: ApplicationRow) -> list[Row]:
    """What an application can come to, whatever is answered."""
    holds = bool(row.purpose.get("of_holder"))
    return [one for one in law().table("vetting_outcome") if bool(one.get("of_holder")) is holds]


def rows_of(section: str) -> list[tuple[str, str]]:
    """The rows of a section of the tables as choices."""
    return [(row.key, row.title) for row in law().table(section)]
