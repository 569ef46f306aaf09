"""The `district` command. `district` alone lists the verbs; each verb is one file in `edges/commands/`.

A kernel package or system adds verbs of its own in a `commands.py` with `COMMANDS = {"verb": function}`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

Command = Callable[[list[str]], int]

VERBS = {
    "up": "启动平台：数据库、网页、网关、后台任务、模拟器 · run everything",
    "serve": "在前台运行一个进程（供 systemd、容器使用） · serve PROCESS: one process in the foreground",
    "prepare": "建表、载入组织与地理、演示资料 · migrate and seed",
    "seed": "（重新）载入基础资料 · load organisations, places and demo records",
    "simulate": "模拟一个系统的现场设备 · simulate SYSTEM [--speed N]",
    "systems": "列出各系统 · list the systems",
    "decode": "解码报文（JSON 行） · decode PROTOCOL [FILE]",
    "score": "用记录的日子评判预报 · score SYSTEM: judge forecasts by recorded days",
    "assess": "按标准评价（JSON 行） · assess values by a system's standards",
    "backup": "备份到一个文件 · backup FILE",
    "restore": "从备份恢复 · restore FILE",
    "reset": "忘掉所有数据 · forget all data",
    "check": "检查代码、契约、迁移、文档 · lint, types, contracts, migrations, docs",
    "docs": "生成文档中的表格 · write the generated tables",
    "tables": "改了迁移之后，写新库直接建表用的文件 · write the tables of a new database",
    "new": "新建一个系统 · new NAME CLAUSE",
    "manage": "Django 管理命令 · Django's own commands",
}
KERNEL_WITH_VERBS = (
    "people", "places", "devices", "events", "jobs", "datasets", "connectors", "parties", "grants", "alerts", "kpis",
)


def main(arguments: list[str]) -> int:
    """Runs one verb; the exit code is 0 when it did what it was asked."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    verb, rest = arguments[0], arguments[1:]
    if verb in VERBS:
        return run_safely(import_module(f"district.edges.commands.{verb}").main, rest)
    found = extra_verbs().get(verb)
    if found is None:
        print(f"没有这个命令（no such verb）: {verb}\n\n{usage()}", file=sys.stderr)
        return 2
    return run_safely(found, rest)


def run_safely(command: Command, arguments: list[str]) -> int:
    """Ctrl-C and a closed pipe end a verb quietly."""
    try:
        return command(arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def usage() -> str:
    lines = ["用法 usage: district VERB …", ""]
    lines += [f"  {verb:10} {text}" for verb, text in VERBS.items()]
    lines += ["", "  各包自带 of kernel packages and systems: " + " ".join(sorted(extra_verbs()))]
    return "\n".join(lines)


def extra_verbs() -> dict[str, Command]:
    """The verbs of kernel packages and systems, with Django and the database ready when they run."""
    from district.edges.database import with_database
    from district.kernel import registry

    modules = [f"district.kernel.{name}.commands" for name in KERNEL_WITH_VERBS]
    modules += [f"district.systems.{system.name}.commands" for system in registry.systems()]
    found: dict[str, Command] = {}
    for module in modules:
        if find_spec(module):
            found |= {verb: with_database(module, verb) for verb in _declared(module)}
    return found


def _declared(module: str) -> tuple[str, ...]:
    """The names of the verbs, read without running the module: Django is not set up yet."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        return ()
    for node in ast.parse(Path(spec.origin).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(node.value, ast.Dict):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == "COMMANDS" for target in targets):
                return tuple(str(key.value) for key in node.value.keys if isinstance(key, ast.Constant))
    return ()
