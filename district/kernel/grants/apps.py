from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "district.kernel.grants"
    label = "grants"
    verbose_name = "共享授权"
