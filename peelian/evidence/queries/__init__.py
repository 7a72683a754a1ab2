"""Reading from this room, behind the wall of the matter. Every query gives frozen rows; none writes."""

from peelian.evidence.queries.files import checked_files, content, file, files_of, stored, strays

__all__ = ["checked_files", "content", "file", "files_of", "stored", "strays"]
