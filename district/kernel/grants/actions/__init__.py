"""What is done to clients, requests, grants and objections; only re-exports here."""

from district.kernel.grants.actions.clients import add_client, new_secret, start_client, stop_client

__all__ = [
    "add_client",
    "new_secret",
    "start_client",
    "stop_client",
]
