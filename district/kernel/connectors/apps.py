from django.apps import AppConfig


class ConnectorsConfig(AppConfig):
    name = "district.kernel.connectors"
    label = "connectors"
    verbose_name = "数据接入"
