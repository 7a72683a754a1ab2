"""What sources are called: a run names them by their keys in the manifest, people by their names."""

from peelian.matches.models import Source


class Titles:
    """The name of each source, by workforce and key; the key where no run told its name. One statement."""

    def __init__(self) -> None:
        rows = Source.objects.values_list("workforce", "source", "title")
        self._titles = {(workforce, source): title for workforce, source, title in rows}

    def of(self, workforce: str, source: str) -> str:
        return str(self._titles.get((workforce, source), source))
