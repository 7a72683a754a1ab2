"""Vetting: who may hold which post, on what was asked, answered and weighed, and who decided.

In: applications, what each source answered, what stands against somebody, weights, recommendations, decisions, what
people declare, acts of a withdrawal. Out: where each clearance stands on a day, what must be settled or weighed before
a decision, duties of the vetting unit. Must never know: a page. It reads matters through their walls and changes none.
"""
