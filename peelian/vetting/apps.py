from django.apps import AppConfig


class VettingConfig(AppConfig):
    name = "peelian.vetting"
