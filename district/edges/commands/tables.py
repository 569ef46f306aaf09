"""`district tables`: writes the file from which a new database gets its tables, after a migration was added or changed."""

from __future__ import annotations

import sys

from district.edges import first_tables


def main(arguments: list[str]) -> int:
    if arguments:
        print("用法 usage: district tables", file=sys.stderr)
        return 2
    count = first_tables.write()
    print(f"写入 wrote {first_tables.FILE.name}: {count} 个迁移 migrations")
    return 0
