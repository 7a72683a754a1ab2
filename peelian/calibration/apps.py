from django.apps import AppConfig


class CalibrationConfig(AppConfig):
    name = "peelian.calibration"
