from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "district.kernel.people"
    label = "people"
    verbose_name = "人员与组织"

    def ready(self) -> None:
        from district.kernel.people import sign_in  # noqa: F401 - connects its receivers
