"""Lines of enquiry: what an investigation is to find out, each a task with an owner and a day.

In: acts of those who investigate, and what a look-back found undone. Out: the lines of a matter as they stand and as
they changed, and what each person has to do. Their days are a plan that people make and change, never a limit of the
law. Must never know: a decision, a page.
"""
