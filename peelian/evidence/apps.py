from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "peelian.evidence"
    verbose_name = "Evidence"
