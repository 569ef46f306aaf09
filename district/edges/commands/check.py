"""`district check`: everything a machine can say about the code without running the tests."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from district.kernel import home

PYTHON = sys.executable
TOOLS = str(Path(PYTHON).parent)


def main(arguments: list[str]) -> int:
    """Runs all checks, or those named; the exit code is 1 when any of them fails."""
    wanted = {name: check for name, check in CHECKS.items() if not arguments or name in arguments}
    failed = [name for name, check in wanted.items() if not _passes(name, check)]
    print(f"\n{len(wanted) - len(failed)} passed, {len(failed)} failed" + (f": {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


def _passes(name: str, check: Callable[[], str]) -> bool:
    started = time.monotonic()
    problem = check()
    print(f"{'✗' if problem else '✓'} {name} ({time.monotonic() - started:.1f}s)", flush=True)
    if problem:
        print(problem.rstrip())
    return not problem


def _run(*command: str) -> str:
    done = subprocess.run(command, cwd=home.CHECKOUT, capture_output=True, text=True)
    return "" if done.returncode == 0 else (done.stdout + done.stderr) or f"{command[0]} exited {done.returncode}"


def _ruff() -> str:
    return _run(f"{TOOLS}/ruff", "check", "district", "tests", "bench", "tools")


def _types() -> str:
    return _run(PYTHON, "-m", "mypy", "district", "bench")


def _contracts() -> str:
    return _run(f"{TOOLS}/lint-imports")


def _migrations() -> str:
    return _run(PYTHON, "-m", "district", "manage", "makemigrations", "--check", "--dry-run")


def _docs() -> str:
    return _run(PYTHON, "-m", "district", "docs", "--check")


def _lock() -> str:
    """Every package asked for is pinned, and nothing pinned names a registry."""
    problems = []
    for asked, lock in (("requirements.in", "requirements.lock"), ("requirements-dev.in", "requirements-dev.lock")):
        pinned = {line.split("==")[0].lower() for line in _lines(lock) if "==" in line}
        for line in _lines(asked):
            name = line.split("[")[0].split("=")[0].split("<")[0].split(">")[0].rstrip("~").strip().lower()
            if not line.startswith("-") and name.replace("_", "-") not in pinned:
                problems.append(f"{asked} asks for {name}, {lock} does not pin it: run make lock")
        problems += [f"{lock} names a host: {line}" for line in _lines(lock) if "://" in line]
    if '"resolved"' in (home.CHECKOUT / "package-lock.json").read_text(encoding="utf-8"):
        problems.append("package-lock.json names a registry host")
    return "\n".join(problems)


def _lines(name: str) -> list[str]:
    text = (home.CHECKOUT / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


CHECKS: dict[str, Callable[[], str]] = {
    "ruff": _ruff,
    "types": _types,
    "contracts": _contracts,
    "migrations": _migrations,
    "docs": _docs,
    "lock": _lock,
}
