"""The demonstration force: invented people and matters, made through the same acts as real ones.

In: a size, a seed and a day. Out: a populated database. Must never know: a real person.
"""
