"""The letters as a page: printed into docs/reference/letters.md."""

from peelian.publish.placeholders import FAMILIES, SIMPLE
from peelian.publish.templates import SHIPPED, Template, read
from peelian.statute import Register


def letters_text(law: Register) -> str:
    """Every shipped letter with its addressee, law, the events that its service records, and its reading ease."""
    found = [made for path in sorted(SHIPPED.glob("*.md")) if (made := read(path, law)[0]) is not None]
    lines = [
        "# Letters and notices",
        "",
        "Every letter that is shipped. A force changes one with a file of the same name: see"
        " [Change a letter](../how-to/change-a-letter.md). Reading ease is Flesch's measure: above 60 is plain.",
        "",
        "| letter | title | to | law | its service records | on the day it is | reading ease |",
        "|---|---|---|---|---|---|---|",
        *(_row(one) for one in found),
        "",
        "## Placeholders",
        "",
        "The facts that a template may ask for, and no others.",
        "",
        "| placeholder | what stands there |",
        "|---|---|",
        *(f"| `{{{{{name}}}}}` | {words} |" for name, words in (SIMPLE | FAMILIES).items()),
        "",
        "## Ways of service",
        "",
        "| way | served | law | for | in force from |",
        "|---|---|---|---|---|",
    ]
    for row in law.table("service_way"):
        days = f"{row['working_days']} working days after" if row["working_days"] else "that day"
        rolls = ", or the next working day" if row["rolls"] else ""
        scope = "notices under the Conduct Regulations" if row["conduct"] else "other letters"
        lines.append(
            f"| {row['label']} | {days}{rolls}{' (unverified)' if row.unverified else ''} | {row.law} | {scope}"
            f" | {row.in_force_from} |"
        )
    return "\n".join(lines) + "\n"


def _row(one: Template) -> str:
    events = ", ".join(f"`{key}`" for key in one.records) or "nothing"
    day = one.counts if one.records else ""
    return f"| `{one.key}` | {one.title} | {one.addressee_words} | {one.law} | {events} | {day} | {one.ease} |"
