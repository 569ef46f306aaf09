from django.apps import AppConfig


class AffairsConfig(AppConfig):
    name = "district.systems.affairs"
    label = "affairs"
    verbose_name = "基层事务平台"

    def ready(self) -> None:
        from district.kernel.files.owners import owner
        from district.systems.affairs.circulation.actions import FILES_OF
        from district.systems.affairs.circulation.queries import may_look

        owner(FILES_OF, may_look=may_look)
