"""The law as this force applies it: the product's rows with the force's own dated files laid over them."""

from pathlib import Path

from django.conf import settings

from peelian import statute
from peelian.statute import Register


def law() -> Register:
    """The register that duties are computed from; `PEELIAN_HOME/law/*.toml` holds a force's own numbers of days.

    Cheap: the files are read again only when one changes. Raises UnsoundLaw, naming file, row, field and reason.
    """
    return statute.with_local(Path(settings.PEELIAN_HOME) / "law")
