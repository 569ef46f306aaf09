"""`district serve PROCESS`: one process of the platform in the foreground, for systemd, containers and the like.

`district up` keeps the same processes alive by itself. The database must be there: DATABASE_URL, or an embedded one
that runs; `district prepare` has made its tables.
"""

from __future__ import annotations

import os
import sys

from district.edges.supervisor import children
from district.kernel import home


def main(arguments: list[str]) -> int:
    """Becomes the process named; 2 when there is none of that name."""
    known = {child.name: child.command for child in children(simulate=True)}
    if len(arguments) != 1 or arguments[0] not in known:
        print(f"用法（usage）: district serve {'|'.join(known)}", file=sys.stderr)
        return 2
    command = known[arguments[0]]
    os.chdir(home.CHECKOUT)
    os.execv(command[0], command)  # noqa: S606 - a command of our own, no shell
