"""Officers, staff, complainants, interested persons: identity and service over time.

In: names, identifiers, ranks, postings, contact needs, each with its dates. Out: one row a person, and what was true on
a day. Must never know: matters.
"""
