"""Redacting plain text and pictures: a block stands where something stood, and nothing else is left of it."""

import io

import pytest
from PIL import Image, PngImagePlugin

from peelian.disclosure.redacting import Box, CannotRedact, Mark, find, picture_apart, redact_apart, words_apart
from peelian.disclosure.redacting.pictures import redact_picture
from peelian.disclosure.redacting.texts import redact_text
from tests.rooms.disclosure.documents import PDF, typed

TEXT = "Carla Willow rang. Mrs WILLOW said: wil-\nlow is not Will Ow.\n"


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Carla Willow", "willow", ["Willow"]),
        ("wil-\nlow", "Willow", ["wil-\nlow"]),
        ("W i l l o w s", "Willow", ["W i l l o w"]),
        ("Wil\u00adlow", "Willow", ["Wil\u00adlow"]),
        ("the o\ufb03ce", "office", ["o\ufb03ce"]),
        ("José", "jose", ["José"]),
        ("jose", "José", ["jose"]),
        ("07700-900 123", "07700900123", ["07700-900 123"]),
        ("wash, Ash, ASH", "Ash", ["Ash", "ASH"]),
        ("High  Street,\n1", "high street", ["High  Street"]),
        ("nothing", "Willow", []),
    ],
)
def test_words_are_found_however_they_are_written(text: str, words: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find(text, words)] == found


@pytest.mark.parametrize("words", ["", "a", "!!", "-"])
def test_one_letter_is_not_looked_for(words: str) -> None:
    with pytest.raises(ValueError, match="at least two"):
        find("a text", words)


def test_a_labelled_block_stands_where_the_words_stood() -> None:
    made = redact_text(TEXT.encode(), [Mark("Protected identity", words="Willow")])
    text = made.content.decode()
    assert text.startswith("Carla [Redacted: Protected identity] rang.")
    assert "illow" not in text.casefold()
    assert len(made.places) == 4  # the last is "Will Ow", which reads as the name and goes too


def test_a_span_is_blacked_out_by_its_place() -> None:
    made = redact_text(b"My name is Carla.", [Mark("X", start=11, end=16)])
    assert made.content == b"My name is [Redacted: X]."


def test_places_that_overlap_become_one_block() -> None:
    made = redact_text(b"Carla Willow rang.", [Mark("A", words="Carla Willow"), Mark("B", words="Willow rang")])
    assert made.content == b"[Redacted: A]."
    assert len(made.places) == 1


def test_a_label_that_holds_the_word_itself_is_no_leak() -> None:
    made = redact_text(b"The crime of Crime Street.", [Mark("Crime", words="crime")])
    assert made.content == b"The [Redacted: Crime] of [Redacted: Crime] Street."


@pytest.mark.parametrize(
    ("content", "mark"),
    [(b"\xff\xfe\x00", Mark("X", words="Willow")), (b"short", Mark("X", start=2, end=99)), (b"short", Mark("X"))],
)
def test_a_text_that_cannot_be_redacted_is_refused(content: bytes, mark: Mark) -> None:
    with pytest.raises(CannotRedact):
        redact_text(content, [mark])


def painted(kind: str, *, mode: str = "RGB") -> bytes:
    """A picture of 200 by 100 points: left half red, right half green; with a comment and a place."""
    picture = Image.new(mode, (200, 100), "red")
    picture.paste("green", (100, 0, 200, 100))
    out = io.BytesIO()
    if kind == "PNG":
        said = PngImagePlugin.PngInfo()
        said.add_text("Comment", "Carla Willow")
        picture.save(out, "PNG", pnginfo=said)
    else:
        exif = Image.Exif()
        exif[0x010E] = "Carla Willow"
        picture.save(out, "JPEG", exif=exif.tobytes(), comment=b"Carla Willow")
    return out.getvalue()


@pytest.mark.parametrize(("kind", "media"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_rectangle_of_a_picture_is_black_and_the_rest_is_as_it_was(kind: str, media: str) -> None:
    source = painted(kind)
    made = redact_picture(source, media, [Mark("Third party", box=Box(0, 0, 50, 100))])
    assert b"Willow" in source
    assert b"Willow" not in made.content
    with Image.open(io.BytesIO(made.content)) as copy:
        seen = copy.convert("RGB")
    assert max(seen.getpixel((3, 3))) < 60  # type: ignore[type-var,arg-type]  # three bands give a tuple
    red, green, _ = seen.getpixel((190, 50))  # type: ignore[misc]  # as above
    assert green > 100 > red
    shades = {seen.getpixel((x, y)) for x in range(0, 98) for y in range(0, 100)}
    assert all(max(one) - min(one) < 60 for one in shades)  # type: ignore[type-var,arg-type]  # black and white, no red


def test_a_picture_that_lies_on_its_side_is_blacked_out_as_it_is_seen() -> None:
    picture, exif = Image.new("RGB", (200, 100), "red"), Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif.tobytes())
    made = redact_picture(out.getvalue(), "image/jpeg", [Mark("X", box=Box(0, 0, 100, 10))])
    with Image.open(io.BytesIO(made.content)) as copy:
        assert copy.size == (100, 200)
        assert not copy.getexif()


def test_what_lies_under_a_see_through_point_does_not_come_over() -> None:
    picture = Image.new("RGBA", (20, 20), (200, 10, 10, 0))
    out = io.BytesIO()
    picture.save(out, "PNG")
    made = redact_picture(out.getvalue(), "image/png", [Mark("X", box=Box(0, 0, 10, 10))])
    with Image.open(io.BytesIO(made.content)) as copy:
        assert copy.mode == "RGB"
        assert copy.getpixel((15, 15)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "media", "mark"),
    [
        (painted("PNG"), "image/png", Mark("X", words="Willow")),
        (painted("PNG"), "image/jpeg", Mark("X", box=Box(0, 0, 5, 5))),
        (b"no picture", "image/png", Mark("X", box=Box(0, 0, 5, 5))),
        (painted("PNG"), "image/gif", Mark("X", box=Box(0, 0, 5, 5))),
    ],
)
def test_a_picture_that_cannot_be_redacted_is_refused(content: bytes, media: str, mark: Mark) -> None:
    with pytest.raises(CannotRedact):
        redact_picture(content, media, [mark])


def test_a_page_or_picture_is_shown_under_a_grid() -> None:
    for content, media in ((typed("Fine"), PDF), (painted("JPEG"), "image/jpeg")):
        with Image.open(io.BytesIO(picture_apart(content, media, 1))) as seen:
            assert seen.format == "PNG"
    with pytest.raises(CannotRedact, match="1 pages"):
        picture_apart(typed("Fine"), PDF, 2)


def test_the_words_of_many_files_are_read_at_once() -> None:
    found = words_apart([(typed("One", "Two"), PDF), (b"Three", "text/plain"), (painted("PNG"), "image/png")])
    assert [tuple(page.strip() for page in one) for one in found] == [("One", "Two"), ("Three",), ()]
    assert redact_apart(b"One Willow", "text/plain", [Mark("X", words="Willow")]).content == b"One [Redacted: X]"
