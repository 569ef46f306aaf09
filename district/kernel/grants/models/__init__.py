from district.kernel.grants.models.clients import Client
from district.kernel.grants.models.exports import Export
from district.kernel.grants.models.grants import Grant, GrantState, Spent
from district.kernel.grants.models.objections import Objection
from district.kernel.grants.models.requests import Need, Request, RequestState
from district.kernel.grants.models.uses import Channel, Seal, Use, UseSubjects

__all__ = [
    "Channel",
    "Client",
    "Export",
    "Grant",
    "GrantState",
    "Need",
    "Objection",
    "Request",
    "RequestState",
    "Seal",
    "Spent",
    "Use",
    "UseSubjects",
]
