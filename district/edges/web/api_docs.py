"""The page about the API, made from its OpenAPI description."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Parameter:
    """One parameter of an endpoint as people read it."""

    name: str
    place: str
    is_required: bool
    text: str


@dataclass(frozen=True)
class Endpoint:
    """One method of one address."""

    method: str
    path: str
    summary: str
    text: str
    parameters: tuple[Parameter, ...]
    example: str


def endpoints(schema: Mapping[str, Any]) -> dict[str, list[Endpoint]]:
    """Endpoints by tag, in the order of the description."""
    found: dict[str, list[Endpoint]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or [""])[0]
            found.setdefault(tag, []).append(_endpoint(method.upper(), path, operation))
    return found


def _endpoint(method: str, path: str, operation: Mapping[str, Any]) -> Endpoint:
    parameters = tuple(
        Parameter(
            one["name"], one["in"], bool(one.get("required")),
            one.get("description") or one.get("schema", {}).get("description", ""),
        )
        for one in operation.get("parameters", ())
    )  # fmt: skip
    is_simple = method == "GET" and not any(one.is_required for one in parameters)
    return Endpoint(
        method, path, operation.get("summary", ""), operation.get("description", ""), parameters, path if is_simple else ""
    )
