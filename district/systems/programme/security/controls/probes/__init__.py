"""All probes, each beside its neighbours; loading this package registers them."""

from . import accounts, audit, data, door, machine, signing_in

__all__ = ["accounts", "audit", "data", "door", "machine", "signing_in"]
