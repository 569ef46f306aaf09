from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "district.systems.programme"
    label = "programme"
    verbose_name = "保障措施"
