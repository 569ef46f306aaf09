"""What the programme does when something happened elsewhere, one module a sub-feature; only gathered here."""

from .operation import handlers as operation

__all__ = ["operation"]
