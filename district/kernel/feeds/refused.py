from __future__ import annotations

from district.kernel.people import refused


class Refused(refused.Refused):
    """A subscription, or an act on one, that is not permitted."""
