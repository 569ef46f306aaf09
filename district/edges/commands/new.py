"""`district new NAME CLAUSE`: a folder under systems/ that already passes check and test."""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path

from district.edges.commands.docs import clauses
from district.kernel import home, registry

TEMPLATES = Path(__file__).parent / "new_system"


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or not all(arguments):
        print("用法 usage: make new NAME=traffic CLAUSE=10", file=sys.stderr)
        return 2
    name, clause = arguments
    problem = refusal(name, clause)
    if problem:
        print(f"✗ {problem}", file=sys.stderr)
        return 2
    folder = make_system(name, int(clause))
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        print(f"  {path.relative_to(home.CHECKOUT)}")
    print("\n下一步 next: make docs check test")
    return 0


def refusal(name: str, clause: str) -> str:
    """Why this name or clause will not do, or an empty string."""
    if not re.fullmatch(r"[a-z][a-z0-9]*", name) or keyword.iskeyword(name):
        return f"NAME={name}：系统名须为一个小写英文名词（one lower-case English noun）"
    if not clause.isdigit():
        return f"CLAUSE={clause}：须为条目号（must be a number）"
    if (home.CHECKOUT / "district" / "systems" / name).exists():
        return f"NAME={name}：已存在（exists already）"
    if any(system.clause == int(clause) for system in registry.systems()):
        return f"CLAUSE={clause}：已有系统（has a system already）"
    return ""


def make_system(name: str, clause: int) -> Path:
    """Writes the folder from the templates; what the plan says of the clause is filled in."""
    known = next((row for row in clauses() if row["clause"] == str(clause)), None)
    words = {
        "NAME": name,
        "CLASS": name.capitalize(),
        "CLAUSE": str(clause),
        "ZH": known["zh"] if known else name,
        "EN": known["en"] if known else name.capitalize(),
        "LEAD": known["lead"] if known else "区大数据局",
        "DUE": known["due"] if known else "2026-12",
    }
    folder = home.CHECKOUT / "district" / "systems" / name
    for template in sorted(TEMPLATES.rglob("*.txt")):
        relative = str(template.relative_to(TEMPLATES).with_suffix("")).replace("NAME", name)
        target = folder / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(filled(template.read_text("utf-8"), words), "utf-8")
    return folder


def filled(text: str, words: dict[str, str]) -> str:
    return re.sub(r"@([A-Z]+)@", lambda match: words[match.group(1)], text)
