"""Returns of the force: what it owes as a whole and not on a matter: quarterly data, the bulletin, super-complaints.

In: dated facts that acts record, the calendar, the day the force began to use Peelian. Out: a duty for each return,
computed, with its owner. Must never know: a matter but as a number, or a page.
"""
