"""What the pages of loads are asked. A map is checked where it is read, in `feeds`."""

from collections.abc import Iterable
from typing import Any

from django import forms

from peelian.feeds.readers import READABLE
from peelian.loads.files import MOST_UPLOADED
from peelian.loads.queries import states
from peelian.loads.rows import SourceRow
from peelian.web.fields import offer
from peelian.web.loads.uploads import TOO_LARGE


class LoadFilterForm(forms.Form):
    state = forms.ChoiceField(label="State", required=False)
    source = forms.ChoiceField(label="Source", required=False)

    def __init__(self, *args: Any, sources: Iterable[SourceRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "state", [("", "Any"), *states()])
        offer(self, "source", [("", "Any"), *((one.key, one.title) for one in sources)])


class UploadForm(forms.Form):
    file = forms.FileField(
        label="File",
        allow_empty_file=True,
        help_text=f"{READABLE}, up to {MOST_UPLOADED >> 30} GB",
        error_messages={"invalid": "Select a file", "missing": "Select a file"},
    )

    def __init__(self, *args: Any, refused: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if refused:
            self.fields["file"].error_messages["required"] = refused

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.size:
            raise forms.ValidationError("The file is empty.")
        if file.size > MOST_UPLOADED:
            raise forms.ValidationError(TOO_LARGE)
        return file


class MapForm(forms.Form):
    """`how`: show ten rows through the map as it stands now, or start the load with it."""

    map_text = forms.CharField(
        label="Column map",
        max_length=200_000,
        help_text="One [[column]] for each column of the file: its name there, and the field it fills. Change what was"
        " guessed wrongly and show ten rows again.",
        widget=forms.Textarea(attrs={"rows": 24}),
    )
    how = forms.ChoiceField(choices=[("show", "Show"), ("start", "Start")], widget=forms.HiddenInput, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Reason", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class CancelForm(forms.Form):
    reason = forms.CharField(label="Reason", max_length=300, required=False)
