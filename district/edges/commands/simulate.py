"""`district simulate SYSTEM [--speed N] …`: devices that speak the real protocol into the real door."""

from __future__ import annotations

import sys

from district.kernel import registry


def main(arguments: list[str]) -> int:
    """The rest of the arguments goes to the system's simulator; `--help` shows them."""
    able = [system.name for system in registry.systems() if registry.role_exists(system, "simulator")]
    if not arguments or arguments[0] not in able:
        print(f"用法 usage: district simulate {{{'|'.join(able)}}} [--speed N]", file=sys.stderr)
        return 2
    module = registry.role_file(registry.system(arguments[0]), "simulator")
    assert module is not None
    return module.main(arguments[1:])
