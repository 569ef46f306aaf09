"""What the browser test of all pages looks at beside the pages of the manifest: details with something in them."""

from __future__ import annotations

from district.systems.programme import seed
from district.testing.people import organisation


def prepare() -> dict[str, str]:
    """The demonstration; address → the role that looks at it ("" the public). Each sub-feature adds its own below."""
    organisation("zhoucun", kind="district")
    seed.seed()
    found: dict[str, str] = {}
    return found
