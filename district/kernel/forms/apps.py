from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "district.kernel.forms"
    label = "forms"
    verbose_name = "采集表单"
