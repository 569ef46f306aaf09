from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "district.kernel.kpis"
    label = "kpis"
    verbose_name = "指标"
