from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "peelian.journal"
    verbose_name = "Journal"
