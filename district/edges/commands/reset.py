"""`district reset --yes`: forgets the database, the lake, files, logs and secrets of this installation."""

from __future__ import annotations

import shutil
import sys

from district.edges import postgres
from district.edges.supervisor import AlreadyRunning, hold_lock
from district.kernel import home


def main(arguments: list[str]) -> int:
    if "--yes" not in arguments:
        print(f"将删除 {home.home()} 中的全部数据；确认请加 --yes（this deletes all data; add --yes）", file=sys.stderr)
        return 2
    try:
        lock = hold_lock()
    except AlreadyRunning as error:
        print(f"{error}；请先停止（stop it first）", file=sys.stderr)
        return 1
    with lock:
        place = postgres.layout()
        if postgres.running_pid() is not None:
            print("数据库仍在运行，请先停止（the database is still running）", file=sys.stderr)
            return 1
        for folder in (place.data, place.socket, home.home()):
            shutil.rmtree(folder, ignore_errors=True)
    print("已清空（all forgotten）")
    return 0
