"""The command `peelian`: parse, call one function, print.

In: words from a shell. Out: text for people, JSON on request, and an exit code. Must never know: how a thing is done.
"""
