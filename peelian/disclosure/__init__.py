"""Giving material to somebody: the schedule of a matter, what is kept back and why, redacted copies, and packs.

In: files and exhibits of a matter, letters as issued, words written down; the decisions of people about each. Out:
packs for one audience, kept as they were given. Must never know: how a page shows them, what an analytic says.
"""
