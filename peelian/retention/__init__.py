"""Retention: which schedule a closed record is kept by, legal holds, reviews, and disposal by two people.

In: acts of people with the power to erase or to sign for others. Out: what is due for review, why something may not go
yet, a certificate of what went and what stays. The schedules are rows of the law, the days a rule. The erasing itself
belongs to the rooms whose records they are. Must never know: a page, a load's files.
"""
