"""One case: what is known of it, who reviews it, the signature, the review, the panel's note, consent."""

from functools import partial
from typing import Any

from django.forms import Form
from django.http import HttpResponseBase, QueryDict

from peelian.lookback import actions, queries
from peelian.lookback.rows import CaseRow, ReviewDraft
from peelian.matters import queries as matters
from peelian.matters.queries import MustSign
from peelian.terms.acts import RecordKind
from peelian.terms.lookback import Consent, Position, Recontact, ReviewCategory
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound, NotValid
from peelian.web.fields import errors_shown_in
from peelian.web.intake.forms import SignForm
from peelian.web.lookback import consents
from peelian.web.lookback.forms import (
    ConsentForm,
    ContactForm,
    EnquiryForm,
    NoteForm,
    ReviewerForm,
    ReviewForm,
    WhyForm,
)
from peelian.web.pages import PageRequest, go, page, shown
from peelian.web.typed import DO, Rows, TypedForm

MATTER = RecordKind.MATTER
READERS = (Permission.LOOK_BACK, Permission.REVIEW_PAST, Permission.SIT)
SIGNERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
WRITES = ("GET", "HEAD", "POST")
BASE = "look-backs/<str:cohort_ref>/cases/<str:ref>/"


@page(BASE, name="look-back-case", needs=READERS, opens=MATTER)
def case(request: PageRequest, cohort_ref: str, ref: str) -> HttpResponseBase:
    """Everything of one case that the viewer may read; somebody who has yet to sign is sent to sign."""
    try:
        found = queries.case(request.viewer, cohort_ref, ref)
    except MustSign:
        return go("look-back-sign", cohort_ref=cohort_ref, ref=ref)
    return shown(request, "lookback/case.html", {"case": found, "positions": tuple(Position)}, opened=ref)


@page(f"{BASE}sign/", name="look-back-sign", needs=SIGNERS, opens=MATTER, methods=WRITES)
def sign(request: PageRequest, cohort_ref: str, ref: str) -> HttpResponseBase:
    """Names only, until they sign."""
    found = matters.signing_page(request.viewer, ref)
    form = SignForm(_data(request))
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            asked: dict[str, Any] = {"cohort_ref": cohort_ref, "matter_ref": ref, "on": request.viewer.today}
            if form.cleaned_data["conflict"] == "no":
                actions.sign(by=request.viewer, **asked)
                return go("my-reviews", request=request, done=f"You signed. {ref} is open to you now.")
            actions.declare_conflict(by=request.viewer, reason=form.cleaned_data["reason"], **asked)
            return go("my-reviews", request=request, done="Your conflict was recorded. The matter is closed to you.")
    return shown(request, "lookback/sign.html", {"signing": found, "form": form}, opened=ref)


@page(f"{BASE}reviewer/<int:position>/", name="look-back-reviewer", needs=READERS[0], opens=MATTER, methods=WRITES)
def reviewer(request: PageRequest, cohort_ref: str, ref: str, position: int) -> HttpResponseBase:
    """Give a position to somebody who comes afresh, or take it back from whoever holds it."""
    place = _position(position)
    found = queries.case(request.viewer, cohort_ref, ref)
    holder = next((one for one in found.reviewers if one.position is place), None)
    given: dict[str, Any] = {"cohort_ref": cohort_ref, "matter_ref": ref, "position": place, "on": request.viewer.today}
    listed = () if holder else queries.candidates(request.viewer, cohort_ref, ref)
    able = [(one.user, one.in_hand) for one in listed if not one.why_not]
    form: Form = WhyForm(_data(request)) if holder else ReviewerForm(_data(request), able=able)
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            if holder:
                actions.replace(by=request.viewer, reason=form.cleaned_data["reason"], **given)
                done = f"{holder.user.name} is no longer the {place.words.lower()}."
            else:
                actions.allocate(by=request.viewer, user_ref=form.cleaned_data["user"], **given)
                done = "The case was given. They sign before they open it."
            return go("look-back-case", request=request, done=done, cohort_ref=cohort_ref, ref=ref)
    context = {
        "case": found,
        "form": form,
        "place": place,
        "holder": holder,
        "able": able,
        "others": [one for one in listed if one.why_not],
    }
    return shown(request, "lookback/reviewer.html", context, opened=ref)


