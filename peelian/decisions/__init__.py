"""Decisions on a matter, step by step: who decided what, by which rule, after reading what, and who signed it.

In: acts of people with the power of a step. Out: decisions that stand or wait, the steps open now, the joint view of
everything known of each person concerned. The steps themselves are rows of the law (`statute/steps`). Must never know:
a page, a letter.
"""
