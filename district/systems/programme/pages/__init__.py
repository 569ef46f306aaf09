"""The pages of the manifest, each of its sub-feature; only gathered here."""

from ..tasks.pages import tasks

__all__ = ["tasks"]
