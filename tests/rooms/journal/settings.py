"""The smallest Django in which the journal runs: for the processes that these tests start and kill."""

import os
from pathlib import Path

from peelian.config.database import database_from

PEELIAN_HOME = HOME = Path(os.environ["PEELIAN_HOME"])
SECRET_KEY = "for processes that tests start"
INSTALLED_APPS = ["peelian.journal"]
DATABASES = {"default": database_from(os.environ.get("PEELIAN_DATABASE", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
