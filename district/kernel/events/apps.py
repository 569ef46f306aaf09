from django.apps import AppConfig, apps


class EventsConfig(AppConfig):
    name = "district.kernel.events"
    label = "events"
    verbose_name = "消息"

    def ready(self) -> None:
        from district.kernel.events import postgres  # noqa: F401 - registers the delivery job
        from district.kernel.events.listeners import discover

        discover(config.name for config in apps.get_app_configs() if config.name.startswith("district."))
