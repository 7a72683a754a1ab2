"""docs/reference/wash.md: what goes into a wash, in words printed from the schema."""

from peelian.wash.candidates import rules
from peelian.wash.manifest import BASIS
from peelian.wash.model import card_text, load_model
from peelian.wash.normal import table
from peelian.wash.schema import COLUMNS, Side

MANIFEST = """\
[people]
path = "people.csv"                        # counted from the folder of this file; CSV or Parquet
purpose = "integrity screening of the workforce"
lawful_basis = "the provision or power relied on"
impact_assessment = "DPIA-2026-014"
approved_by = "Deputy Chief Constable"
expires_on = 2027-03-31

[[source]]
id = "pnd"
title = "Police National Database extract"
path = "records.csv"
as_of = 2026-11-01
purpose = "integrity screening of the workforce"
lawful_basis = "the provision or power relied on"
impact_assessment = "DPIA-2026-014"
approved_by = "Deputy Chief Constable"
expires_on = 2027-03-31
victims_and_witnesses = "withheld"         # or "welfare": washed, and only ever for their support
dates = "day first"                        # or "month first"

[source.columns]                           # our column = the file's, where they differ
record_id = "NOMINAL_ID"
birth_on = "DOB"
"""
PEOPLE = """\
person_id,family_name,given_names,other_names,known_as,birth_on,sex,address,postcode,address_to,phone
E100234,O'Brien-Shah,Mary Jane,Jones,Molly,1971-04-03,F,12 Mill Lane; 9 High St,QA1 4AB; QB1 7AA,; 2016-08-31,
"""
RECORDS = """\
NOMINAL_ID,full_name,DOB,sex,address,postcode,part,recorded_on,category
CR/2019/004411-2,"SHAH, Molly",03/04/1971,F,12 Mill Ln,QA1 4AB,suspect,2019-06-30,harassment
"""

OUTPUT = """\
`peelian wash run --store folder` writes `pairs.parquet` beside the store and prints the report. One row is one pair:
`person_id`, `source`, `record_id`, `weight` (bits; 0 is even odds, 10 a thousand to one), `band` (the grade), `link`
(`person`, or `association`: the record is an associate's), `purpose` (`integrity`, or `welfare` for victims and
witnesses), `unsure` (why), `words_for`, `words_against`, `associate_of`, `relation`, `part`, `category`, `recorded_on`,
`resolved_on`, `same_day` (the record of a sexual offence that nobody has resolved: raise it the day it is found),
`pass` (2: found again with what near-certain records lend to the person), `serious` (a sexual offence, resolved or
not), `sides` (what was compared: what, of the person, of the record), `marks` (the record's numbers that one person
bears) and `steps` (how the weight adds up: the words and the bits of each comparison, from the odds before anything was
compared).

`peelian wash take-in --store folder` hands the file and the report to those who judge; see
[the how-to](../how-to/wash-the-workforce.md).

`peelian wash explain PERSON RECORD --store folder` shows how one weight adds up. Killed at any moment, `build`
and `run` go on where they stopped. The report opens with the sources that were refused or missing, and every person and
every record stands in it somewhere: people = with pairs + no trace + too little known + without a name. If a sum does
not come out, no report is printed.
"""
NIGHTLY = """\
`peelian wash nightly night.toml --store folder` takes in what is new or changed since, and compares new and changed
people with all records and all people with the new and changed records. Its manifest is written as the one above: every
source that the store holds, with its lawful basis as it stands that day. A part without a `path` brings nothing. The
files hold only what is new or changed; a person who changed stands there with all their rows. A row that the store
holds as it is, is counted as held already, so the same night washed twice changes nothing. What comes out is what a
full run over the same store would come to, pair by pair and weight by weight: how common a name is was counted when the
store was built, and is counted anew by a new build.

It prints what is to be raised today first, and writes `changes.csv` (each pair that appeared, went, or weighs
otherwise, with the reason) and `pairs.parquet` anew. It is one transaction: killed, nothing of it has happened. A
source whose approval has ended stops the night: it is renewed, or the store is built without it.
"""
RULES = """\
A pair that agrees in all parts of one of these rules. A common name alone puts nobody together: a name without a
date of birth counts only where few records of all are expected to bear it.
"""
ACCOUNT = """\
CSV needs a header; commas, semicolons, tabs or bars part its cells. Only the key and a name are needed, and a column
that a file has not may be left out. A row is *accepted*, *set aside* (its reason and its cells stand in
`set_aside.csv` beside the store) or *withheld* (victims and witnesses, where the terms of the source do not let them be
washed: counted, and not kept). Rows = accepted + set aside + withheld, for each file, or the build fails. The lines of
a CSV file are counted a second time without regard to its cells: a quotation mark that stands open and swallows rows is
found. A row is counted without the header; of a line that is no row, the line of the file is given. A date of birth
that says nothing is left out of its row, which is kept: `left_out.csv` has its file, row, key, field, what was written
and why. Whoever stands in a row of the workforce that was set aside is not washed: the report says how many rows.

What is built is not read again: `build` said once more over a whole store answers what it read. A source that was
missing or refused is washed by a build in another folder, a changed file by a night. A word in the manifest that is not
known is refused, so that none is passed over that should have said something.

A person may stand on several rows, which are read together. A record stands on one. What is compared is kept in one
form (lower case without accents, digits of a telephone, postcode and house); the files are not kept.
"""


