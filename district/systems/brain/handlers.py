"""What the brain does when something happens elsewhere; listeners stand with their sub-feature."""

from .dashboard.handlers import tell_closed, tell_opened

__all__ = ["tell_closed", "tell_opened"]
