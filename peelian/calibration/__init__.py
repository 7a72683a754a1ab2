"""Calibration: the same invented test case assessed for severity by several people, blind, and where they differ.

In: a test case of the tables, who answers it, what each answers. Out: what waits for somebody, the answers side by
side once one's own is locked, where they differ with its owner and day, and how agreement drifts. Must never know: a
matter, a person concerned, or a page. No answer here changes a decision.
"""
