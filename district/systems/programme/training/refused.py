"""Why something about courses, exams or the talent register is not done, in words and as a code."""

from __future__ import annotations

from district.kernel.people import refused


class Refused(refused.Refused):
    """Raised by the acts of training."""
