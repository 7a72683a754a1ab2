"""The letters that wait for somebody, the letters of a matter, and one letter. Importing this registers the journey."""

from itertools import groupby

from django.http import HttpResponse, HttpResponseBase

from peelian.matters import queries as matters
from peelian.publish import actions, queries
from peelian.publish.rows import LetterRow
from peelian.publish.states import LetterState
from peelian.statute import stage_words
from peelian.terms.acts import RecordKind
from peelian.terms.permissions import Permission
from peelian.terms.refusals import NotFound
from peelian.web.fields import errors_shown_in
from peelian.web.letters import protecting, reviewing, serving, writing
from peelian.web.letters.forms import BeginForm
from peelian.web.pages import PageRequest, go, page, shown, told

__all__ = ["begin", "letter", "letters", "new", "of_matter", "protecting", "reviewing", "serving", "writing"]

READERS = (Permission.READ_MATTERS, Permission.READ_PLACED_MATTERS)
WRITERS = (Permission.WRITE_LETTERS, Permission.APPROVE_LETTERS)
MATTER = RecordKind.MATTER
WRITES = ("GET", "HEAD", "POST")
NO_STAGE = "Of no stage"
PDF_TYPE = "application/pdf"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page("letters/", name="letters", needs=WRITERS, lists="letters", menu="Letters")
def letters(request: PageRequest) -> HttpResponseBase:
    """What waits for the viewer: to approve, to finish, to serve."""
    found = queries.waiting(request.viewer)
    groups = (
        ("Waiting for your approval", found.to_approve),
        ("Yours, not yet issued", found.writing),
        ("Yours, issued and not yet served", found.to_serve),
    )
    rows = [row for _, listed in groups for row in listed]
    context = {"groups": [(words, listed) for words, listed in groups if listed]}
    return shown(request, "letters/waiting.html", context, listed=[row.ref for row in rows])


@page("matters/<str:ref>/letters/", name="matter-letters", needs=READERS, opens=MATTER)
def of_matter(request: PageRequest, ref: str) -> HttpResponseBase:
    row = matters.matter(request.viewer, ref)
    found = queries.letters_of(request.viewer, ref)
    owed = [one for one in queries.choices(request.viewer, ref) if one.owed]
    context = {"matter": row, "letters": found, "owed": owed}
    return shown(request, "letters/of_matter.html", context, opened=ref)


@page("matters/<str:ref>/letters/new/", name="letter-new", needs=Permission.WRITE_LETTERS, opens=MATTER)
def new(request: PageRequest, ref: str) -> HttpResponseBase:
    """Every letter that fits the matter: what is owed, then the rest folded, stage by stage."""
    row = matters.matter(request.viewer, ref)
    choices = queries.choices(request.viewer, ref)
    others = groupby((one for one in choices if not one.owed), lambda one: one.stage)
    context = {
        "matter": row,
        "owed": [one for one in choices if one.owed],
        "stages": [(stage_words(stage) if stage else NO_STAGE, list(found)) for stage, found in others],
        "unsound": queries.unsound_letters(),
    }
    return shown(request, "letters/choose.html", context, opened=ref)


@page(
    "matters/<str:ref>/letters/new/<str:template>/",
    name="letter-begin",
    needs=Permission.WRITE_LETTERS,
    opens=MATTER,
    methods=WRITES,
)
def begin(request: PageRequest, ref: str, template: str) -> HttpResponseBase:
    """To whom the letter is; where it can be to nobody on the matter, why and what to write instead."""
    row = matters.matter(request.viewer, ref)
    found = next((one for one in queries.choices(request.viewer, ref) if one.template.key == template), None)
    if found is None:
        context = {"matter": row, "unfit": queries.why_unfit(request.viewer, ref, template)}
        return shown(request, "letters/unfit.html", context, opened=ref)
    label = "To whom is it?" if found.template.parts else "Which officer is it about?"
    first = {"person": found.people[0][0]} if len(found.people) == 1 else {}
    form = BeginForm(request.POST or None, people=found.people, label=label, initial=first)
    if request.method == "POST" and form.is_valid():
        with errors_shown_in(form):
            letter_ref = actions.draft(
                by=request.viewer,
                matter_ref=ref,
                template=template,
                person_key=form.cleaned_data["person"],
                on=request.viewer.today,
            )
            return go("letter-write", ref=ref, letter_ref=letter_ref)
    context = {"matter": row, "form": form, "choice": found}
    return shown(request, "letters/begin.html", context, opened=ref)


@page("matters/<str:ref>/letters/<str:letter_ref>/", name="letter", needs=READERS, opens=MATTER)
def letter(request: PageRequest, ref: str, letter_ref: str) -> HttpResponseBase:
    """One letter as it reads now, what stands against it, and what can be done with it."""
    row = matters.matter(request.viewer, ref)
    found = queries.letter(request.viewer, ref, letter_ref)
    context = {"matter": row, "letter": found, "states": LetterState, "about_it": _about(found)}
    return shown(request, "letters/letter.html", context, opened=ref)


@page("matters/<str:ref>/letters/<str:letter_ref>/issued/", name="letter-issued", needs=READERS, opens=MATTER)
def issued(request: PageRequest, ref: str, letter_ref: str) -> HttpResponseBase:
    """The letter as it was issued, for reading and printing."""
    found = queries.letter(request.viewer, ref, letter_ref)
    if found.issued is None:
        raise NotFound(f"letter {letter_ref}, issued")
    return shown(request, "letters/issued.html", {"letter": found, "issued": found.issued}, opened=ref)


@page("matters/<str:ref>/letters/<str:letter_ref>/letter.pdf", name="letter-pdf", needs=READERS, opens=MATTER)
def pdf(request: PageRequest, ref: str, letter_ref: str) -> HttpResponseBase:
    body = queries.issued_pdf(request.viewer, ref, letter_ref)
    return _file(body, PDF_TYPE, ref, f"{letter_ref}.pdf")


@page("matters/<str:ref>/letters/<str:letter_ref>/letter.docx", name="letter-docx", needs=READERS, opens=MATTER)
def docx(request: PageRequest, ref: str, letter_ref: str) -> HttpResponseBase:
    body = queries.issued_docx(request.viewer, ref, letter_ref)
    return _file(body, DOCX_TYPE, ref, f"{letter_ref}.docx")


def _file(body: bytes, content_type: str, ref: str, name: str) -> HttpResponseBase:
    response = HttpResponse(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return told(response, opened=ref, summary=f"took away the letter {name}")


def _about(found: LetterRow) -> str:
    """What its service does, in a sentence."""
    if found.template is None or not found.template.records:
        return ""
    return "the day it is sent" if found.template.counts == "sent" else "the day it counts as served"
