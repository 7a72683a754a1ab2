"""Templates of letters: files with a head in TOML and a body in plain words, shipped or a force's own.

In: `peelian/publish/letters/*.md`, and `PEELIAN_HOME/letters/*.md` laid over them by name. Out: frozen templates, or
every problem with its file, line and reason. See docs/how-to/change-a-letter.md.
"""

from peelian.publish.templates.held import SHIPPED, checked, letterhead, own_folder, templates
from peelian.publish.templates.reading import read
from peelian.publish.templates.rows import (
    FIELDS,
    Letterhead,
    Paragraph,
    Problem,
    Template,
    UnsoundTemplates,
)

__all__ = [
    "FIELDS",
    "SHIPPED",
    "Letterhead",
    "Paragraph",
    "Problem",
    "Template",
    "UnsoundTemplates",
    "checked",
    "letterhead",
    "own_folder",
    "read",
    "templates",
]
