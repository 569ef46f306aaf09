"""What is done to clients, requests, grants and objections; only re-exports here."""

from district.kernel.grants.actions.clients import add_client, new_secret, start_client, stop_client
from district.kernel.grants.actions.grants import change, end_what_is_over, give, resume, suspend, withdraw
from district.kernel.grants.actions.objections import add_need, answer, meet_need, object_to
from district.kernel.grants.actions.requests import agree, amend, cancel, draft, refuse, review, submit

__all__ = [
    "add_client",
    "add_need",
    "agree",
    "amend",
    "answer",
    "cancel",
    "change",
    "draft",
    "end_what_is_over",
    "give",
    "meet_need",
    "new_secret",
    "object_to",
    "refuse",
    "resume",
    "review",
    "start_client",
    "stop_client",
    "submit",
    "suspend",
    "withdraw",
]
