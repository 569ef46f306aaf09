from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "district.kernel.parties"
    label = "parties"
    verbose_name = "主体"
