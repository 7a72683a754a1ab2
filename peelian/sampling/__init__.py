"""Second looks by lot: decisions taken again by somebody who has not seen them, and reviews of open investigations.

In: a seed and a month, what people decide again, what they make of a difference. Out: draws that can be made again from
their seed, how far two people agree, and tasks with an owner and a day. Must never know: a page. It decides nothing:
the first decision stands until somebody takes another.
"""
