"""The wash of the workforce as a job: which washes stand on this server, and one begun, watched and cancelled.

In: a folder for each wash, with its manifests. Out: pairs taken in by `matches`, and the store of `peelian wash`.
Must never know: a page.
"""
