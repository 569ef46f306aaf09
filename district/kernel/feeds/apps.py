from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "district.kernel.feeds"
    label = "feeds"
    verbose_name = "变更推送"
