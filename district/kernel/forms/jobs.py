"""Background work of forms: imported here so that the worker knows it."""

from district.kernel.forms.registers.jobs import bring_all_sources, bring_source, retake_what_waits

__all__ = ["bring_all_sources", "bring_source", "retake_what_waits"]
