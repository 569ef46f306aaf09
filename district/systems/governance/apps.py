from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GovernanceConfig(AppConfig):
    name = "district.systems.governance"
    label = "governance"
    verbose_name = "社会治理综合管理平台"

    def ready(self) -> None:
        from district.systems.governance.care.row_security import make_role, stand_guard

        stand_guard()
        post_migrate.connect(make_role, sender=self)
