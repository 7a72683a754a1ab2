"""The product's own source, read once, for the tests of its shape."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "peelian"
EDGES = ("web", "cli")
CASEWORK = frozenset(path.parent.name for path in PRODUCT.glob("*/apps.py")) - {"web"}  # rooms with stored records


@dataclass(frozen=True)
class Module:
    path: Path
    source: str
    tree: ast.Module

    @property
    def room(self) -> str:
        parts = self.path.relative_to(PRODUCT).parts
        return parts[0] if len(parts) > 1 else ""

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the product but its migrations."""
    found = []
    for path in sorted(PRODUCT.rglob("*.py")):
        if "migrations" not in path.parts:
            source = path.read_text()
            found.append(Module(path, source, ast.parse(source)))
    return tuple(found)


@cache
def rooms() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in PRODUCT.glob("*/__init__.py")))


@cache
def tracked(*patterns: str) -> tuple[Path, ...]:
    """Files under version control, as text lies in the checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return tuple(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())
