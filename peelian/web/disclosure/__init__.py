"""Disclosure of a matter: the schedule, decisions on items, redacted copies, packs."""
