"""Dated facts of a matter, and the duties that the law computes from them.

In: events recorded by acts. Out: duties: owed to whom, by whom, by when, under which provision, with the working.
Nothing that counts down is stored. Must never know: a page.
"""