def wash_text() -> str:
    """The page."""
    lines = ["# The wash", ""]
    lines.append(
        "The workforce matched against records held about people. It runs from the shell, on anybody's data:"
        " `peelian wash build wash.toml --store folder`. Nothing in it confirms that two are one person; people do."
    )
    lines += ["", "## What is washed: the manifest", "", "```toml", *MANIFEST.splitlines(), "```", ""]
    lines.append(
        "No source is washed without all of these; one that lacks any is refused, and the report says so first:"
    )
    lines += ["", *(f"- `{name}`: {words}" for name, words in BASIS.items())]
    for side in Side:
        lines += ["", f"## The columns of {side.value}", ""]
        lines += ["| column | what it holds | several, with `;` between | example |", "|---|---|---|---|"]
        for column in COLUMNS[side]:
            many = "yes" if column.many else ""
            lines.append(f"| `{column.name}` | {column.words} | {many} | `{column.example}` |")
        lines += ["", "```csv", *(PEOPLE if side is Side.PEOPLE else RECORDS).splitlines(), "```"]
    lines += ["", "## Every row in is accounted for", ""]
    lines += ACCOUNT.splitlines()
    lines += ["", "## What comes out", "", *OUTPUT.splitlines(), ""]
    lines += ["| grade | when |", "|---|---|", *(f"| `{grade}` | {words} |" for grade, words in _grades())]
    lines += ["", "A pair is unsure, whatever its weight, where it looks like one of these:", ""]
    lines += [f"- {words}" for words in table("grades")["words"].values()]
    lines += ["", "## Every night", "", *NIGHTLY.splitlines()]
    lines += ["", "## Which pairs are looked at", "", *RULES.splitlines(), ""]
    lines += ["| rule | of the person | of the record |", "|---|---|---|"]
    for rule in rules():
        notes = [
            note
            for note, holds in (("rare names only", rule.rare), ("records without a birth date", rule.undated))
            if holds
        ]
        said = f" ({'; '.join(notes)})" if notes else ""
        lines.append(f"| `{rule.id}`{said} | {_listed(rule.person)} | {_listed(rule.record)} |")
    lines += ["", "## What the model believes", "", "```text", *card_text(load_model()).splitlines(), "```"]
    return "\n".join(lines) + "\n"


def _grades() -> list[tuple[str, str]]:
    data = table("grades")
    return [
        ("certain", f"{data['certain']:g} bits or more, and something beyond names and date of birth agrees"),
        ("probable", f"{data['probable']:g} bits or more"),
        ("possible", f"{data['possible']:g} bits or more"),
        ("unsure", "a trap: see below"),
    ]


def _listed(parts: tuple[str, ...]) -> str:
    return ", ".join(f"`{part}`" for part in parts)
