from django.apps import AppConfig


class ProceedingsConfig(AppConfig):
    name = "peelian.proceedings"
