"""Recommendations of inquiries, inspections and reports: what was asked, who owns it, by when, and what was done.

In: a report's words, an owner and a day, evidence, what a second person made of it. Out: where each stands, computed
from those, for those who keep them and for everybody. Must never know: a matter, or a page.
"""
