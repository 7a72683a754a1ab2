"""`python -m benchmarks.run [NAME…]`: run the benchmarks named (all, if none is) and write their figures.

Each runs in a process of its own, so that its memory is its own. Its section in docs/reference/performance.md is
replaced, with the day and the machine; the sections of the others stay as they are.
"""

import json
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.figures import machine

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "performance.md"
NOT_BENCHMARKS = {"__init__", "run", "figures"}
HEAD = """# Performance

Figures measured by `make bench`, each beside the bare thing it is compared with. The machine was not idle unless a
section says so; ratios are worth more than seconds.
"""
MARK = re.compile(r"^<!-- benchmark: (\w+) -->$", re.MULTILINE)


def names() -> list[str]:
    """Every benchmark: a module beside this one that ends in `report(measure)`."""
    found = [path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in NOT_BENCHMARKS]
    return sorted(name for name in found if "report(" in (Path(__file__).parent / f"{name}.py").read_text())


def sections() -> dict[str, str]:
    """The sections of the page as it stands, by benchmark."""
    if not PAGE.exists():
        return {}
    parts = MARK.split(PAGE.read_text())
    return {name: text.strip() for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def measured(name: str) -> Any:
    """The section of `name` as `figures.report` prints it; None if it failed (its words are on the terminal)."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", "--json"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    return None if done.returncode else json.loads(done.stdout.strip().splitlines()[-1])


def section_of(name: str) -> str | None:
    """Run `name` and lay its figures out; None if it failed."""
    started = time.monotonic()
    found = measured(name)
    if found is None:
        return None
    day = datetime.now(UTC).date().isoformat()
    lines = [f"## {found['title']}", "", found["note"], "", "| what | figure | aim |", "|---|---|---|"]
    lines += [f"| {figure['what']} | {figure['value']} | {figure['aim']} |" for figure in found["figures"]]
    lines += ["", f"Measured on {day} in {time.monotonic() - started:.0f} s on {machine()}."]
    return "\n".join(lines)


def main(wanted: list[str]) -> int:
    """Run `wanted`, or everything; 1 if any failed."""
    failed = []
    for name in wanted or names():
        print(f"{name} …", flush=True)
        text = section_of(name)
        if text is None:
            failed.append(name)
            continue
        kept = sections() | {name: text}  # as the page stands now: another run may have written its own
        body = "\n\n".join(f"<!-- benchmark: {one} -->\n{kept[one]}" for one in sorted(kept))
        PAGE.write_text(f"{HEAD}\n{body}\n")
        print(text.split("\n\n", 2)[2])
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
