"""`python -m bench [NAME]`: one bench, or all of them."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import bench


def names() -> list[str]:
    found = (info.name for info in pkgutil.iter_modules(bench.__path__))
    return sorted(name for name in found if not name.startswith("_"))


def main(arguments: list[str]) -> int:
    wanted = arguments or names()
    unknown = [name for name in wanted if name not in names()]
    if unknown:
        print(f"没有这个测评（no such bench）: {' '.join(unknown)}；有 {' '.join(names())}", file=sys.stderr)
        return 2
    # Each in a process of its own: what one leaves in memory must not weigh on the next.
    return max(subprocess.run([sys.executable, "-m", f"bench.{name}"]).returncode for name in wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
