"""The pages of the manifest, each from its sub-feature."""

from ..burden.pages import burden, burden_forms
from .overview import overview

__all__ = ["burden", "burden_forms", "overview"]
