"""Who may see and do what: users, roles, places on a record, conflicts, break-glass, the walled manager.

In: a signed-in user and a record's key. Out: a `Viewer`, a filter, or a refusal with its reason. Must never know: what
a matter says.
"""
