"""Importing this makes Django ready, with the settings of the environment, before any room is imported."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelian.config.settings")
django.setup()
