from django.apps import AppConfig


class EnvironmentConfig(AppConfig):
    name = "district.systems.environment"
    label = "environment"
    verbose_name = "环境质量监测"
