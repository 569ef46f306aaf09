"""Which module reads which kind of source. It is loaded only when it is needed, and has

IS_REPLAYED: bool                          # whether the rows begin with the same first row at each attempt
def open_run(delivery: Run) -> Batches     # raises Refused, Refusal or DeliveryRefused
def goes_on(delivery: Run) -> bool         # of kinds that are not replayed: behind the cursor of the checkpoint
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from district.kernel.connectors.refused import Refused

OPENERS: dict[str, str] = {
    "file": "district.kernel.connectors.file_deliveries",
    "folder": "district.kernel.connectors.file_deliveries",
    "database": "district.kernel.connectors.databases.deliveries",
    "http": "district.kernel.connectors.http.deliveries",
    "mqtt": "district.kernel.connectors.streams.deliveries",
    "nats": "district.kernel.connectors.streams.deliveries",
}


def opener(kind: str) -> ModuleType:
    """Raises Refused (`no_connector`) for a kind nothing reads."""
    try:
        return import_module(OPENERS[kind])
    except (KeyError, ModuleNotFoundError) as error:
        raise Refused("no_connector", f"没有读取“{kind}”来源的连接器", field="kind", value=kind) from error
