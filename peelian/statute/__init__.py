"""The law as rows: instruments, clocks, kinds, standards, outcomes, bank holidays; every row cited and dated.

In: the TOML files beside this one, and a force's own dated overrides. Out: frozen rows by key and by day.
Must never know: Django, a database, any matter or person.
"""
