"""What a complainant or victim said of being contacted, as the pages of a case and of a task record it."""

from peelian.lookback import actions
from peelian.terms.lookback import Consent
from peelian.web.fields import errors_shown_in
from peelian.web.lookback.forms import ConsentForm
from peelian.web.pages import PageRequest

DONE = "What they said was recorded."


def recorded(request: PageRequest, form: ConsentForm, cohort_ref: str, ref: str) -> bool:
    """Whether what was typed is recorded now; what is wrong with it stands in `form`."""
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            given = form.cleaned_data
            actions.record_consent(
                by=request.viewer,
                cohort_ref=cohort_ref,
                matter_ref=ref,
                consent=Consent(given["consent"]),
                words=given["words"],
                said_on=given["said_on"],
                on=request.viewer.today,
            )
            return True
    return False
