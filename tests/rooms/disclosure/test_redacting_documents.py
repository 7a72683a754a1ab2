"""Redacting a PDF: whoever takes the copy apart finds nothing of what stood there."""

import io

import pikepdf
import pypdfium2 as pdfium
import pytest

from peelian.disclosure.redacting import Box, CannotRedact, Mark, StandsElsewhere, redact_apart
from peelian.disclosure.redacting.documents import redact_pdf, words_of
from peelian.disclosure.redacting.proving import prove
from tests.rooms.disclosure.documents import (
    PDF,
    drawn,
    everything_in,
    line,
    saved,
    typed,
    with_attachment,
    with_field,
    with_layer,
    with_metadata,
    with_note,
)

NAME = Mark("Protected identity", words="Willow")


def colour(content: bytes, page: int, across: float, down: float) -> tuple[int, ...]:
    """The colour at a place of a page, in hundredths."""
    document = pdfium.PdfDocument(content)
    try:
        seen = document[page - 1].render(scale=2).to_pil().convert("RGB")
        found = seen.getpixel((int(seen.width * across / 100), int(seen.height * down / 100)))
        assert isinstance(found, tuple)
        return found
    finally:
        document.close()


def test_a_page_with_a_mark_becomes_a_picture_and_the_others_stay_words() -> None:
    source = typed("Carla Willow saw it.", "Fine weather.", "It was Willow.")
    made = redact_pdf(source, [NAME])
    assert made.pictured == (1, 3)
    assert made.pages == 3
    assert [bool(text.strip()) for text in words_of(made.content)] == [False, True, False]
    assert "Fine weather" in words_of(made.content)[1]
    assert "willow" not in everything_in(made.content).lower()


def test_the_box_is_black_where_the_word_stood() -> None:
    made = redact_pdf(saved(drawn(line("Willow", x=40, y=300))), [Mark("X", words="Willow")])
    box = made.places[0].box
    assert box is not None
    corner = colour(made.content, 1, box.left + 0.5, box.top + 0.5)
    assert max(corner) < 60
    assert min(colour(made.content, 1, 90, 90)) > 200
    assert (box.left, box.top) == pytest.approx((9.6, 19), abs=3)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("box", [(0, 0, 400, 400), (20, 60, 400, 380)])
def test_a_turned_or_cut_page_is_blacked_out_where_the_word_is_seen(
    rotate: int, box: tuple[int, int, int, int]
) -> None:
    plain = saved(drawn(line("Willow"), rotate=rotate, box=box))
    before = pdfium.PdfDocument(plain)[0].render(scale=2).to_pil().convert("L").point(lambda v: 255 if v < 128 else 0)
    made = redact_pdf(plain, [NAME])
    seen = before.getbbox()
    assert seen is not None
    left, top, right, bottom = (100 * edge / before.size[place % 2] for place, edge in enumerate(seen))
    covered = made.places[0].box
    assert covered is not None
    assert covered.left <= left
    assert covered.top <= top
    assert covered.right >= right
    assert covered.bottom >= bottom


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("officer", typed("The officer wrote it.")),  # typst draws ffi as one letter
        ("Willow", saved(drawn(line("Wil-", y=300) + line("low", y=270)))),
        ("Willow", saved(drawn(line("W i l l o w")))),
        ("Willow", saved(drawn("BT /F 20 Tf 40 300 Td [(W) -50 (ill) 20 (ow)] TJ ET"))),
        ("Willow", saved(drawn(line("WILLOW")))),
        ("Carla Willow", saved(drawn(line("Carla", y=300) + line("Willow", y=270)))),
        ("07700 900123", saved(drawn(line("Ring 07700-900-123 now")))),
        ("Willow", saved(drawn(line("carlawillow@example.org")))),
        ("Willow", saved(drawn(line("Wil") + line("low", x=68)))),
        ("José", typed("It was Jose.")),
        ("Ash", saved(drawn(line("Ash saw the wash.")))),
    ],
)
def test_a_word_is_found_however_it_is_written(words: str, source: bytes) -> None:
    made = redact_pdf(source, [Mark("X", words=words)])
    assert made.places
    assert made.pictured == (1,)


def test_a_word_broken_over_a_page_end_is_blacked_out_on_both() -> None:
    made = redact_pdf(saved(drawn(line("and then Wil-"), line("low came"))), [NAME])
    assert made.pictured == (1, 2)


