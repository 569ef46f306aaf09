import importlib
import importlib.util

from django.apps import AppConfig, apps


class JobsConfig(AppConfig):
    name = "district.kernel.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        for config in apps.get_app_configs():
            if config.name.startswith("district.") and importlib.util.find_spec(f"{config.name}.jobs"):
                importlib.import_module(f"{config.name}.jobs")
