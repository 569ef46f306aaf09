"""`district assess SYSTEM [FILE]`: values judged by a system's standards, JSON lines in and out."""

from __future__ import annotations

import sys

from district.edges.commands.decode import _answer
from district.kernel import registry


def main(arguments: list[str]) -> int:
    able = [system.name for system in registry.systems() if registry.role_exists(system, "assess")]
    if len(arguments) not in (1, 2) or arguments[0] not in able:
        print(f"用法 usage: district assess {{{'|'.join(able)}}} [FILE]", file=sys.stderr)
        return 2
    module = registry.role_file(registry.system(arguments[0]), "assess")
    assert module is not None
    if len(arguments) == 2:
        with open(arguments[1], encoding="utf-8") as file:
            _answer(module.assess, file)
    else:
        _answer(module.assess, sys.stdin)
    return 0
