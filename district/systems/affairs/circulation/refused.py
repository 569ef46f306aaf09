"""An act on a village's matter that duty or the state of things does not permit."""

from __future__ import annotations

from district.kernel.people import refused


class Refused(refused.Refused):
    """Raised by the actions of circulation."""
