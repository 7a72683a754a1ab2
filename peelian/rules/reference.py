"""The law reference, printed from the tables and the rules: `docs/reference/law.md`. The same text every time."""

from collections import Counter
from datetime import date

from peelian.rules.coverage import Coverage, coverage
from peelian.rules.registered import registered
from peelian.statute import Clock, Register

_TRACKS = {
    "complaint": "Complaints",
    "referral": "Referral to the IOPC",
    "investigation": "Investigation",
    "suspension": "Suspension",
    "proceedings": "Misconduct proceedings",
    "accelerated": "Accelerated hearings and former officers",
    "appeal": "Police Appeals Tribunal",
    "lists": "Barred and advisory lists",
    "warnings": "Warnings",
    "reflective": "Reflective practice",
    "performance": "Performance",
    "vetting": "Vetting",
    "information": "Information rights and victims",
    "lessons": "Lessons: local rules",
}


def law_text(law: Register) -> str:
    """The page: instruments, editions of the scheme, clocks with what drives them, rules, and coverage."""
    lines = [
        "# The law in Peelian",
        "",
        "Every time limit, with its provision and what starts and meets it. *Unverified* means that nobody has yet "
        "read the number in the text of the law: the row is used, and every answer from it says so. Not legal advice.",
        "",
        *_editions(law),
        *_clocks(law),
        *_rules(),
        *_instruments(law),
        *_coverage(law),
    ]
    return "\n".join(lines).rstrip() + "\n"


def track_words(track: str) -> str:
    """A heading for a track of clocks."""
    return _TRACKS.get(track, track.capitalize())


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _editions(law: Register) -> list[str]:
    lines = ["## Editions of the scheme", "", "| edition | from | law | which matters | clocks held |"]
    lines.append("|---|---|---|---|---|")
    for one in law.scheme:
        held = "yes" if one.held else "no: no clock starts"
        lines.append(f"| {one.title} | {_day(one.in_force_from)} | {one.law} | {_cell(one.saving)} | {held} |")
    return [*lines, ""]


def _clocks(law: Register) -> list[str]:
    lines = ["## Clocks", ""]
    clocks = law.clocks()
    for track in dict.fromkeys(clock.track for clock in clocks):
        lines += [f"### {track_words(track)}", ""]
        for clock in clocks:
            if clock.track == track:
                lines += _clock(law, clock)
    return lines


def _clock(law: Register, clock: Clock) -> list[str]:
    drive = law.drives[clock.id]
    words = {key: law.events[key].words for key in (*drive.starts, *drive.met_by)}
    mark = " (proposed, not law)" if clock.in_force_from is None else " (unverified)" if clock.unverified else ""
    lines = [
        f"#### {clock.id} {clock.name}{mark}",
        "",
        f"- {clock.length_words}; {clock.count_from.words}."
        if clock.length
        else "- No number: as soon as practicable.",
        f"- Law: {clock.law} ({clock.force})",
        f"- Owed by {clock.actor} to {clock.owed_to}",
        f"- Starts: {'; '.join(words[key] for key in drive.starts)}",
    ]
    if drive.met_by:
        lines.append(f"- Met by: {'; '.join(words[key] for key in drive.met_by)}")
    if beyond := drive.otherwise:
        who = ", ".join(one.words.lower() for one in beyond.workers)
        lines.append(f"- Where everybody concerned is {who}: {beyond.law}. {beyond.says}")
    if clock.extendable:
        lines.append(f"- May be extended: {clock.extendable}")
    for edition in law.editions(clock.id):
        if edition.in_force_from:
            ends = f" until {_day(edition.in_force_to)} (not included)" if edition.in_force_to else ""
            lines.append(f"- In force from {_day(edition.in_force_from)}{ends}")
        if edition.saving:
            lines.append(f"- Saving: {edition.saving}")
    return [*lines, ""]


def _rules() -> list[str]:
    lines = ["## Rules", "", "| rule | implements | what it says |", "|---|---|---|"]
    lines += [f"| `{rule.name}` | {rule.law} | {_cell(rule.says)} |" for rule in registered()]
    return [*lines, ""]


def _instruments(law: Register) -> list[str]:
    lines = ["## Instruments", "", "| short form | title | kind | in force from |", "|---|---|---|---|"]
    for one in law.instruments.values():
        title = f"[{one.title}]({one.url})" if one.url else one.title
        lines.append(f"| {one.key} | {title} | {one.kind} | {_day(one.in_force_from)} |")
    return [*lines, ""]


def _coverage(law: Register) -> list[str]:
    found = coverage(law)
    counts = Counter(one.state for one in found)
    lines = ["## Coverage", ""]
    lines += [f"- {counts[state]} {state}: {state.words}" for state in Coverage]
    lines += ["", "| instrument | implemented | data only | not modelled |", "|---|---|---|---|"]
    for key in law.instruments:
        cells = []
        for state in Coverage:
            names = [one.provision for one in found if one.instrument == key and one.state is state]
            cells.append(", ".join(names))
        if any(cells):
            lines.append(f"| {key} | {' | '.join(cells)} |")
    return [*lines, ""]
