from django.apps import AppConfig


class LookbackConfig(AppConfig):
    name = "peelian.lookback"
