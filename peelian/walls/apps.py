from django.apps import AppConfig


class WallsConfig(AppConfig):
    name = "peelian.walls"
