"""docs/reference/wash.md: what goes into a wash, in words printed from the schema."""

from peelian.wash.manifest import BASIS
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
path = "pnd.parquet"
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
record_id,full_name,birth_on,sex,address,postcode,part,recorded_on,category
CR/2019/004411-2,"SHAH, Molly",03/04/1971,F,12 Mill Ln,QA1 4AB,suspect,2019-06-30,harassment
"""

ACCOUNT = """\
CSV needs a header; commas, semicolons, tabs or bars part its cells. Only the key and a name are needed, and a column
that a file has not may be left out. A row is *accepted*, *set aside* (its reason and its cells stand in
`set_aside.csv` beside the store) or *withheld* (victims and witnesses, where the terms of the source do not let them be
washed: counted, and not kept). Rows = accepted + set aside + withheld, for each file, or the build fails. The lines of
a CSV file are counted a second time without regard to its cells: a quotation mark that stands open and swallows rows is
found.

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
    return "\n".join(lines) + "\n"
