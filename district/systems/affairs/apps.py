from django.apps import AppConfig


class AffairsConfig(AppConfig):
    name = "district.systems.affairs"
    label = "affairs"
    verbose_name = "基层事务平台"
