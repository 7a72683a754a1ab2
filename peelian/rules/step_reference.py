"""The steps of casework, printed from their rows: `docs/reference/steps.md`. The same text every time."""

from collections.abc import Iterable, Iterator

from peelian.statute import Option, Per, Register, Step
from peelian.statute.step_rows import SAID
from peelian.terms.contact import Topic
from peelian.terms.matters import MatterKind
from peelian.terms.people import PersonKind

_FOR = {
    Per.MATTER: "the matter",
    Per.OFFICER: "each person concerned",
    Per.COMPLAINANT: "each complainant",
    Per.INTERESTED: "each interested person",
}
_INTRO = (
    "Who decides what, after what, with which outcomes, and which clocks move. The rows are in"
    " `peelian/statute/steps`; nothing here is typed twice. *Unverified* means that nobody has yet read the text of the"
    " law for that row. Not legal advice."
)
_MARKS = (
    "**Joint view**: only after everything known of each person concerned was read. **Apart from**: whoever took one of"
    " these may not take this one. An outcome with **²** takes effect once a second, independent person has signed;"
    " **³**: that person is of another unit and another line manager than whoever took it, and did not investigate"
    " (LES-05, LES-17, LES-23). One with editions in brackets is open under those editions of the scheme alone. In the"
    " diagrams an arrow says what must stand first, dashed steps belong to another stage, and a step without an arrow"
    " is open from the start."
)


def steps_text(law: Register) -> str:
    """The page: for each stage a diagram, a table of steps, and what the rules ask and indicate."""
    lines = ["# The steps of casework", "", _INTRO, "", _MARKS, "", *_count(law)]
    for stage in dict.fromkeys(step.stage for step in law.steps.values()):
        found = [step for step in law.steps.values() if step.stage == stage]
        lines += [f"## {_title(stage)}", "", *_diagram(law, found), *_table(law, found), *_asked(found)]
    return "\n".join(lines).rstrip() + "\n"


def _title(stage: str) -> str:
    return stage.replace("_", " ").capitalize()


def _count(law: Register) -> list[str]:
    every = list(law.steps.values())
    outcomes = sum(len(step.options) for step in every)
    unread = sum(step.unverified for step in every)
    return [f"{len(every)} steps with {outcomes} outcomes; the law of {unread} steps is unverified.", ""]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _table(law: Register, found: Iterable[Step]) -> list[str]:
    lines = ["| step | for | taken by | after | outcomes | clocks | law |", "|---|---|---|---|---|---|---|"]
    for step in found:
        cells = (
            f"**{_cell(step.words)}** `{step.key}`<br>{_cell(step.says)}",
            "<br>".join(_whom(step)),
            "<br>".join(_owner(law, step)),
            "<br>".join(_order(law, step)),
            "<br>".join(_cell(_outcome(option)) for option in step.options),
            "<br>".join(_clocks(law, step)),
            _cell(step.law) + ("<br>unverified" if step.unverified else ""),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def _whom(step: Step) -> Iterator[str]:
    yield _FOR[step.per]
    if step.workers:
        yield ", ".join(PersonKind(kind).words.lower() for kind in step.workers)
    if set(step.kinds) != set(MatterKind):
        yield "on: " + "; ".join(MatterKind(kind).words for kind in step.kinds)


def _owner(law: Register, step: Step) -> Iterator[str]:
    yield f"who may {step.owner.words}"
    if step.joint_view:
        yield "**joint view**"
    if step.independent_of:
        yield "**apart from** " + ", ".join(_words(law, key.partition("=")[0]) for key in step.independent_of)


def _order(law: Register, step: Step) -> Iterator[str]:
    if step.after:
        only = f" (on {', '.join(MatterKind(kind).words for kind in step.after_on)})" if step.after_on else ""
        yield " or ".join(_condition(law, word) for word in step.after) + only
    if step.not_after:
        yield "not after " + " or ".join(_condition(law, word) for word in step.not_after)
    if not step.again:
        yield "once"


def _words(law: Register, key: str) -> str:
    """The words of a step, or of what the person says of themselves."""
    step = law.steps.get(key)
    if step is not None:
        return step.words
    said = Topic(key.removeprefix(SAID)).words
    return f"They say that they want {said[0].lower()}{said[1:]}"


def _condition(law: Register, word: str) -> str:
    key, _, outcome = word.partition("=")
    if key not in law.steps:
        return _cell(_words(law, key))
    step = law.steps[key]
    option = step.option(outcome)
    return _cell(f"{step.words}: {option.words}" if option else step.words)


def _outcome(option: Option) -> str:
    said = option.words + ("²" if option.countersign else "") + ("³" if option.apart else "")
    if option.code:
        said += f" `{option.code}`"
    if option.editions:
        said += f" ({', '.join(option.editions)})"
    return said


def _clocks(law: Register, step: Step) -> Iterator[str]:
    recorded = {key for option in step.options for key in (*option.events, *option.events_again)}
    starts, ends = [], []
    for drive in law.drives.values():
        if recorded.intersection(drive.starts):
            starts.append(drive.clock)
        if recorded.intersection((*drive.met_by, *drive.ended_by, *drive.released_by)):
            ends.append(drive.clock)
    if starts:
        yield "starts " + ", ".join(starts)
    if ends:
        yield "meets or ends " + ", ".join(ends)


def _diagram(law: Register, found: list[Step]) -> list[str]:
    here = {step.key for step in found}
    lines, elsewhere = [], dict[str, None]()
    for step in found:
        lines.append(f'    {step.key}["{_plain(step.words)}"]')
        for key, outcomes in _first(step).items():
            if key not in here:
                elsewhere[key] = None
            words = [option.words for one in outcomes if (option := law.steps[key].option(one)) is not None]
            label = f'|"{"<br/>".join(map(_plain, words))}"|' if words else ""
            lines.append(f"    {key} -->{label} {step.key}")
    for key in elsewhere:
        lines.append(f'    {key}["{_plain(_words(law, key))}"]:::elsewhere')
    return ["```mermaid", "flowchart TD", *lines, "    classDef elsewhere stroke-dasharray: 4 4", "```", ""]


def _first(step: Step) -> dict[str, list[str]]:
    """The outcomes of each step that may stand first; no outcome where any of its outcomes will do."""
    found: dict[str, list[str]] = {}
    for word in step.after:
        key, _, outcome = word.partition("=")
        found.setdefault(key, []).extend([outcome] if outcome else [])
    return found


def _plain(text: str) -> str:
    return text.replace('"', "'").replace("|", "/")


def _asked(found: Iterable[Step]) -> list[str]:
    lines: list[str] = []
    for step in found:
        if step.questions:
            lines += [f"### What is asked: {step.words[0].lower()}{step.words[1:]}", ""]
            lines += [
                f"- `{one.key}` {one.words} ({one.law}{'; unverified' if one.unverified else ''})"
                for one in step.questions
            ]
            lines += ["", "The first that fits is indicated:", ""]
            for row in step.indications:
                option = step.option(row.option)
                when = "; ".join(_when(row.every, row.some, row.none)) or "otherwise"
                lines.append(f"1. **{option.words if option else row.option}**: {when}. {row.words}")
            lines.append("")
    return lines


def _when(every: tuple[str, ...], some: tuple[str, ...], none: tuple[str, ...]) -> Iterator[str]:
    if every:
        yield "yes to " + " and ".join(f"`{key}`" for key in every)
    if some:
        yield "yes to " + " or ".join(f"`{key}`" for key in some)
    if none:
        yield "no to " + " and ".join(f"`{key}`" for key in none)
