"""`python -m district.edges.gateway`: opens the ports that manifests listen on and stores what devices send. No Django.

DISTRICT_BIND: address of the field ports (default: all). DISTRICT_PORT_OFFSET moves them. DISTRICT_GATEWAY_HTTP: port of
/health and /metrics. DISTRICT_GATEWAY_*: see limits. Ends on SIGTERM or SIGINT when what has come is committed.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from functools import cache
from types import ModuleType

from district.edges.gateway.gateway import DIALECTS, DOORS, Gateway
from district.edges.gateway.http import Endpoint
from district.edges.gateway.limits import Limits, raise_open_files
from district.edges.ports import field_port, gateway_http_port
from district.kernel import registry

log = logging.getLogger("district.gateway")


@cache
def intake_of(system: str) -> ModuleType | None:
    """The pure module of a system that knows its data, None when there is none."""
    try:
        return registry.role_file(registry.system(system), "intake")
    except KeyError:
        return None


def listens() -> list[tuple[str, int]]:
    """(protocol, port) of every manifest whose protocol we speak."""
    known = []
    for system, listen in registry.listens():
        if listen.protocol in (*DIALECTS, *DOORS):
            known.append((listen.protocol, field_port(listen.port)))
        else:
            log.warning("%s：网关不认识协议 %s（unknown protocol）", system.name, listen.protocol)
    return known


async def serve() -> None:
    gateway = Gateway(listens(), intake_of, Limits.from_environment())
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await gateway.start(os.environ.get("DISTRICT_BIND", "0.0.0.0"))  # noqa: S104 - devices come from outside
    endpoint = await Endpoint(gateway).start(gateway_http_port())
    log.info("网关已就绪（listening）: %s", ", ".join(f"{protocol}:{port}" for protocol, port in gateway.listens))
    await stop.wait()
    log.info("正在停止（stopping）")
    await gateway.stop()
    endpoint.close()


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    raise_open_files()
    # The loop must not wait 5 ms for each step while another thread reads a long list of series.
    sys.setswitchinterval(0.0005)
    try:
        _run()
    except OSError as error:
        log.error("无法打开端口（cannot open a port）: %s", error)
        return 1
    return 0


def _run() -> None:
    try:
        import uvloop
    except ImportError:
        asyncio.run(serve())
    else:
        uvloop.run(serve())


if __name__ == "__main__":
    sys.exit(main())
