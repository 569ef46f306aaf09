"""`district docs [--check]`: the tables in README and docs/plan.md, made from the manifests."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from district.kernel import home, registry
from district.kernel.vocabulary import System

BEGIN, END = "<!-- systems:begin -->", "<!-- systems:end -->"


def main(arguments: list[str]) -> int:
    """Writes the tables; with `--check` only says which of them are stale (exit code 1)."""
    stale = [path for path, text in generated().items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            print(f"{path.relative_to(home.CHECKOUT)} 需要更新：make docs（is stale: run make docs）", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.write_text(generated()[path], "utf-8")
        print(f"写入 wrote {path.relative_to(home.CHECKOUT)}")
    return 0


def generated() -> dict[Path, str]:
    """Each generated file with the text it should have."""
    root = home.CHECKOUT
    return {
        root / "README.md": _with_table(root / "README.md", english_table()),
        root / "README.zh.md": _with_table(root / "README.zh.md", chinese_table()),
        root / "docs" / "plan.md": plan_page(),
    }


def clauses() -> list[dict[str, str]]:
    """The clauses of the plan (周政办字〔2020〕30号): number, folder name, zh, en, lead, due."""
    with (home.CHECKOUT / "docs" / "clauses.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _with_table(path: Path, table: str) -> str:
    text = path.read_text("utf-8")
    before, rest = text.split(BEGIN, 1)
    return f"{before}{BEGIN}\n{table}\n{END}{rest.split(END, 1)[1]}"


def _built() -> dict[str, System]:
    return {system.name: system for system in registry.systems()}


def english_table() -> str:
    rows = ["| clause | system | lead | pages | field protocols | plan's target |", "|---|---|---|---|---|---|"]
    for clause in clauses():
        system = _built().get(clause["name"])
        name = f"**[{clause['en']}](district/systems/{clause['name']}/)**" if system else clause["en"]
        rows.append(f"| {clause['clause']} | {name} | {clause['lead']} | {_figures(system)} |")
    return "\n".join(rows)


def chinese_table() -> str:
    rows = ["| 条 | 系统 | 牵头单位 | 页面 | 现场协议 | 计划指标 |", "|---|---|---|---|---|---|"]
    for clause in clauses():
        system = _built().get(clause["name"])
        name = f"**[{clause['zh']}](district/systems/{clause['name']}/)**" if system else clause["zh"]
        rows.append(f"| {clause['clause']} | {name} | {clause['lead']} | {_figures(system)} |")
    return "\n".join(rows)


def _figures(system: System | None) -> str:
    if system is None:
        return "– | – | –"
    ports = ", ".join(f"{listen.protocol} :{listen.port}" for listen in system.listens) or "–"
    kpis = ", ".join(f"≥ {kpi.target:g} {kpi.unit}" for kpi in system.kpis) or "–"
    return f"{len(system.pages)} | {ports} | {kpis}"


def plan_page() -> str:
    """docs/plan.md: which capability of the plan is on which page."""
    lines = [
        "# 计划与系统 · The plan and the systems",
        "",
        "由 `make docs` 从各系统的 `manifest.py` 生成。Generated from the manifests; do not edit.",
        "",
        "来源 source: 周政办字〔2020〕30号《周村区新型智慧城市建设实施方案》（2020-08-13）。",
        "",
    ]
    for clause in clauses():
        lines += _clause_lines(clause, _built().get(clause["name"]))
    return "\n".join(lines).rstrip() + "\n"


def _clause_lines(clause: dict[str, str], system: System | None) -> list[str]:
    head = f"## {clause['clause']} {clause['zh']} · {clause['en']}"
    lines = [head, "", f"牵头 lead: {clause['lead']} · 时限 due: {clause['due']}", ""]
    if system is None:
        return [*lines, "尚未建设。Not built yet.", ""]
    done: dict[str, list[str]] = {}
    for page in system.pages:
        for capability in page.does:
            done.setdefault(capability, []).append(f"{page.zh} `{page.key}`")
    for kpi in system.kpis:
        done.setdefault(kpi.does, []).append(f"指标 {kpi.zh} ≥ {kpi.target:g} {kpi.unit}")
    lines += ["| 能力 capability | 页面 pages |", "|---|---|"]
    lines += [f"| {capability} | {'、'.join(places)} |" for capability, places in sorted(done.items())]
    return [*lines, ""]
