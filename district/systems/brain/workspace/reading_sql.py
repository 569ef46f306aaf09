"""What an analyst's SQL asks for, and whether it may be asked at all. Pure.

One SELECT (with UNION and WITH) over names of the catalogue. Everything else is refused here with words a person
understands; that nothing else can be reached even if this reading had a hole is the work of `sandbox`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from district.kernel.people.refused import Refused

from .pushing_down import Pushed, pushed_down

DIALECT = "duckdb"
LONGEST = 20_000
STATEMENTS = (exp.Select, exp.SetOperation)
FORBIDDEN = (
    exp.Command, exp.DDL, exp.DML, exp.Into, exp.Lock, exp.Pragma, exp.Set, exp.Use, exp.Attach, exp.Detach, exp.Copy,
    exp.Describe, exp.Parameter, exp.Placeholder, exp.SessionParameter,
)  # fmt: skip
ALLOWED_FUNCTIONS = frozenset(Path(__file__).with_name("functions.txt").read_text("utf-8").split())
"""Functions sqlglot has no name of its own for, and that only compute. `range` and `generate_series` make rows."""
ROW_MAKERS = frozenset({"range", "generate_series", "unnest", "values"})
NAME = re.compile(r"^[a-z0-9_]+\.[A-Za-z0-9_]+$")


@dataclass(frozen=True)
class Question:
    """`sql` is the statement as it will be run; `tables` maps each resource asked for to the columns it needs, None
    when all may be needed, `pushed` to the conditions its rows must fulfil to be in any answer. `renamed` are names that
    the statement itself gives: what comes out under them is not, or not surely, the item of that name."""

    sql: str
    tables: dict[str, frozenset[str] | None] = field(default_factory=dict)
    pushed: dict[str, tuple[Pushed, ...]] = field(default_factory=dict)
    renamed: frozenset[str] = frozenset()


def read(sql: str) -> Question:
    """Raises Refused: `sql_empty`, `sql_long`, `sql_unreadable`, `sql_not_select`, `sql_forbidden`, `sql_function`,
    `sql_table`."""
    if not sql.strip():
        raise Refused("sql_empty", "请写一条查询语句", field="sql")
    if len(sql) > LONGEST:
        raise Refused("sql_long", f"查询语句超过 {LONGEST} 字", field="sql")
    tree = _parsed(sql)
    if not isinstance(tree, STATEMENTS):
        raise Refused("sql_not_select", "只能写一条 SELECT 查询", field="sql", value=type(tree).__name__)
    for node in tree.walk():
        _permitted(node)
    return Question(tree.sql(dialect=DIALECT, comments=False), _tables(tree), pushed_down(tree), _renamed(tree))


def _parsed(sql: str) -> exp.Expr:
    try:
        statements = [each for each in sqlglot.parse(sql, dialect=DIALECT) if each is not None]
    except (SqlglotError, RecursionError, ValueError) as error:
        # Escape sequences that underline the place in a terminal are of no use on a page.
        words = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).splitlines()
        raise Refused("sql_unreadable", f"语句有误：{(words or [''])[0][:200]}", field="sql") from error
    if len(statements) != 1:
        raise Refused("sql_not_select", "一次只能运行一条查询", field="sql", value=len(statements))
    return statements[0]


def _permitted(node: exp.Expr) -> None:
    if isinstance(node, FORBIDDEN):
        raise Refused("sql_forbidden", f"查询中不能使用 {node.key.upper()}", field="sql", value=node.key)
    if isinstance(node, exp.Anonymous | exp.AnonymousAggFunc) and str(node.name).lower() not in ALLOWED_FUNCTIONS:
        raise Refused("sql_function", f"查询中不能使用函数 {node.name}", field="sql", value=node.name)
    if isinstance(node, exp.Table):
        _table_permitted(node)


def _table_permitted(table: exp.Table) -> None:
    """A name, not a function that reads files, nor a file's name in quotes."""
    if isinstance(table.this, exp.Identifier):
        if table.args.get("catalog") or ("/" in table.name or "." in table.name or ":" in table.name):
            raise Refused("sql_table", f"没有数据 {table.sql(dialect=DIALECT)}", field="sql", value=table.name)
        return
    called = getattr(table.this, "name", "") or table.this.key
    if str(called).lower() not in ROW_MAKERS and table.this.key not in ROW_MAKERS | {"generateseries"}:
        raise Refused("sql_table", f"不能从 {called} 读取数据", field="sql", value=str(called))


def _tables(tree: exp.Expr) -> dict[str, frozenset[str] | None]:
    """Resources by name. Names of WITH parts are not resources; a name without its unit is refused."""
    own = {each.alias_or_name.lower() for each in tree.find_all(exp.CTE)}
    found: set[str] = set()
    for table in tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier) or (not table.db and table.name.lower() in own):
            continue
        name = f"{table.db}.{table.name}"
        if not table.db or not NAME.match(name):
            raise Refused("sql_table", f"没有数据 {table.sql(dialect=DIALECT)}：写作 单位.资源", field="sql", value=table.name)
        found.add(name)
    columns = _columns(tree)
    return {name: columns for name in sorted(found)}


def _columns(tree: exp.Expr) -> frozenset[str] | None:
    """Names of columns, of whatever resource; None when all of one are asked for, which `count(*)` does not."""
    if any(not isinstance(each.parent, exp.Count) for each in tree.find_all(exp.Star)):
        return None
    joined = (each for join in tree.find_all(exp.Join) for each in join.args.get("using") or ())
    if any(join.method == "NATURAL" for join in tree.find_all(exp.Join)):
        return None
    return frozenset(each.name.lower() for each in (*tree.find_all(exp.Column), *joined))


def _renamed(tree: exp.Expr) -> frozenset[str]:
    given = {
        each.alias.lower() for each in tree.find_all(exp.Alias)
        if not (isinstance(each.this, exp.Column) and each.this.name.lower() == each.alias.lower())
    }  # fmt: skip
    given |= {each.name.lower() for alias in tree.find_all(exp.TableAlias) for each in alias.args.get("columns") or ()}
    return frozenset(given)
