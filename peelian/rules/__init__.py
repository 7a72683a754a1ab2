"""The law as answers: pure functions from facts and a day to an answer with its citation and working.

In: frozen facts, rows of `statute`. Out: `Answer`s. Must never know: Django, a database, today's date.
"""
