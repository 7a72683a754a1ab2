"""Signing in and out: who may knock without a session, when a session ends, and what the journal hears of it."""
