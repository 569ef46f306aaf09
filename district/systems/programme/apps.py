from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "district.systems.programme"
    label = "programme"
    verbose_name = "保障措施"

    def ready(self) -> None:
        from .security.files import show_papers_to_readers

        show_papers_to_readers()