class ReviewPage:
    """The forms of a review, with lines of enquiry that are added and taken away by buttons."""

    def __init__(self, data: QueryDict | None, owners: Any, checked: bool, resolves: bool) -> None:
        self.head = ReviewForm(data, checked=checked, resolves=resolves)
        self.contact = ContactForm(data, checked=checked, owners=owners)
        rows = partial(EnquiryForm, checked=checked, owners=owners)
        self.enquiries = Rows("enquiry", data, rows, at_first=0, each_counts=True)
        self.checked = checked

    @property
    def forms(self) -> list[TypedForm]:
        return [self.head, *self.enquiries.forms, self.contact]

    @property
    def is_sound(self) -> bool:
        return self.checked and all([self.head.is_valid(), self.enquiries.are_sound, self.contact.is_valid()])

    @property
    def draft(self) -> ReviewDraft:
        head, contact = self.head.cleaned_data, self.contact.cleaned_data
        return ReviewDraft(
            category=ReviewCategory(head["category"]),
            reasons=head["reasons"],
            enquiries=tuple(form.draft for _, form in self.enquiries.filled),
            recontact=Recontact(contact["recontact"]),
            recontact_how=contact["recontact_how"],
            recontact_owner_ref=contact["recontact_owner"],
            recontact_due_on=contact["recontact_due_on"],
            consent=Consent(contact["consent"]),
            consent_on=contact["consent_on"],
        )

    def refuse(self, wrong: NotValid) -> None:
        for form in (self.head, self.contact):
            if wrong.field in form.fields:
                form.add_error(wrong.field, wrong.reason)
                return
        self.head.add_error(None, wrong.reason)


@page(f"{BASE}review/", name="look-back-review", needs=Permission.REVIEW_PAST, opens=MATTER, methods=WRITES)
def review(request: PageRequest, cohort_ref: str, ref: str) -> HttpResponseBase:
    """Write one's review, keep it as a draft, lock it."""
    found = queries.case(request.viewer, cohort_ref, ref)
    if not found.may_write:
        raise NotFound(f"review of {cohort_ref} {ref}")
    pressed = request.POST.get(DO, "")
    owners, resolves = queries.owners(request.viewer), found.mine is Position.THIRD
    typed = ReviewPage(_typed(request, cohort_ref, ref), owners, pressed == "lock", resolves)
    asked: dict[str, Any] = {"by": request.viewer, "cohort_ref": cohort_ref, "matter_ref": ref}
    if pressed == "save":
        actions.save_draft(**asked, said_so_far={"form": _kept(request.POST)})
        return go("my-reviews", request=request, done="Your draft was kept. Nobody else can read it.")
    if pressed == "lock" and typed.is_sound:
        try:
            actions.lock_review(**asked, draft=typed.draft, on=request.viewer.today)
            done = "Your review is locked."
            return go("look-back-case", request=request, done=done, cohort_ref=cohort_ref, ref=ref)
        except NotValid as wrong:
            typed.refuse(wrong)
    return shown(request, "lookback/review.html", {"case": found, "typed": typed}, opened=ref)


@page(f"{BASE}note/", name="look-back-note", needs=READERS[1:], opens=MATTER, methods=WRITES)
def note(request: PageRequest, cohort_ref: str, ref: str) -> HttpResponseBase:
    found = queries.case(request.viewer, cohort_ref, ref)
    if not found.may_note:
        raise NotFound(f"note of {cohort_ref} {ref}")
    form = NoteForm(_data(request))
    if form.is_bound and form.is_valid():
        with errors_shown_in(form):
            actions.note(
                by=request.viewer,
                cohort_ref=cohort_ref,
                matter_ref=ref,
                agrees=form.cleaned_data["agrees"] == "yes",
                words=form.cleaned_data["words"],
                on=request.viewer.today,
            )
            return go("look-back-case", request=request, done="Your note was kept.", cohort_ref=cohort_ref, ref=ref)
    return shown(request, "lookback/note.html", {"case": found, "form": form}, opened=ref)


@page(f"{BASE}consent/", name="look-back-consent", needs=READERS, opens=MATTER, methods=WRITES)
def consent(request: PageRequest, cohort_ref: str, ref: str) -> HttpResponseBase:
    found = queries.case(request.viewer, cohort_ref, ref)
    form = ConsentForm(_data(request))
    if consents.recorded(request, form, cohort_ref, ref):
        return go("look-back-case", request=request, done=consents.DONE, cohort_ref=cohort_ref, ref=ref)
    return case_change(request, found, form, "Record consent")


def case_change(request: PageRequest, found: CaseRow, form: Form, title: str, warning: str = "") -> HttpResponseBase:
    context = {"case": found, "form": form, "title": title, "warning": warning}
    return shown(request, "lookback/case_change.html", context, opened=found.matter.ref)


def _position(number: int) -> Position:
    if number not in set(Position):
        raise NotFound(f"position {number}")
    return Position(number)


def _typed(request: PageRequest, cohort_ref: str, ref: str) -> QueryDict | None:
    """What was posted; else the draft that was kept; else nothing."""
    if request.method == "POST":
        return request.POST
    kept = queries.draft(request.viewer, cohort_ref, ref).get("form", "")
    return QueryDict(kept) if kept else None


def _kept(posted: QueryDict) -> str:
    """What the form held, without what belongs to the request."""
    form = posted.copy()
    for name in ("csrfmiddlewaretoken", DO):
        form.pop(name, None)
    return form.urlencode()


def _data(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
