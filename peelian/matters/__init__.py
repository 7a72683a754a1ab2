"""Complaints, conduct matters and DSI matters; their allegations; who is linked to them and how.

In: an assessed item, people, allegations. Out: matters a viewer may see. Must never know: what is owed or decided.
"""
