"""Pages of proceedings: meetings and hearings of a matter, who sits, the papers, and what the chair directs."""
