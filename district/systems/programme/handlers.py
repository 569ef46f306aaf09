"""What the programme does when something happened elsewhere, one module a sub-feature; only gathered here."""

from .operation import handlers as operation
from .security import handlers as security

__all__ = ["operation", "security"]
