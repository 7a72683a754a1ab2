"""What people make of the pairs that the wash found: yes, no or unsure, with reasons, and what follows from it.

In: figures and pairs of one run or night, handed over by the command line; judgements; results from the fixed list.
Out: a queue, one pair side by side, what is left, and intake items with an owner and a day. Must never know: the store
of the wash or how a weight is made. No pair is decided here by a rule, but those that a person ruled out for good.
"""
