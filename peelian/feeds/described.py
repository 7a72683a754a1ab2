"""The reference of column maps as text, for `docs/reference/column-map.md`."""

from peelian.feeds.cells import LONGEST, LONGEST_IDENTIFIER, NAME_MISSING, STANDARD_MISSING
from peelian.feeds.fields import FIELDS, Content, Shape
from peelian.feeds.maps import known_maps
from peelian.feeds.readers import READABLE
from peelian.feeds.rows import Reason

_SHAPES = {
    Shape.IDENTIFIER: f"identifier: always text, at most {LONGEST_IDENTIFIER} characters; scientific form is refused",
    Shape.NAME: "name: spaces put right, nothing else",
    Shape.NAMES: "names: several, parted by `separator` or in several columns",
    Shape.FULL_NAME: "whole name, `Family, Given` or `Given Family`; fills family_name and given_names",
    Shape.TEXT: f"text: at most {LONGEST:,} characters, `values` applied",
    Shape.LONG_TEXT: "long text: kept as it stands",
    Shape.DATE: "date: to the day, the month or the year, by `forms`",
    Shape.YEAR: "year: a whole number",
    Shape.FLAG: "flag: yes or no",
    Shape.CHOICE: "choice",
}
_TOP = (
    ("source", "yes", "the key under which loads of this source are compared with one another"),
    ("title", "yes", "what people call it"),
    ("content", "yes", "the kind of content: " + ", ".join(f"`{one.value}`" for one in Content)),
    ("key", "yes", "columns that together name a record; may not change between extracts"),
    ("words", "", "what the source is, for a reader"),
    ("ignored", "", "columns that are known and left out on purpose"),
    ("skip_totals", "", "whether a totals row is set aside as such; true unless said"),
    ("[file]", "", "`encoding`, `delimiter`, `sheet`, `header_row`; each found out where it is not said"),
    ("[constants]", "", "fields with one value for the whole file"),
    ("[[column]]", "yes", "one for each column, see below"),
    ("[[order]]", "", "`first` cannot lie after `then`; `broken` is `note` (the row is kept and says so) or `refuse`"),
    ("[placeholders]", "", "`keys` and `patterns` of person keys that stand for nobody"),
)
_COLUMN = (
    ("name", "the column's name; case, spaces and punctuation do not count"),
    ("also", "other names of the same column"),
    ("field", "the field it fills, see below"),
    ("optional", "whether a file may lack it; false unless said"),
    ("forms", "date forms tried in order: strptime forms, `year` (1986 or 1986.0) or `serial` (a day number)"),
    ("pivot", "last two-digit year that is 20xx; needed with `%y`; every such date is noted on its row"),
    ("not_before, not_after", "days outside which a date is impossible"),
    ("missing", "words that mean nothing was recorded; replaces the standard ones"),
    ("values", "table from a word of the file to the value, blind to case and dashes"),
    ("unmapped", "a word the table lacks: `keep` (and note), `missing` (and note) or `refuse`"),
    ("digits", "full length of an identifier made of digits; a shorter one is noted"),
    ("separator", "between several names; `;` unless said"),
    ("formula_errors", "`refuse` (unless said) or `missing`"),
)


def column_map_text() -> str:
    """The whole page, in Markdown."""
    lines = ["# Column maps", "", "How to write one: [how-to](../how-to/write-a-column-map.md).", ""]
    lines += [
        f"What can be read: {READABLE}.",
        "",
        "## The map",
        "",
        "| entry | needed | what it says |",
        "|---|---|---|",
    ]
    lines += [f"| `{name}` | {needed} | {words} |" for name, needed, words in _TOP]
    lines += ["", "## A column", "", "| entry | what it says |", "|---|---|"]
    lines += [f"| `{name}` | {words} |" for name, words in _COLUMN]
    lines += ["", "An empty cell is always missing. Unless the column says otherwise, so are the words "]
    lines[-1] += ", ".join(f"`{word}`" for word in STANDARD_MISSING)
    lines[-1] += "; in names only " + ", ".join(f"`{word}`" for word in NAME_MISSING)
    lines[-1] += ". The word is kept beside the missing field."
    lines += ["", "## Fields", ""]
    for content, fields in FIELDS.items():
        lines += [
            f"### `{content.value}`: {content.words}",
            "",
            "| field | what it is | how it is read |",
            "|---|---|---|",
        ]
        for field in fields.values():
            needed = " (needed)" if field.required else ""
            choices = f": {', '.join(f'`{one}`' for one in field.choices)}" if field.choices else ""
            lines.append(f"| `{field.name}` | {field.words}{needed} | {_SHAPES[field.shape]}{choices} |")
        lines.append("")
    lines += ["## Why a row is set aside", "", "| code | in words |", "|---|---|"]
    lines += [f"| `{reason.value}` | {reason.words} |" for reason in Reason]
    lines += ["", "## Maps shipped", "", "| source | content | title |", "|---|---|---|"]
    lines += [f"| `{one.source}` | {one.content.words} | {one.title} |" for one in known_maps()]
    return "\n".join(lines) + "\n"
