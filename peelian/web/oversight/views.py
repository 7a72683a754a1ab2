"""The pages of this journey, gathered so that importing this module registers them all."""

from peelian.web.oversight import glass, jobs, journal, users

__all__ = ["glass", "jobs", "journal", "users"]
