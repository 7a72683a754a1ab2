"""Keeping in touch: contact plans, consent and wishes, rights of the Victims' Code, referrals, keys to one's own view.

In: what somebody on a matter agreed, said or was offered, each with its day, in words that are kept. Out: whether a
message may go to them, what is still owed to them, and who may open the view of their own matter. Must never know:
what was decided on a matter, what a letter says.
"""
