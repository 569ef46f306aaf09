"""The settings of the site without its systems, for `bench.forms`: what an export needs, and nothing of theirs in memory."""

from district.edges.web.settings import *  # noqa: F403 - all the settings, but for what follows
from district.edges.web.settings import INSTALLED_APPS as _ALL

INSTALLED_APPS = [name for name in _ALL if not name.startswith("district.systems.")]
