"""The look-back: past matters read again by independent people, so that what was missed comes to light.

In: written criteria, reviewers, their reviews, a panel's notes. Out: cohorts that reconcile, tasks with an owner and a
day, and findings handed to intake. Must never know: how a page looks, or what a proceeding came to.
"""
