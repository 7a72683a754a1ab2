"""The workforce matched against records held about people: graded pairs with the words for and against each.

In: files of people and of records in the schema of `schema.py`, each source with its lawful basis (`manifest.py`).
Out: a keyed store in one folder, pairs as Parquet, an account of every person and every record, a report.
Must never know: Django, a case, what a person decided about a pair. Nothing here confirms an identity.

Doors: `building` (build), `running` (run), `nightly` (nightly), `reporting` (report), `explaining` (explain),
`model` (load_model) and `training` (train; needs the extra requirement `wash`).
"""
