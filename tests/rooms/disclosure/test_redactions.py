"""A redacted copy of an item: made beside its original, listed without its words."""

import hashlib
from typing import Any

import pytest

from peelian.disclosure import actions, queries
from peelian.disclosure.actions.redacting import AlsoElsewhere, MarkDraft
from peelian.disclosure.models import Redaction, RedactionMark
from peelian.disclosure.redacting import Box
from peelian.disclosure.redacting.documents import words_of
from peelian.evidence import queries as evidence
from peelian.journal.models import Entry
from peelian.terms.refusals import NotAllowed, NotFound, NotValid
from tests import worlds
from tests.rooms.disclosure.conftest import Desk
from tests.rooms.disclosure.documents import everything_in


def test_the_original_stays_sealed_and_untouched(desk: Desk) -> None:
    before = evidence.content(desk.decides, desk.files["Statement"]).whole()
    desk.redact("Statement", "Willow")
    after = evidence.content(desk.decides, desk.files["Statement"])
    assert after.whole() == before
    assert after.file.sha256 == hashlib.sha256(before).hexdigest()
    row = desk.item("Statement").copy_for("officer_concerned")
    assert row is not None
    assert row.source_sha256 == after.file.sha256


def test_the_copy_is_a_worked_copy_of_its_own_and_holds_none_of_the_words(desk: Desk) -> None:
    ref = desk.redact("Statement", "Willow")
    copy = queries.redacted_file(desk.decides, desk.matter, ref)
    assert "Willow" not in everything_in(copy.content)
    assert hashlib.sha256(copy.content).hexdigest() == copy.sha256
    _, row = queries.redaction(desk.decides, desk.matter, ref)
    assert evidence.file(desk.decides, row.file_ref).made_from == desk.files["Statement"]


def test_the_list_says_ground_reason_and_pages_and_not_the_words(desk: Desk) -> None:
    ref = desk.redact("Statement", "Willow", "weather")
    _, row = queries.redaction(desk.decides, desk.matter, ref)
    first, second = row.marks
    assert (first.ground, first.reason, first.pages, first.places) == (
        "Protected identity",
        "Her name is protected.",
        "1, 3",
        2,
    )
    assert second.pages == "2"
    assert row.pictured == "1 to 3"
    assert "illow" not in repr(row)
    kept = [*RedactionMark.objects.values_list(), *Redaction.objects.values_list()]
    assert "illow" not in repr(kept)
    assert not [entry for entry in Entry.objects.all() if "illow" in f"{entry.summary}{entry.reason}"]


def test_the_last_copy_for_an_audience_stands(desk: Desk) -> None:
    desk.redact("Statement", "Willow")
    last = desk.redact("Statement", "Willow", "weather")
    standing = desk.item("Statement").copy_for("officer_concerned")
    assert standing is not None
    assert standing.ref == last
    assert len(desk.item("Statement").redactions) == 2


def test_words_that_also_stand_on_other_pages_are_asked_about_and_may_be_left_with_a_reason(desk: Desk) -> None:
    marks = [MarkDraft("third_party", "Not hers.", words="Willow", pages=(1,))]
    with pytest.raises(AlsoElsewhere) as asked:
        desk.redact("Statement", marks=marks)
    assert asked.value.where == {"Willow": (3,)}
    with pytest.raises(NotValid, match="why it may stand"):
        desk.redact("Statement", marks=marks, leave=["Willow"])
    ref = desk.redact("Statement", marks=marks, leave=["Willow"], left_reason="There it is a tree.")
    copy = queries.redacted_file(desk.decides, desk.matter, ref)
    assert "Willow" in words_of(copy.content)[2]
    _, row = queries.redaction(desk.decides, desk.matter, ref)
    assert (row.left, row.left_reason) == (1, "There it is a tree.")


def test_a_rectangle_is_blacked_out(desk: Desk) -> None:
    ref = desk.redact("Statement", marks=[MarkDraft("crime", "A place.", box=Box(50, 50, 60, 60), pages=(2,))])
    _, row = queries.redaction(desk.decides, desk.matter, ref)
    assert (row.marks[0].is_words, row.marks[0].pages) == (False, "2")


def test_characters_of_a_text_are_blacked_out_by_their_place(desk: Desk) -> None:
    ref = desk.redact("Note", marks=[MarkDraft("third_party", "Not hers.", start=1, end=6)])
    assert queries.redacted_file(desk.decides, desk.matter, ref).content.startswith(
        b"[Redacted: Third party] of a call"
    )


@pytest.mark.parametrize(
    ("marks", "field"),
    [
        ([], "words"),
        ([MarkDraft("no such", "Why.", words="Willow")], "ground"),
        ([MarkDraft("crime", " ", words="Willow")], "reason"),
        ([MarkDraft("crime", "Why.", words="W")], "words"),
        ([MarkDraft("crime", "Why.", words="Nowhere at all")], "words"),
        ([MarkDraft("immunity", "Only before a court.", words="Willow")], "ground"),
    ],
)
def test_a_redaction_that_says_too_little_is_refused_and_nothing_is_kept(
    desk: Desk, marks: list[MarkDraft], field: str
) -> None:
    with pytest.raises(NotValid) as refused:
        desk.redact("Statement", marks=marks)
    assert refused.value.field == field
    assert not Redaction.objects.exists()
    assert len(evidence.files_of(desk.decides, desk.matter)) == 3


