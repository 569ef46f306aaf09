from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "district.kernel.ui"
    label = "ui"
    verbose_name = "界面"