def test_a_short_word_is_no_part_of_a_longer_one() -> None:
    made = redact_pdf(saved(drawn(line("He saw the wash."), line("Ash came."))), [Mark("X", words="Ash")])
    assert made.pictured == (2,)


@pytest.mark.parametrize(
    "source",
    [
        saved(drawn(line("Seen"), line("Willow", mode=3))),
        saved(drawn(line("Seen"), "1 1 1 rg\n" + line("Willow"))),
        saved(drawn(line("Seen"), line("Willow") + "0 g 30 290 200 40 re f\n")),
        saved(drawn(line("Seen"), line("Willow", x=4000))),
    ],
    ids=["drawn as nothing", "white on white", "under a black bar", "off the page"],
)
def test_words_that_are_there_and_not_seen_are_gone_too(source: bytes) -> None:
    made = redact_pdf(source, [NAME])
    assert "willow" not in "".join(words_of(made.content)).lower()
    assert "Willow" not in everything_in(made.content)


@pytest.mark.parametrize("seen", [True, False])
def test_a_note_does_not_come_over_with_its_words(seen: bool) -> None:
    made = redact_pdf(saved(with_note(drawn(line("Ring Willow")), "Ask Willow", seen=seen)), [NAME])
    assert "Willow" not in everything_in(made.content)
    with pikepdf.open(io.BytesIO(made.content)) as copy:
        assert all("/Annots" not in page.obj for page in copy.pages)


def test_a_note_that_is_seen_is_kept_as_it_is_seen_and_searched() -> None:
    source = saved(with_note(drawn(line("Fine"), line("Willow")), "Stamped here", seen=True))
    made = redact_pdf(source, [NAME])
    assert made.pictured == (2,)
    assert "Stamped here" in words_of(made.content)[0]
    assert redact_pdf(source, [Mark("X", words="Stamped")]).pictured == (1,)


def test_what_stands_in_a_form_field_is_found_and_the_form_is_gone() -> None:
    source = saved(with_field(drawn(line("Name:"), line("Fine")), "Carla Willow"))
    made = redact_pdf(source, [NAME])
    assert made.pictured == (1,)
    assert "Willow" not in everything_in(made.content)
    assert any("form" in words for words in made.dropped)
    kept = redact_pdf(source, [Mark("X", words="Fine")])
    assert "Carla Willow" in words_of(kept.content)[0]


def test_attachments_bookmarks_and_metadata_do_not_come_over() -> None:
    source = drawn(line("Ring Willow"), line("Fine"))
    source = with_metadata(with_attachment(source, "Willow.txt", b"Carla Willow, 1 High Street"), "Willow's statement")
    made = redact_pdf(saved(source), [NAME])
    held = everything_in(made.content)
    assert "Willow" not in held
    assert "High Street" not in held
    assert len(made.dropped) >= 4


def test_an_earlier_version_of_the_file_does_not_come_over() -> None:
    first = saved(drawn(line("Carla Birch lives at 1 High Street, and Willow")))
    changed = first + b"\n% a later save\n"
    made = redact_pdf(changed, [NAME])
    assert "High Street" not in everything_in(made.content)


def test_a_layer_that_is_switched_off_stays_unseen() -> None:
    source = saved(with_layer(drawn(line("Fine"), line("Fine too")), "Secret"))
    made = redact_pdf(source, [Mark("X", words="too")])
    assert made.pictured == (1, 2)
    assert "Secret" not in everything_in(made.content)
    assert min(colour(made.content, 1, 20, 48)) > 200


def test_words_that_a_page_gives_for_readers_aloud_are_gone_too() -> None:
    hidden = "/Span << /ActualText (Willow) >> BDC\n" + line("Fine") + "EMC\n"
    source = saved(drawn(hidden, line("Willow")))
    made = redact_pdf(source, [NAME])
    assert made.pictured == (1, 2)
    assert "Willow" not in everything_in(made.content)


def test_a_copy_that_still_holds_a_word_is_refused() -> None:
    with pytest.raises(CannotRedact, match="in its text"):
        prove(saved(drawn(line("Willow"))), ["Willow"], pictured=(), pages=1)
    with pytest.raises(CannotRedact, match="still holds text"):
        prove(saved(drawn(line("Birch"))), ["Willow"], pictured=(1,), pages=1)
    pdf = drawn(line("Birch"))
    pdf.pages[0].obj.Note = pikepdf.String("Willow")
    with pytest.raises(CannotRedact, match="in its bytes"):
        prove(saved(pdf), ["Willow"], pictured=(), pages=1)
    with pytest.raises(CannotRedact, match="more than its pages"):
        prove(saved(with_metadata(drawn(line("Birch")), "x")), ["Willow"], pictured=(), pages=1)