def test_a_kind_of_file_that_cannot_be_redacted_is_refused_in_words(desk: Desk) -> None:
    desk.keep("Sound", b"ID3 not really a sound")
    desk.schedule("Sound")
    assert not desk.item("Sound").source.may_be_redacted
    with pytest.raises(NotValid, match="Words are not looked for in a picture"):
        desk.redact("Sound", "Willow")


def test_redacting_needs_its_power_and_the_matter(desk: Desk) -> None:
    handler = worlds.user(desk.at, "Hal Handler", "complaint_handler").viewer
    concerned = worlds.user(desk.at, "Robin Shaw", "supervisor", person_ref=desk.officer).viewer
    given = desk.on() | {
        "item_ref": desk.items["Note"],
        "audience_key": "court",
        "marks": [MarkDraft("crime", "Why.", words="note")],
    }
    with pytest.raises(NotAllowed):
        actions.redact(**given | {"by": handler})
    with pytest.raises(NotFound):
        actions.redact(**given | {"by": concerned})


def test_a_page_is_shown_to_choose_from_and_a_text_has_none(desk: Desk) -> None:
    assert queries.page_picture(desk.decides, desk.matter, desk.items["Statement"], 1).startswith(b"\x89PNG")
    for name, number in (("Statement", 9), ("Note", 1)):
        with pytest.raises(NotFound):
            queries.page_picture(desk.decides, desk.matter, desk.items[name], number)


def test_a_copy_made_for_one_audience_stands_for_no_other(desk: Desk) -> None:
    ref = desk.redact("Statement", "Willow", to="complainant")
    item = desk.item("Statement")
    assert item.copy_for("complainant") is item.redactions[0]
    assert item.copy_for("officer_concerned") is None
    assert [row.audience for row in item.standing_for(item.redactions[0])] == ["complainant"]
    with pytest.raises(NotValid, match="why it fits this audience too"):
        again(desk, ref, "officer_concerned", reasons=" ")
    assert desk.item("Statement").copy_for("officer_concerned") is None


def test_somebody_chooses_a_copy_again_for_another_audience_with_reasons(desk: Desk) -> None:
    ref = desk.redact("Statement", "Willow", to="complainant")
    own = desk.redact("Statement", "weather", ground="discipline")
    again(desk, ref, "officer_concerned")
    item = desk.item("Statement")
    standing = item.copy_for("officer_concerned")
    assert standing is not None
    assert standing.ref == ref
    assert [(row.audience, row.made_for, row.reasons) for row in standing.serves] == [
        ("complainant", True, ""),
        ("officer_concerned", False, "The same harm."),
    ]
    entry = Entry.objects.latest("seq")
    assert entry.summary == f"chose redacted copy {ref} of item {item.ref} again, for officer_concerned"
    again(desk, own, "officer_concerned")
    assert desk.item("Statement").copy_for("officer_concerned") is not standing


def test_a_copy_is_chosen_again_only_where_it_does_not_stand_and_by_who_may(desk: Desk) -> None:
    ref = desk.redact("Statement", "Willow")
    with pytest.raises(NotValid, match="It stands for this audience already") as refused:
        again(desk, ref, "officer_concerned")
    assert refused.value.field == "audience"
    with pytest.raises(NotValid, match="for whom the copy is made"):
        again(desk, ref, "nobody")
    with pytest.raises(NotAllowed):
        again(desk, ref, "complainant", by=worlds.user(desk.at, "Hal Handler", "complaint_handler").viewer)
    concerned = worlds.user(desk.at, "Robin Shaw", "supervisor", person_ref=desk.officer).viewer
    for given in ({"by": concerned}, {"ref": "PB-22222-22222"}):
        with pytest.raises(NotFound):
            again(desk, **{"ref": ref, "to": "complainant", **given})


def test_a_copy_from_before_audiences_goes_to_nobody_until_it_is_chosen(desk: Desk) -> None:
    ref = desk.redact("Statement", "Willow")
    old = Redaction.objects.get(ref=ref)
    kept = {field.attname: getattr(old, field.attname) for field in Redaction._meta.concrete_fields}
    before = Redaction.objects.create(**kept | {"id": None, "ref": "PB-22222-22223"})
    item = desk.item("Statement")
    assert [item.copy_for(key) for key in ("complainant", "court")] == [None, None]
    again(desk, before.ref, "complainant")
    standing = desk.item("Statement").copy_for("complainant")
    assert standing is not None
    assert standing.ref == before.ref


def again(desk: Desk, ref: str, to: str, **said: Any) -> None:
    given = desk.on() | {"redaction_ref": ref, "audience_key": to, "reasons": "The same harm."}
    actions.choose_again(**given | said)
