from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "district.kernel.alerts"
    label = "alerts"
    verbose_name = "告警"
