from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class ConnectorsConfig(AppConfig):
    name = "district.kernel.connectors"
    label = "connectors"
    verbose_name = "数据接入"

    def ready(self) -> None:
        from district.kernel.files.owners import owner

        owner("connectors.run", may_look=_may_look)


def _may_look(account: Any, subject: str) -> bool:
    """Whoever sees a run sees what was delivered."""
    from district.kernel.connectors.queries import runs_seen_by

    return subject.isdigit() and runs_seen_by(account).filter(pk=int(subject)).exists()
