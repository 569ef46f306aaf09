"""A pair of texts that `pick` can choose from. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    zh: str
    en: str
