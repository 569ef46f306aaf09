"""Conditions of gateways and cells of decision tables: a small part of Python's expressions, and nothing else.

A department writes them, so nothing in them may run: no call, no attribute, no index, no assignment. They are read
into closures once and never given to `eval`.

    compiled("passed and kind in ('投诉', '举报')").value({"passed": True, "kind": "投诉"})   # True

A name that the form does not have is None. Comparing what cannot be compared (a number with None) is False, and
reckoning with what is no number is None, so that an unfinished form never breaks a case.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

LONGEST = 1000
DEEPEST = 30
WORDS = {"true": True, "false": False, "null": None, "none": None}

Values = Mapping[str, Any]
Reader = Callable[[Values], Any]

COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.Is: operator.is_, ast.IsNot: operator.is_not,
    ast.In: lambda one, many: one in many, ast.NotIn: lambda one, many: one not in many,
}  # fmt: skip
SUMS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


class ExpressionRefused(SyntaxError):
    """The text is no expression, or one that is not allowed here; `element` is what stands in the way."""

    def __init__(self, text: str, element: str) -> None:
        super().__init__(f"“{text[:80]}”：不允许 {element}")
        self.element = element


@dataclass(frozen=True)
class Expression:
    """`names` are what it reads from the form; `value` reckons it."""

    text: str
    names: frozenset[str]
    value: Reader


@lru_cache(maxsize=4096)
def compiled(text: str) -> Expression:
    """Raises ExpressionRefused."""
    if len(text) > LONGEST:
        raise ExpressionRefused(text, f"超过 {LONGEST} 字")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ExpressionRefused(text, "语法错误") from error
    names: set[str] = set()
    reader = _Compiler(text, names).read(tree.body, 0)
    return Expression(text, frozenset(names), reader)


class _Compiler:
    def __init__(self, text: str, names: set[str]) -> None:
        self.text = text
        self.names = names

    def read(self, node: ast.expr, depth: int) -> Reader:
        if depth > DEEPEST:
            raise ExpressionRefused(self.text, "嵌套过深")
        method = getattr(self, f"_{type(node).__name__.lower()}", None)
        if method is None:
            raise ExpressionRefused(self.text, type(node).__name__)
        reader: Reader = method(node, depth + 1)
        return reader

    def _constant(self, node: ast.Constant, depth: int) -> Reader:
        value = node.value
        if not isinstance(value, str | int | float | bool | None):
            raise ExpressionRefused(self.text, type(value).__name__)
        return lambda values: value

    def _name(self, node: ast.Name, depth: int) -> Reader:
        name = node.id
        if name.lower() in WORDS:
            word = WORDS[name.lower()]
            return lambda values: word
        if name.startswith("__"):
            raise ExpressionRefused(self.text, name)
        self.names.add(name)
        return lambda values: values.get(name)

    def _tuple(self, node: ast.Tuple | ast.List, depth: int) -> Reader:
        parts = [self.read(part, depth) for part in node.elts]
        return lambda values: tuple(part(values) for part in parts)

    _list = _tuple

    def _boolop(self, node: ast.BoolOp, depth: int) -> Reader:
        parts = [self.read(part, depth) for part in node.values]
        if isinstance(node.op, ast.And):
            return lambda values: all(part(values) for part in parts)
        return lambda values: any(part(values) for part in parts)

    def _unaryop(self, node: ast.UnaryOp, depth: int) -> Reader:
        inner = self.read(node.operand, depth)
        if isinstance(node.op, ast.Not):
            return lambda values: not inner(values)
        if isinstance(node.op, ast.USub):
            return lambda values: _reckoned(operator.sub, 0, inner(values))
        raise ExpressionRefused(self.text, type(node.op).__name__)

    def _binop(self, node: ast.BinOp, depth: int) -> Reader:
        operation = SUMS.get(type(node.op))
        if operation is None:
            raise ExpressionRefused(self.text, type(node.op).__name__)
        left, right = self.read(node.left, depth), self.read(node.right, depth)
        return lambda values: _reckoned(operation, left(values), right(values))

    def _compare(self, node: ast.Compare, depth: int) -> Reader:
        parts = [self.read(part, depth) for part in (node.left, *node.comparators)]
        tests = [COMPARISONS[type(test)] for test in node.ops]

        def compare(values: Values) -> bool:
            found = [part(values) for part in parts]
            return all(_compared(test, found[at], found[at + 1]) for at, test in enumerate(tests))

        return compare

    def _ifexp(self, node: ast.IfExp, depth: int) -> Reader:
        test, then, other = (self.read(part, depth) for part in (node.test, node.body, node.orelse))
        return lambda values: then(values) if test(values) else other(values)


def _compared(test: Callable[[Any, Any], Any], one: Any, other: Any) -> bool:
    try:
        return bool(test(one, other))
    except TypeError:
        return False


def _reckoned(operation: Callable[[Any, Any], Any], one: Any, other: Any) -> Any:
    """Numbers only: text times a number would fill the memory."""
    if not all(isinstance(each, int | float) and abs(each) < 1e15 for each in (one, other)):
        return None
    try:
        return operation(one, other)
    except ZeroDivisionError:
        return None
