"""Audiences and grounds as a page: printed into docs/reference/disclosure.md."""

from datetime import date

from peelian.rules.disclosure import audiences, grounds
from peelian.statute import Register

LAST_DAY = date.max


def disclosure_text(law: Register) -> str:
    """Every audience with what it gets, every ground with those against whom it stands, and our own rules."""
    to, on = audiences(law, LAST_DAY), grounds(law, LAST_DAY)
    lines = [
        "# Disclosure: audiences and grounds",
        "",
        "To whom material may be given, and on which grounds it is kept back. A decision to redact or withhold binds"
        " towards those against whom one of its grounds stands. See"
        " [Disclose material](../how-to/disclose-material.md)."
        " Unverified: nobody has held the row against the text of the law.",
        "",
        "## Audiences",
        "",
        "| audience | gets | of the schedule, unless taken out | names of the protected | index lists what is kept back"
        " | law |",
        "|---|---|---|---|---|---|",
    ]
    for one in to:
        default = ", ".join(word for word in ("used", "unused", "sensitive") if getattr(one, word))
        lines.append(
            f"| {one.words} | {one.gives} | {default} | {'refused' if one.protects else 'may stand'}"
            f" | {'yes' if one.lists_withheld else 'no'} | {one.law}{_mark(one.unverified)} |"
        )
    lines += [
        "",
        "## Grounds",
        "",
        "| ground | words | a ground of the harm test | against | law |",
        "|---|---|---|---|---|",
    ]
    words = {one.key: one.words for one in to}
    for ground in on:
        against = "; ".join(words[key] for key in ground.audiences)
        harm = "yes" if ground.is_harm else "no"
        lines.append(
            f"| {ground.label} | {ground.words} | {harm} | {against} | {ground.law}{_mark(ground.unverified)} |"
        )
    lines += ["", "## Rules", "", "| rule | says | law |", "|---|---|---|"]
    for row in law.table("disclosure_rule"):
        days = f" Within {row['days']} days." if "days" in row.fields else ""
        lines.append(f"| `{row.key}` | {row['rule']}{days} | {row.law}{_mark(row.unverified)} |")
    return "\n".join(lines) + "\n"


def _mark(unverified: bool) -> str:
    return " (unverified)" if unverified else ""
