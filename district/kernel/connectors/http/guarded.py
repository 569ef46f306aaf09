"""Sessions that connect only to addresses that were checked (see `addresses`). No Django."""

from __future__ import annotations

import logging
import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from district.kernel.connectors import addresses

CONNECT_TIMEOUT_S = 10.0

# Its lines of level DEBUG have whole addresses, and a key may stand in one.
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


class _Checked:
    """What is looked up is what is checked and what is connected to: a name that changes in between gains nothing."""

    def _new_conn(self: Any) -> socket.socket:
        failure: OSError | None = None
        for address in addresses.resolve(self._dns_host, self.port):
            try:
                return socket.create_connection((address, self.port), CONNECT_TIMEOUT_S)
            except TimeoutError as error:
                raise ConnectTimeoutError(self, "connecting took too long") from error
            except OSError as error:
                failure = error
        raise NewConnectionError(self, f"connection failed: {failure}") from failure


class _PlainConnection(_Checked, HTTPConnection):
    pass


class _TlsConnection(_Checked, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: Any) -> None:
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **more)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}


def session() -> requests.Session:
    """Without proxies, netrc or cookies of the surroundings."""
    made = requests.Session()
    made.trust_env = False
    made.mount("http://", _Adapter())
    made.mount("https://", _Adapter())
    return made
