from django.apps import AppConfig


class AffairsConfig(AppConfig):
    name = "district.systems.affairs"
    label = "affairs"
    verbose_name = "基层事务平台"

    def ready(self) -> None:
        from district.kernel.files.owners import owner
        from district.systems.affairs.circulation import actions as circulation
        from district.systems.affairs.circulation.queries import may_look as may_look_at_concern
        from district.systems.affairs.desk import actions as desk
        from district.systems.affairs.desk.queries import may_look as may_look_at_visit

        owner(circulation.FILES_OF, may_look=may_look_at_concern)
        owner(desk.FILES_OF, may_look=may_look_at_visit)
