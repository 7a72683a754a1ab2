"""The pages of this journey, gathered so that importing this module registers them all."""

from peelian.web.oversight import alerts, glass, jobs, journal, users

__all__ = ["alerts", "glass", "jobs", "journal", "users"]
