"""Writing to this room: files under seal."""

from peelian.evidence.actions.files import erase_file, keep, open_file

__all__ = ["erase_file", "keep", "open_file"]
