"""An act that the procedure or the rules do not permit."""

from __future__ import annotations

from district.kernel.people import refused


class Refused(refused.Refused):
    """Raised by the acts on cases."""
