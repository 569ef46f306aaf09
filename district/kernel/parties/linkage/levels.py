"""Comparisons for Splink as levels from the most to the least alike, each with a first guess of its odds. No Django.

`m` is how often a level is seen among pairs that are one, `u` among pairs that are not; training moves both, and where
there are too few records to train on, these stand. A level's `name` is what the review screen explains it by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MISSING = "missing"
OTHER = "other"


@dataclass(frozen=True)
class Level:
    """`sql` compares columns with `_l` and `_r`. `rare` is a column whose rarer values weigh more.

    `is_known`: `m` is known better than records can tell and stays: households and neighbours would teach otherwise.
    `is_u_known`: the same of `u`, for what a sample of pairs is too small to meet.
    """

    name: str
    sql: str
    m: float
    u: float
    rare: str = ""
    is_known: bool = False
    is_u_known: bool = False


@dataclass(frozen=True)
class Comparison:
    """`missing` is SQL that is true when there is nothing to compare; what fits no level is `other`.

    `other_m`, when given, is the `m` of `other` and known.
    """

    name: str
    missing: str
    levels: Sequence[Level]
    other_m: float | None = None

    def for_splink(self, *, with_rarity: bool = True) -> dict[str, Any]:
        """As Splink reads it. Of a few records nothing can be said about which values are rare."""
        rest_m, rest_u = (max(1e-4, 1 - sum(getattr(each, odds) for each in self.levels)) for odds in "mu")
        levels: list[dict[str, Any]] = [
            {"sql_condition": self.missing, "label_for_charts": MISSING, "is_null_level": True}
        ]
        for each in self.levels:
            told: dict[str, Any] = {
                "sql_condition": each.sql, "label_for_charts": each.name, "m_probability": each.m, "u_probability": each.u,
            }  # fmt: skip
            if each.is_known:
                told["fix_m_probability"] = True
            if each.is_u_known:
                told["fix_u_probability"] = True
            if each.rare and with_rarity:
                told |= {"tf_adjustment_column": each.rare, "tf_adjustment_weight": 1.0}
            levels.append(told)
        other: dict[str, Any] = {"sql_condition": "ELSE", "label_for_charts": OTHER, "u_probability": rest_u}
        other |= {"m_probability": rest_m if self.other_m is None else self.other_m}
        levels.append(other if self.other_m is None else other | {"fix_m_probability": True})
        return {"output_column_name": self.name, "comparison_levels": levels}

    def level_name(self, gamma: int) -> str:
        """The name of a level by Splink's number of it: -1 missing, 0 other, the most alike the greatest."""
        if gamma <= 0:
            return MISSING if gamma < 0 else OTHER
        return self.levels[len(self.levels) - gamma].name


def absent(*columns: str) -> str:
    """True when every one of the columns is missing on one side or the other."""
    return " AND ".join(f"({column}_l IS NULL OR {column}_r IS NULL)" for column in columns)


def same(*columns: str) -> str:
    return " AND ".join(f"{column}_l = {column}_r" for column in columns)


def agree(*columns: str) -> str:
    """Equal, or not written on one side."""
    return " AND ".join(f"coalesce({column}_l = {column}_r, true)" for column in columns)


def near(column: str, most: int = 1, longer_than: int = 0) -> str:
    """At most so many signs wrong, missing, added or swapped with the next, in texts long enough for that to tell."""
    close = f"damerau_levenshtein({column}_l, {column}_r) <= {most}"
    return (
        f"{close} AND least(length({column}_l), length({column}_r)) > {longer_than}" if longer_than else close
    )
