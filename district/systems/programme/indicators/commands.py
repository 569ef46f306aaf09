"""`district recompute [system.key]`: an indicator by its published SQL, beside what the platform measures."""

from __future__ import annotations

import argparse

from district.kernel.clock import now
from district.kernel.kpis.measuring import all_kpis, measure
from district.kernel.kpis.recomputing import agrees, published, read_only, recompute


def recompute_command(arguments: list[str]) -> int:
    """A line for each; 1 when one of them does not agree, 2 for one that is not there. `--sql` shows the text instead."""
    parser = argparse.ArgumentParser(prog="district recompute", description="按公布的 SQL 复算指标 · by the published SQL")
    parser.add_argument("indicator", nargs="?", default="", help="<system>.<key>")
    parser.add_argument("--sql", action="store_true", help="打印填入当前时刻的 SQL · print the SQL for this moment")
    given = parser.parse_args(arguments)
    chosen = [(system, kpi) for system, kpi in all_kpis() if given.indicator in ("", f"{system.name}.{kpi.key}")]
    if not chosen:
        print(f"没有指标 no indicator {given.indicator}")
        return 2
    at, is_same = now(), True
    for system, kpi in chosen:
        sql = published(system.name, kpi.key)
        if sql is None:
            print(f"{system.name}.{kpi.key}: 没有公布 SQL · no SQL published")
            continue
        if given.sql:
            print(sql.at(at))
            continue
        with read_only():
            value, found = measure(system, kpi, at).value, recompute(sql, at)
        same = agrees(value.value, value.fractions, found)
        is_same = is_same and same
        word = "一致 same" if same else "不一致 differs"
        print(f"{system.name}.{kpi.key}: SQL {found.value} · platform {value.value} · {word} {found.trouble}".rstrip())
    return 0 if is_same else 1
