"""The period and the characteristic, as they stand in the address."""

from datetime import date
from typing import Any

from django import forms

from peelian.web.fields import DayField


class PeriodForm(forms.Form):
    by = forms.ChoiceField(
        label="Compared by", choices=(("ethnicity", "Self-declared ethnicity"), ("sex", "Sex")), required=False
    )
    from_on = DayField(label="From", required=False)
    until_on = DayField(label="To, this day included", required=False)

    def __init__(self, *args: Any, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial, self.fields["until_on"].initial = first, last
        self.fields["by"].initial = "ethnicity"
