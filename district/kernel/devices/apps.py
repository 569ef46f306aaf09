from django.apps import AppConfig


class DevicesConfig(AppConfig):
    name = "district.kernel.devices"
    label = "devices"
    verbose_name = "设备与监测"
