"""The pages of the manifest, each from its sub-feature."""

from .overview import overview

__all__ = ["overview"]
