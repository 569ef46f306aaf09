"""What CKAN answers when something is wrong."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """`kind` is CKAN's `__type`; `fields` are messages by parameter."""

    status = 409
    kind = "Validation Error"

    def __init__(self, message: str = "", fields: dict[str, list[str]] | None = None) -> None:
        super().__init__(message)
        self.message, self.fields = message, fields or {}

    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = {"__type": self.kind, **self.fields}
        return {**found, "message": self.message} if self.message else found


class NotFound(ApiError):
    status, kind = 404, "Not Found Error"


class NotAuthorized(ApiError):
    status, kind = 403, "Authorization Error"


class Invalid(ApiError):
    """A parameter that is missing or cannot be."""


class SearchFailed(ApiError):
    status, kind = 409, "Search Error"


def missing(name: str) -> Invalid:
    return Invalid("", {name: ["Missing value"]})
