"""My work, the work of a unit, and the calendar feed."""
