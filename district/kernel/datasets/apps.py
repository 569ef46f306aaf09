from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "district.kernel.datasets"
    label = "datasets"
    verbose_name = "数据目录"
