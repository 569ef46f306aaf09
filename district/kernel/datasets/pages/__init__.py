"""The pages of the catalogue, one module a thing; only re-exports here."""

from .catalogue import catalogue, dataset

__all__ = ["catalogue", "dataset"]
