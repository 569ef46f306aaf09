from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "district.kernel.events"
    label = "events"
    verbose_name = "消息"
