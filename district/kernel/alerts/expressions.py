"""A small arithmetic over named readings, e.g. `after > before * 1.05 and flow > 10`. Pure.

Only what is written here can be evaluated: numbers, names, + - * / %, comparisons, and/or/not, abs, min, max.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

LONGEST = 500
BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.Mod: operator.mod,
}
COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}
UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Not: operator.not_,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {"abs": abs, "min": min, "max": max}

Evaluate = Callable[[Mapping[str, float]], Any]


class ExpressionError(ValueError):
    """The text is not an expression of this language; says what is not allowed, and where."""


class Expression:
    """A parsed expression; `names` are the readings it needs."""

    def __init__(self, text: str) -> None:
        if not text.strip() or len(text) > LONGEST:
            raise ExpressionError(f"长度应为 1 至 {LONGEST} 个字符 (1 to {LONGEST} characters)")
        try:
            tree = ast.parse(text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise ExpressionError(f"不能解析：{text!r} (cannot be parsed)") from error
        found: set[str] = set()
        self._evaluate = _compiled(tree, found)
        self.names = frozenset(found)
        self.text = text

    def holds(self, values: Mapping[str, float]) -> bool:
        """Whether it is true of these readings. A division by zero makes it not true."""
        try:
            return bool(self._evaluate(values))
        except (ZeroDivisionError, OverflowError):
            return False


def _compiled(node: ast.AST, names: set[str]) -> Evaluate:
    """Turns a node into a closure: allowed once here, so that evaluating has nothing left to refuse."""
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        constant = float(node.value)
        return lambda values: constant
    if isinstance(node, ast.Name):
        name = node.id
        names.add(name)
        return lambda values: values[name]
    if isinstance(node, ast.BinOp) and type(node.op) in BINARY:
        binary, left, right = BINARY[type(node.op)], _compiled(node.left, names), _compiled(node.right, names)
        return lambda values: binary(left(values), right(values))
    if isinstance(node, ast.UnaryOp) and type(node.op) in UNARY:
        unary, inner = UNARY[type(node.op)], _compiled(node.operand, names)
        return lambda values: unary(inner(values))
    if isinstance(node, ast.BoolOp):
        parts = [_compiled(value, names) for value in node.values]
        if isinstance(node.op, ast.And):
            return lambda values: all(part(values) for part in parts)
        return lambda values: any(part(values) for part in parts)
    if isinstance(node, ast.Compare) and all(type(op) in COMPARED for op in node.ops):
        return _comparison(node, names)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
        return _call(node, names)
    where = getattr(node, "col_offset", 0) + 1
    raise ExpressionError(f"第 {where} 个字符处的 {type(node).__name__} 不允许 (not allowed at character {where})")


def _comparison(node: ast.Compare, names: set[str]) -> Evaluate:
    operands = [_compiled(each, names) for each in (node.left, *node.comparators)]
    compare = [COMPARED[type(op)] for op in node.ops]

    def holds(values: Mapping[str, float]) -> bool:
        numbers = [operand(values) for operand in operands]
        return all(test(a, b) for test, a, b in zip(compare, numbers, numbers[1:], strict=False))

    return holds


def _call(node: ast.Call, names: set[str]) -> Evaluate:
    assert isinstance(node.func, ast.Name)
    function, arguments = FUNCTIONS[node.func.id], [_compiled(each, names) for each in node.args]
    wanted = (len(arguments) == 1) if node.func.id == "abs" else (len(arguments) >= 2)
    if node.keywords or not wanted:
        raise ExpressionError(f"{node.func.id}: 参数个数不对 (wrong number of arguments)")
    return lambda values: function(*(argument(values) for argument in arguments))
