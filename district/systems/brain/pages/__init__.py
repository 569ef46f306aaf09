"""The views of the pages, one module a sub-feature; only re-exports here."""

from ..dashboard.pages import (
    dashboard,
    dashboard_arrange,
    dashboard_board,
    dashboard_first,
    dashboard_layer,
    dashboard_tile,
)
from ..dashboard.record_pages import dashboard_cases, dashboard_records
from ..exchange.pages import exchange, exchange_restart, exchange_run
from ..exchange.record_pages import exchange_records
from ..portrait.pages import portrait, portrait_number, portrait_place
from ..themes.pages import closed, duties, expected, needs, remove_link, theme, themes
from ..workspace.pages import (
    workspace,
    workspace_ask,
    workspace_delete,
    workspace_export,
    workspace_product,
    workspace_question,
    workspace_run,
    workspace_save,
)

__all__ = [
    "closed",
    "dashboard",
    "dashboard_arrange",
    "dashboard_board",
    "dashboard_cases",
    "dashboard_first",
    "dashboard_layer",
    "dashboard_records",
    "dashboard_tile",
    "duties",
    "exchange",
    "exchange_records",
    "exchange_restart",
    "exchange_run",
    "expected",
    "needs",
    "portrait",
    "portrait_number",
    "portrait_place",
    "remove_link",
    "theme",
    "themes",
    "workspace",
    "workspace_ask",
    "workspace_delete",
    "workspace_export",
    "workspace_product",
    "workspace_question",
    "workspace_run",
    "workspace_save",
]
