"""Words of the field: enums and small frozen types that every other room speaks.

In: nothing. Out: names. Must never know: Django, a database, any other room.
"""
