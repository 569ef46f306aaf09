from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "district.kernel.cases"
    label = "cases"
    verbose_name = "办件"

    def ready(self) -> None:
        from district.kernel.cases.actions.opening import FILES_OF
        from district.kernel.files.owners import owner

        owner(FILES_OF, may_look=_may_look)


def _may_look(account: Any, number: str) -> bool:
    """Whoever sees a case sees its files."""
    from district.kernel.cases.queries import cases_visible_to

    return cases_visible_to(account).filter(number=number).exists()
