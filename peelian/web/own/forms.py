"""The two forms of one's own view."""

from django import forms

PLAIN = {"class": "govuk-input--width-20", "autocomplete": "off"}


class EntryForm(forms.Form):
    """The reference and the code, as they were typed; neither is ever shown again."""

    reference = forms.CharField(
        label="Your reference",
        max_length=60,
        help_text="For example PV-K7QW9-3XDMP",
        widget=forms.TextInput(attrs=PLAIN),
    )
    code = forms.CharField(
        label="Your code",
        max_length=60,
        help_text="Ten letters and numbers",
        widget=forms.TextInput(attrs=PLAIN),
    )


class TellForm(forms.Form):
    """Something they want to tell us."""

    about = forms.ChoiceField(
        label="What is it about?",
        choices=[
            ("something", "Something I want you to know"),
            ("unsafe", "A way of reaching me is not safe any more"),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="Your message",
        max_length=20_000,
        strip=False,
        help_text="We keep it word for word. It is safe to be short.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
