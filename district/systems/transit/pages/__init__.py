"""The pages of the manifest, each from its sub-feature."""

from ..editions.pages import editions

__all__ = ["editions"]
