"""A column map that cannot stand is refused with the reason; those shipped all stand."""

from pathlib import Path

import pytest

from peelian.feeds.errors import MapError
from peelian.feeds.fields import FIELDS, Content
from peelian.feeds.maps import fingerprint, known_maps, load_map, map_named, maps_fitting, parse_map
from tests.rooms.feeds import files

SHIPPED = {
    "chicago_allegations",
    "chicago_officers",
    "cross_force_incidents",
    "met_foi",
    "uk_clearances",
    "uk_complaint_history",
    "uk_staff_register",
}


def test_the_shipped_maps_are_known_and_every_content_has_one() -> None:
    assert {one.source for one in known_maps()} == SHIPPED
    assert {one.content for one in known_maps()} == set(Content)


@pytest.mark.parametrize("source", sorted(SHIPPED))
def test_a_shipped_maps_own_header_finds_it_and_no_other(source: str) -> None:
    column_map = map_named(source)
    assert column_map is not None
    header = tuple(column.name.upper() for column in reversed(column_map.columns))
    assert [one.source for one in maps_fitting(header, known_maps())] == [source]


def test_no_shipped_map_names_a_placeholder() -> None:
    assert [one.source for one in known_maps() if one.placeholder_keys or one.placeholder_patterns] == []


def test_a_map_names_its_placeholders_by_word_and_by_pattern() -> None:
    column_map = files.a_map("\n[placeholders]\nkeys = ['Organisational']\npatterns = ['Z9+']\n")
    assert column_map.is_placeholder("ORGANISATIONAL")
    assert column_map.is_placeholder("z999")
    assert not column_map.is_placeholder("Z9991")


def test_a_fingerprint_is_blind_to_order_case_and_punctuation() -> None:
    assert fingerprint(("Case Ref", "Subject Ref")) == fingerprint(("subject_ref", "CASE.REF"))
    assert fingerprint(("Case Ref", "Subject Ref")) != fingerprint(("Case Ref", "Subject"))


def test_a_header_with_a_strange_column_does_not_fit() -> None:
    column_map = files.a_map()
    header = ("Case Ref", "Officer", "Received", "Category")
    assert column_map.fits(header)
    assert not column_map.fits((*header, "Colour"))
    assert not column_map.fits(header[:3])


def test_a_forces_own_map_stands_in_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    files.write(tmp_path / "mine.toml", files.MAP.replace('source = "test"', 'source = "met_foi"'))
    own = [one for one in known_maps([tmp_path]) if one.source == "met_foi"]
    assert [one.name for one in own] == ["mine"]
    assert len(known_maps([tmp_path])) == len(SHIPPED)


def test_two_maps_of_one_folder_may_not_share_a_source(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        files.write(tmp_path / name, files.MAP)
    with pytest.raises(MapError, match="same source"):
        known_maps([tmp_path])


def test_a_map_that_cannot_be_read_names_its_file(tmp_path: Path) -> None:
    with pytest.raises(MapError, match=r"none\.toml"):
        load_map(tmp_path / "none.toml")
    with pytest.raises(MapError, match="UTF-8"):
        load_map(files.write(tmp_path / "bad.toml", b"\xff"))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('title = "Test"', "", "needs `title`"),
        ('title = "Test"', 'title = "Test"\ncolour = 1', "`colour`, which means nothing"),
        ('"complaint_history"', '"complaints"', "content “complaints”"),
        ('field = "category"', 'field = "colour"', "“colour” is not a field"),
        ('field = "category"', 'field = "person_key"', "two columns fill `person_key`"),
        ('name = "Category"', 'name = "case-ref"', "named twice"),
        ('field = "matter_reference"', 'field = "narrative"', "needs a column for `matter_reference`"),
        ('field = "matter_reference"', 'field = "matter_reference"\noptional = true', "not optional"),
        ('key = ["Case Ref", "Officer"]', 'key = ["Case", "Officer"]', "key column “Case”"),
        ('forms = ["%d/%m/%Y"]', 'forms = ["%d/%m"]', "needs a year"),
        ('forms = ["%d/%m/%Y"]', 'forms = ["%d/%Y"]', "needs a month"),
        ('forms = ["%d/%m/%Y"]', 'forms = ["%d/%m/%Q %Y"]', "%Q"),
        ('forms = ["%d/%m/%Y"]', 'forms = ["%d/%m/%y"]', "`pivot`"),
        ('field = "category"', 'field = "category"\nforms = ["year"]', "belongs to a date field"),
        ('field = "category"', 'field = "category"\nformula_errors = "drop"', "`refuse` or `missing`"),
        ('field = "category"', 'field = "internal"\nvalues = { X = "perhaps" }', "not one of no, yes"),
        ('field = "category"', 'field = "state"\nunmapped = "keep"', "cannot stand"),
        ('key = ["Case Ref"', 'key = "Case Ref" #', "list of column names"),
        ('title = "Test"', 'title = "Test', "is not TOML"),
        ('title = "Test"', 'title = "Test"\ncolumn = 3', "is not TOML"),
    ],
)
def test_a_map_that_cannot_stand_says_why(old: str, new: str, reason: str) -> None:
    assert old in files.MAP
    with pytest.raises(MapError) as caught:
        parse_map(files.MAP.replace(old, new), "bad.toml")
    assert reason in str(caught.value)
    assert caught.value.file == "bad.toml"


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ('[file]\nencoding = "klingon"', "encoding “klingon”"),
        ('[file]\ndelimiter = "||"', "one character"),
        ("[file]\nheader_row = 0", "counts from 1"),
        ('[constants]\nfamily_name = "x"', "cannot be a constant"),
        ('[constants]\nmatter_kind = "x"', "is not one of"),
        ('[[order]]\nfirst = "category"\nthen = "complaint_on"', "`category` is none"),
        ('[placeholders]\npatterns = ["("]', "regular expression"),
    ],
)
def test_the_rest_of_a_map_is_checked_too(extra: str, reason: str) -> None:
    with pytest.raises(MapError) as caught:
        files.a_map(f"\n{extra}\n")
    assert reason in str(caught.value)


def test_every_field_is_described_in_the_reference() -> None:
    reference = (Path(__file__).parents[3] / "docs/reference/column-map.md").read_text(encoding="utf-8")
    for content, fields in FIELDS.items():
        section = reference.split(f"### `{content.value}`")[1].split("\n##")[0]
        listed = {line.split("`")[1] for line in section.splitlines() if line.startswith("| `")}
        assert listed == set(fields)


def test_the_example_of_the_how_to_is_a_map_that_stands() -> None:
    page = (Path(__file__).parents[3] / "docs/how-to/write-a-column-map.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    assert parse_map(example, "example.toml").source == "our_complaints"
