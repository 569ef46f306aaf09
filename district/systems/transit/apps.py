from django.apps import AppConfig


class TransitConfig(AppConfig):
    name = "district.systems.transit"
    label = "transit"
    verbose_name = "公交信息实时预报"
