"""The bundle, the officer's reply allegation by allegation, and the lists of witnesses."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from peelian.proceedings.actions.held import enter, must_lie_within, stamp, take
from peelian.proceedings.facts import held
from peelian.proceedings.models import Paper, Reply, ReplyToAllegation, Witness
from peelian.proceedings.queries.whole import allegations
from peelian.terms.acts import Act
from peelian.terms.permissions import Permission
from peelian.terms.proceedings import Named, Pleaded
from peelian.terms.references import new_reference
from peelian.terms.refusals import NotValid
from peelian.terms.typed import sound
from peelian.terms.viewer import Viewer
from peelian.walls.powers import must_hold


@transaction.atomic
def add_papers(*, by: Viewer, matter_ref: str, proceeding_ref: str, titles: Sequence[str], on: date) -> None:
    """Add documents to the list of the bundle, by title, in their order. Needs RECORD_EVENT.

    That the papers were supplied is a step of its own, from which the days to reply run. Raises NotFound, NotValid.
    """
    must_hold(by, Permission.RECORD_EVENT)
    one = held(by, matter_ref, proceeding_ref)
    must_lie_within(by, one, on)
    listed = [sound("titles", title, most=200) for title in titles if title.strip()]
    if not listed:
        raise NotValid("titles", "Give the title of at least one document.")
    last = Paper.objects.filter(proceeding=one.row).aggregate(last=Max("number"))["last"] or 0
    for number, title in enumerate(listed, start=last + 1):
        Paper.objects.create(proceeding=one.row, number=number, title=title, **stamp(by, on))
    enter(by, one, Act.COLLECTED, "added documents to a bundle", on=on, texts={"titles": listed})


@transaction.atomic
def record_reply(
    *,
    by: Viewer,
    matter_ref: str,
    proceeding_ref: str,
    answers: Mapping[int, tuple[Pleaded, str]],
    mitigation: str = "",
    points_of_law: str = "",
    documents: str = "",
    on: date,
) -> None:
    """Record the officer's reply, in words: what is accepted or denied of each allegation. Needs RECORD_EVENT.

    `answers`: by the number of the allegation, all of them. Takes the step `officer_reply`, which meets its limit or
    shows that it came late. SI 2020/4 reg 31(1)-(3). Raises NotFound, NotValid, NotAllowed before the papers.
    """
    must_hold(by, Permission.RECORD_EVENT)
    one = held(by, matter_ref, proceeding_ref)
    must_lie_within(by, one, on)
    wanted = {line.number for line in allegations(by, one)}
    if not wanted or set(answers) != wanted:
        raise NotValid("answers", "Say what the reply says of each allegation.")
    reply = Reply.objects.create(
        proceeding=one.row,
        mitigation=sound("mitigation", mitigation),
        points_of_law=sound("points_of_law", points_of_law),
        documents=sound("documents", documents),
        **stamp(by, on),
    )
    for number, (pleaded, words) in sorted(answers.items()):
        needed = "Write down what the reply says of this allegation."
        words = sound(f"words-{number}", words, needed=needed)
        ReplyToAllegation.objects.create(reply=reply, allegation=number, pleaded=pleaded, words=words)
    told = {str(number): f"{pleaded.value}: {words}" for number, (pleaded, words) in sorted(answers.items())}
    enter(by, one, Act.COLLECTED, "recorded an officer's reply", on=on, texts={"reply": told, "mitigation": mitigation})
    take(by, one, "officer_reply", _option(answers), "As the reply says of each allegation.", on)


@transaction.atomic
def list_witness(
    *, by: Viewer, matter_ref: str, proceeding_ref: str, name: str, about: str, listed_by: Named, on: date
) -> str:
    """Put somebody on a list of witnesses; returns the reference. Needs RECORD_EVENT. SI 2020/4 reg 31(4).

    That the lists were exchanged, and supplied to the chair, are steps of their own. Raises NotFound, NotValid.
    """
    must_hold(by, Permission.RECORD_EVENT)
    one = held(by, matter_ref, proceeding_ref)
    must_lie_within(by, one, on)
    witness = Witness.objects.create(
        ref=new_reference("PW"),
        proceeding=one.row,
        name=sound("name", name, needed="Say who the witness is.", most=200),
        about=sound("about", about, needed="Say what they would speak to."),
        listed_by=listed_by,
        **stamp(by, on),
    )
    texts = {"name": witness.name, "about": witness.about, "list": listed_by.value}
    enter(by, one, Act.COLLECTED, "put somebody on a list of witnesses", on=on, texts=texts)
    return str(witness.ref)


def _option(answers: Mapping[int, tuple[Pleaded, str]]) -> str:
    pleaded = {one for one, _ in answers.values()}
    if pleaded == {Pleaded.ACCEPTED}:
        return "accepts"
    return "denies" if pleaded == {Pleaded.DENIED} else "accepts_in_part"
