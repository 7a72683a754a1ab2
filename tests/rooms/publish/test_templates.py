"""Templates of letters: all shipped are sound, every duty to tell somebody has one, and a wrong file says why."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from peelian import statute
from peelian.cli.letters import app
from peelian.publish.fitting import stage_of
from peelian.publish.placeholders import Facts
from peelian.publish.rendering import docx_of, kept_text, lines_above, pdf_of, sheet_of
from peelian.publish.templates import SHIPPED, UnsoundTemplates, checked, letterhead, read, templates
from peelian.publish.wording import BlockKind, blocks_of, filled, reading_ease, text_of
from peelian.statute import Unit
from peelian.terms.known_dates import KnownDate
from peelian.terms.permissions import Permission

LAW = statute.product()
PLAIN = 60  # Flesch: plain English
TO_A_PERSON = {  # clocks by which a person, the public or a body is told something in writing
    *("CMP-01", "CMP-02", "CMP-03", "CMP-04", "CMP-05", "CMP-06", "CMP-08", "CMP-13", "CMP-14"),
    *("INV-02", "INV-05", "INV-09", "INV-10", "SUS-01"),
    *("PRO-01", "PRO-05", "PRO-06", "PRO-12", "PRO-13", "PRO-15", "PRO-16", "PRO-19"),
    *("ACC-04", "LST-01", "LST-02", "LST-03"),
}

GOOD = """+++
key = "update-complainant"
title = "How it goes"
version = 2
law = "SI 2020/2 reg 34(2)(a)"
addressee = "complainant"
records = ["update_given"]
kinds = ["any"]

[paragraph.done]
label = "What was done?"
+++
Dear {{addressee.name}}

