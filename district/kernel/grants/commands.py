"""`district whose-export FILE`: from which export a file that has got about came."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path


def whose_export(arguments: list[str]) -> int:
    """0 and who it was; 1 when the file says nothing; 2 for wrong use."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("用法（usage）: district whose-export FILE", file=sys.stderr)
        return 2
    from district.kernel.grants.exports import whose

    try:
        found = whose(Path(arguments[0]))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if found is None:
        print("没有找到行序水印（行数太少，或次序已被打乱）")
        return 1
    print(
        f"导出 {found.pk}：授权 {found.grant.number}，{found.grant.grantee}，{found.account}，{found.made_at}"
    )
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {"whose-export": whose_export}
