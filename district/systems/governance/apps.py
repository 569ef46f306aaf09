from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "district.systems.governance"
    label = "governance"
    verbose_name = "社会治理综合管理平台"
