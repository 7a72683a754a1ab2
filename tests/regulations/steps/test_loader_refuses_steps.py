"""A step that is not sound is not loaded: the refusal names the file, the step, the field and the reason."""

from pathlib import Path

import pytest

from peelian import statute
from peelian.statute import Step, UnsoundLaw
from peelian.statute.loading import forms_of
from peelian.statute.step_rows import steps

LAW = statute.product()
SOUND = """
[[step]]
key = "referral"
words = "Referral"
law = "PRA Sch 3 para 4"
owner = "assess_conduct"
kinds = ["complaint_s3"]

[[step.question]]
key = "must"
words = "Must it be referred?"

[[step.option]]
key = "refer"
words = "Refer"
events = ["referral_required"]

[[step.option]]
key = "no"
words = "Do not refer"

[[step.indicates]]
option = "refer"
every = ["must"]
words = "It must."

[[step.indicates]]
option = "no"
words = "It need not."

[[step]]
key = "interview"
words = "Interview"
law = "SI 2020/4 reg 20"
per = "officer"
owner = "investigate"
kinds = ["complaint_s3"]
after = ["referral=no"]

[[step.option]]
key = "fixed"
words = "Fixed"
asks_day = "the day"
events = ["interview_day_specified"]
"""
CASES = {
    "no law": ('law = "SI 2020/4 reg 20"\n', "", "interview", "law", "no law, no load"),
    "an unknown instrument": ("SI 2020/4 reg 20", "SI 1999/999 reg 1", "interview", "law", "SI 1999/999"),
    "no words": ('words = "Interview"\n', "", "interview", "words", "must be given"),
    "a key used twice": ('key = "interview"', 'key = "referral"', "referral", "key", "used twice"),
    "an unknown power": ('owner = "investigate"', 'owner = "wish"', "interview", "owner", "wish"),
    "a countersign as a step": ('owner = "investigate"', 'owner = "countersign"', "interview", "owner", "signature"),
    "an unknown kind": ('kinds = ["complaint_s3"]', 'kinds = ["grumble"]', "referral", "kinds", "grumble"),
    "an unknown worker": ("after = [", 'workers = ["robot"]\nafter = [', "interview", "workers", "robot"),
    "an unknown person": ('per = "officer"', 'per = "horse"', "interview", "per", "horse"),
    "somebody apart where nobody signs": ("asks_day", 'apart = ["L"]\nasks_day', "interview fixed", "apart", "signs"),
    "no outcome": (SOUND[SOUND.rindex("[[step.option]]") :], "", "interview", "option", "at least one outcome"),
    "two outcomes of one key": ('key = "no"', 'key = "refer"', "referral", "option", "one key"),
    "an unknown event": ('"referral_required"', '"the_moon_rose"', "referral refer", "events", "the_moon_rose"),
    "an event of another kind of matter": (
        'kinds = ["complaint_s3"]\n\n[[step.question]]',
        'kinds = ["complaint_outside_s3"]\n\n[[step.question]]',
        "referral",
        "events",
        "referral_required",
    ),
    "a person's event for the matter": ('per = "officer"\n', "", "interview", "events", "recorded for a person"),
    "a step nobody wrote": ('"referral=no"', '"wishing"', "interview", "after", "wishing"),
    "an outcome nobody wrote": ('"referral=no"', '"referral=maybe"', "interview", "after", "referral=maybe"),
    "a loose not_after": ("after = [", 'not_after = ["gone"]\nafter = [', "interview", "not_after", "gone"),
    "a loose independence": ("after = [", 'independent_of = ["x"]\nafter = [', "interview", "independent_of", "'x'"),
    "a loose need": ("asks_day", 'needs = ["y"]\nasks_day', "interview", "needs of fixed", "'y'"),
    "a loose unless": ("asks_day", 'unless = ["z"]\nasks_day', "interview", "unless of fixed", "'z'"),
    "a condition of other people": (
        'owner = "assess_conduct"',
        'owner = "assess_conduct"\nper = "complainant"',
        "interview",
        "after",
        "never stands",
    ),
    "a question without indication": (
        SOUND[SOUND.index("[[step.indicates]]") : SOUND.index('[[step]]\nkey = "interview"')],
        "",
        "referral",
        "indicates",
        "come together",
    ),
    "a default with a condition": (
        'words = "It need not."',
        'every = ["must"]\nwords = "It need not."',
        "referral",
        "indicates",
        "without a condition",
    ),
    "a default before the last": ('every = ["must"]\n', "", "referral", "indicates", "without a condition"),
    "an indication of no question": (
        'every = ["must"]',
        'every = ["may"]',
        "referral indicates refer",
        "every",
        "'may'",
    ),
    "an indication of no outcome": (
        'option = "refer"',
        'option = "refers"',
        "referral indicates refers",
        "option",
        "refers",
    ),
    "an unknown table": (
        "[[step.question]]",
        'asks_tables = ["tea"]\n[[step.question]]',
        "referral",
        "asks_tables",
        "tea",
    ),
    "an unknown code": ("asks_day", 'code = "D-NOPE"\nasks_day', "interview fixed", "code", "D-NOPE"),
    "a fixed day nobody asks for": ('asks_day = "the day"\n', "", "interview fixed", "asks_day", "fixed beforehand"),
    "a day asked for nothing": (
        'words = "Do not refer"',
        'words = "Do not refer"\nasks_day = "the day"',
        "referral no",
        "asks_day",
        "fixed beforehand",
    ),
    "a truth that is text": ("after = [", 'again = "yes"\nafter = [', "interview", "again", "true or false"),
}


def load(folder: Path, text: str) -> dict[str, Step]:
    (folder / "assessment.toml").write_text(text)
    return steps(folder, forms_of(LAW.instruments), LAW.events, LAW.sections)


def test_what_is_sound_is_loaded_with_its_conditions_and_its_default(tmp_path: Path) -> None:
    found = load(tmp_path, SOUND)
    assert list(found) == ["referral", "interview"]
    assert found["interview"].after == ("referral=no",)
    assert [one.option for one in found["referral"].indications] == ["refer", "no"]
    assert found["referral"].unverified


@pytest.mark.parametrize("name", sorted(CASES))
def test_what_is_not_sound_is_refused(name: str, tmp_path: Path) -> None:
    old, new, row, field, reason = CASES[name]
    assert SOUND.count(old), f"the sound rows no longer hold {old!r}"
    with pytest.raises(UnsoundLaw) as refused:
        load(tmp_path, SOUND.replace(old, new, 1))
    said = refused.value
    assert (said.file, said.row, said.field) == ("steps/assessment.toml", row, field)
    assert reason in said.reason


def test_a_file_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsoundLaw, match="not a TOML file"):
        load(tmp_path, "[[step]\n")


def test_a_first_step_is_asked_only_on_the_kinds_that_have_it(tmp_path: Path) -> None:
    text = SOUND.replace('after = ["referral=no"]', 'after = ["referral=no"]\nafter_on = ["dsi"]')
    step = load(tmp_path, text)["interview"]
    assert step.comes_after("dsi") == ("referral=no",)
    assert step.comes_after("complaint_s3") == ()
