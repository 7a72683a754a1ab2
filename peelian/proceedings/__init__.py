"""Proceedings: who sits, the papers, the reply, the witnesses, and what the chair directs, up to the day they are held.

In: acts of people with the power of the step. Out: whether a panel is eligible and whole under the edition that
governs, what the chair let be published, field by field. Who may sit is a rule over rows of the law
(`rules/panels.py`); the steps themselves are taken through `decisions`. Must never know: a letter, a page.
"""