{{write.done}}
"""


@pytest.mark.parametrize("key", sorted(templates()))
def test_serving_a_letter_takes_a_step_wherever_one_records_what_it_says(key: str) -> None:
    """Not one of those who sit: they decide, and the letter carries it out."""
    for event in templates()[key].records:
        recording = [one for one in LAW.steps.values() if any(event in option.events for option in one.options)]
        assert not recording or any(one.owner is not Permission.SIT for one in recording), event


@pytest.mark.parametrize("key", sorted(templates()))
def test_every_letter_belongs_to_a_stage_of_casework(key: str) -> None:
    assert stage_of(templates()[key], LAW)


@pytest.mark.parametrize(
    ("key", "stage"),
    [
        ("referral-to-iopc", "assessment"),  # of the step that its service takes
        ("interview-invitation", "investigation"),  # its service takes none: it names its stage
        ("staff-suspension-review", "measures"),  # that of the letter whose place it takes
        ("staff-outcome", "proceedings"),
    ],
)
def test_a_letter_stands_under_the_stage_where_it_is_looked_for(key: str, stage: str) -> None:
    assert stage_of(templates()[key], LAW) == stage


def problems(folder: Path, text: str, name: str = "update-complainant.md") -> list[str]:
    path = folder / name
    path.write_text(text)
    return [problem.words for problem in read(path, LAW)[1]]


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.md")), ids=lambda path: path.stem)
def test_a_shipped_letter_is_sound_and_in_plain_english(path: Path) -> None:
    made, wrong = read(path, LAW)
    assert wrong == []
    assert made is not None
    assert made.ease >= PLAIN
    assert max(len(sentence.split()) for block in blocks_of(made.text) for sentence in block.text.split(". ")) <= 40


@pytest.mark.parametrize("clock", sorted(TO_A_PERSON))
def test_every_duty_to_tell_a_person_has_its_letter(clock: str) -> None:
    recorded = {event for one in templates().values() for event in one.records}
    assert recorded & set(LAW.drives[clock].met_by)


def test_every_way_in_which_a_letter_starts_a_limit_for_somebody_has_its_letter() -> None:
    recorded = {event for one in templates().values() for event in one.records}
    starts = {
        event
        for clock in ("CMP-12", "WRN-01", "WRN-02", "RPR-01", "ACC-02", "UPP-01")
        for event in LAW.drives[clock].starts
    }
    assert starts <= recorded


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("+++\nkey", "key", 1, "must open with a head"),
        ("version = 2", "version = two", 4, "not TOML"),
        ("version = 2", "version = 0", 4, "whole number from 1"),
        ('key = "update-complainant"', 'key = "other"', 2, "name of the file"),
        ('law = "SI 2020/2 reg 34(2)(a)"', "", 1, "law must be given"),
        ("SI 2020/2 reg 34", "SI 1999/1 reg 34", 5, "does not hold"),
        ('"complainant"\nrecords', '"everybody"\nrecords', 6, "addressee must be"),
        ('"update_given"', '"update_sung"', 7, "no event 'update_sung'"),
        ('kinds = ["any"]', 'kinds = ["quarrel"]', 8, "no kind of matter"),
        ('["update_given"]', '["review_right_told"]', 8, "not recorded on"),
        ('kinds = ["any"]', 'colour = "red"', 8, "no such line"),
        ('kinds = ["any"]', 'workers = ["public"]', 8, "no kind of worker 'public'"),
        ("SI 2020/2 reg 34(2)(a)", "SI 2020/4 reg 11", 1, "SI 2020/4 does not reach police staff"),
        ('kinds = ["any"]', 'in_post = "yes"', 8, "in_post must be true or false"),
        ("{{addressee.name}}", "{{addressee.salary}}", 13, "is no placeholder"),
        ("{{addressee.name}}", "{{event.nothing}}", 13, "no event 'nothing'"),
        ("{{addressee.name}}", "{{length.CMP-01}}", 13, "no number of days"),
        ("{{addressee.name}}", "{{length.ZZZ-01}}", 13, "no clock"),
        ("{{addressee.name}}", "{{addressee.name", 13, "closes with"),
        ("Dear", "# Dear", 13, "a heading is ##"),
        ("{{write.done}}", "{{write.other}}", 15, "names no paragraph 'other'"),
        ("{{write.done}}", "Nothing.", 10, "stands nowhere in the letter"),
        ('label = "What was done?"', "", 10, "must have a label"),
        ('label = "What was done?"', 'label = "What?"\nfield = "colour"', 10, "field must be"),
    ],
)
def test_a_wrong_template_names_its_file_its_line_and_the_reason(
    tmp_path: Path, before: str, after: str, line: int, reason: str
) -> None:
    assert problems(tmp_path, GOOD) == []
    wrong = problems(tmp_path, GOOD.replace(before, after, 1))
    assert any(f"update-complainant.md, line {line}: " in one and reason in one for one in wrong), wrong


def test_a_forces_own_letter_takes_the_place_of_the_shipped_one_and_is_read_again_when_it_changes(home: Path) -> None:
    shipped = templates()["update-complainant"]
    assert not shipped.is_local
    (home / "letters").mkdir()
    own = home / "letters" / "update-complainant.md"
    own.write_text(GOOD)
    assert (templates()["update-complainant"].title, templates()["update-complainant"].is_local) == (
        "How it goes",
        True,
    )
    own.unlink()
    assert templates()["update-complainant"] == shipped


def test_a_wrong_file_stops_its_own_letter_and_no_other(home: Path) -> None:
    (home / "letters").mkdir()
    (home / "letters" / "update-complainant.md").write_text(GOOD.replace("{{write.done}}", "{{salary}}"))
    found, wrong = checked()
    assert "update-complainant" not in found
    assert "update-officer" in found
    assert {problem.file for problem in wrong} == {"update-complainant.md"}


def test_the_command_checks_lists_and_shows_and_fails_for_a_wrong_file(home: Path) -> None:
    run = CliRunner()
    assert run.invoke(app, ["check"]).exit_code == 0
    assert "update-complainant" in run.invoke(app, ["list", "--json"]).stdout
    assert "{{addressee.name}}" in run.invoke(app, ["show", "withdrawal-letter"]).stdout
    (home / "letters").mkdir()
    (home / "letters" / "ours.md").write_text(GOOD.replace("update-complainant", "ours").replace("Dear", "# Dear"))
    failed = run.invoke(app, ["check"])
    assert isinstance(failed.exception, UnsoundTemplates)
    assert "ours.md, line 13" in str(failed.exception)


def test_a_wrong_letterhead_says_so(home: Path) -> None:
    assert letterhead().force == "The police force"
    (home / "letters").mkdir()
    (home / "letters" / "letterhead.toml").write_text('force = "Borsetshire Police"')
    with pytest.raises(UnsoundTemplates, match=r"letterhead\.toml, line 1"):
        letterhead()


# Words


def facts(**given: Any) -> Facts:
    plain: dict[str, Any] = {
        "matter_ref": "PM-1",
        "matter_kind": "Conduct matter",
        "matter_came_on": None,
        "addressee_name": "Carla Willow",
        "about_name": "",
        "officers": ("PC Ash", "PC Birch", "PC Elm"),
        "allegations": ("Rudeness", "Delay"),
        "handler": "",
        "investigator": "",
        "writer": "W",
        "force": "F",
        "department": "D",
        "contact": "C",
    }
    return Facts(**plain | given)


def words(text: str, **given: Any) -> str:
    return text_of(filled(text, facts(**given), {}, LAW)[0])


def test_a_list_is_items_in_a_list_and_words_in_a_sentence() -> None:
    assert words("- {{allegations}}") == "- Rudeness\n- Delay\n"
    assert words("About {{officers}}.") == "About PC Ash, PC Birch and PC Elm.\n"


def test_a_fact_that_is_not_known_stands_as_a_gap_and_is_named() -> None:
    blocks, missing = filled("Handled by {{handler.name}}.", facts(), {}, LAW)
    assert blocks[0].text == "Handled by [The record does not say who handles the matter.]."
    assert [one.name for one in missing] == ["handler.name"]


def test_days_and_lengths_are_written_as_the_law_counts_them() -> None:
    text = "{{event.outcome_decided}}, {{length.CMP-07}}"
    given = {"events": {"outcome_decided": KnownDate.of(2026, 11, 20)}, "lengths": {"CMP-07": "28 calendar days"}}
    assert words(text, **given) == "Friday 20 November 2026, 28 calendar days\n"
    assert words(text, **given | {"events": {"outcome_decided": KnownDate.of(2026, 11)}}).startswith("November 2026")
    assert all(clock.unit is Unit.ASAP or clock.length_words for clock in LAW.clocks())


def test_text_and_blocks_are_one() -> None:
    text = "Dear you\n\n## One\n\n- a\n- b\n\nLast words.\n"
    assert text_of(blocks_of(text)) == text
    assert [block.kind for block in blocks_of(text)][1:3] == [BlockKind.HEADING, BlockKind.ITEM]


def test_short_words_in_short_sentences_read_more_easily() -> None:
    hard = "Notwithstanding the aforementioned considerations, determination necessitates supplementary investigation."
    assert reading_ease(hard) < 30 < 80 < reading_ease("We looked at it. We found no one. We will write to you.")


# What it looks like


def test_a_letter_is_laid_out_alike_each_time_and_its_marks_stay_words() -> None:
    kept = kept_text(
        letterhead(),
        lines=lines_above(
            on=KnownDate.of(2026, 11, 23).earliest, to="O'Neil <b> #x $y$", matter_ref="PM-1", letter_ref="PN-1"
        ),
        title="A title",
        text="Dear #emph[you] & *him*\n\n## Part\n\n- one\n- two\n\n" + "A long line. " * 400,
    )
    sheet = sheet_of(kept, issued_on=KnownDate.of(2026, 11, 23).earliest)
    assert (sheet.title, sheet.lines[1], sheet.footer) == (
        "A title",
        "To: O'Neil <b> #x $y$",
        "Our reference: PM-1, letter PN-1",
    )
    pdf = pdf_of(sheet)
    assert pdf == pdf_of(sheet)
    assert b"pdfuaid" in pdf
    assert b"/StructTreeRoot" in pdf
    assert docx_of(sheet) == docx_of(sheet)
