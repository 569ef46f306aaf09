from django.apps import AppConfig


class BrainConfig(AppConfig):
    name = "district.systems.brain"
    label = "brain"
    verbose_name = "城市数字大脑"