def test_words_on_chosen_pages_that_stand_on_others_are_asked_about() -> None:
    source = typed("Carla Willow saw it.", "Fine.", "It was Willow.")
    with pytest.raises(StandsElsewhere) as asked:
        redact_pdf(source, [Mark("X", words="Willow", pages=(1,))])
    assert asked.value.where == {"Willow": (3,)}
    made = redact_pdf(source, [Mark("X", words="Willow", pages=(1,))], leave=["willow"])
    assert made.pictured == (1,)
    assert "Willow" in words_of(made.content)[2]


def test_words_under_a_rectangle_that_stand_elsewhere_are_asked_about() -> None:
    source = saved(drawn(line("Willow came"), line("Nobody came but Willow")))
    marks = [Mark("X", box=Box(8, 15, 30, 30), pages=(1,))]
    with pytest.raises(StandsElsewhere) as asked:
        redact_pdf(source, marks)
    assert asked.value.where == {"Willow": (2,)}
    both = redact_pdf(source, [*marks, NAME])
    assert both.pictured == (1, 2)
    assert redact_pdf(source, marks, leave=["Willow"]).pictured == (1,)


@pytest.mark.parametrize("words", ["Page", "Width", "DO", "cm", "Image", "Contents"])
@pytest.mark.parametrize("whole", [True, False])
def test_a_word_that_every_pdf_needs_for_itself_can_be_blacked_out(words: str, whole: bool) -> None:
    made = redact_pdf(saved(drawn(line(f"It is {words} here"), line("Fine"))), [Mark("X", words=words)], whole=whole)
    assert made.pictured == ((1, 2) if whole else (1,))


def test_a_word_of_a_chosen_page_that_stands_nowhere_else_may_stand_nowhere() -> None:
    source = saved(with_metadata(drawn(line("Willow"), line("Fine")), "Willow"))
    made = redact_pdf(source, [Mark("X", words="Willow", pages=(1,))])
    assert "Willow" not in everything_in(made.content)


def test_every_page_can_be_made_a_picture() -> None:
    made = redact_pdf(typed("Willow", "Fine"), [NAME], whole=True)
    assert made.pictured == (1, 2)
    assert [text.strip() for text in words_of(made.content)] == ["", ""]


def test_pages_that_hold_pictures_are_named_because_words_in_them_are_not_read() -> None:
    pictured = redact_pdf(typed("Willow", "Fine"), [NAME]).content
    made = redact_pdf(pictured, [Mark("X", words="Fine")])
    assert made.unread == (1,)


@pytest.mark.parametrize(
    ("content", "marks", "why"),
    [
        (b"no pdf", [NAME], "cannot be read"),
        (typed("Fine"), [Mark("X", box=Box(0, 0, 5, 5), pages=(2,))], "from 1 to 1"),
    ],
)
def test_what_cannot_be_redacted_is_refused_in_words(content: bytes, marks: list[Mark], why: str) -> None:
    with pytest.raises(CannotRedact, match=why):
        redact_pdf(content, marks)


def test_a_document_that_asks_for_a_password_is_refused() -> None:
    out = io.BytesIO()
    drawn(line("Willow")).save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(CannotRedact, match="password"):
        redact_pdf(out.getvalue(), [NAME])


@pytest.mark.parametrize("sides", [(10, 10, 10, 20), (-1, 0, 5, 5), (0, 0, 101, 5)])
def test_a_rectangle_lies_on_its_page(sides: tuple[float, float, float, float]) -> None:
    with pytest.raises(CannotRedact):
        Box(*sides)


def test_it_is_done_in_a_process_of_its_own_with_the_same_answer(really_apart: None) -> None:
    source = typed("Carla Willow saw it.", "It was Willow.")
    apart = redact_apart(source, PDF, [NAME])
    here = redact_pdf(source, [NAME])
    assert (apart.places, apart.pictured, apart.dropped) == (here.places, here.pictured, here.dropped)
    assert "Willow" not in everything_in(apart.content)
    with pytest.raises(StandsElsewhere) as asked:
        redact_apart(source, PDF, [Mark("X", words="Willow", pages=(1,))])
    assert asked.value.where == {"Willow": (2,)}
    with pytest.raises(CannotRedact, match="cannot be read"):
        redact_apart(b"%PDF-1.7 broken", PDF, [NAME])
