"""Disparity: how the rates of groups of the workforce compare at each decision point, in figures alone.

In: a period and a characteristic. Out: for each point and group base numbers, rates, ratios with their interval, how
much is missing, small numbers hidden. Must never know: a name, or a page; nobody's own characteristic leaves it. It
decides nothing and keeps nothing: what somebody said of themselves stands in the register, what was decided on the
matters.
"""
