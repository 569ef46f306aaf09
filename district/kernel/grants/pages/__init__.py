"""The pages of grants; only re-exports here."""

from district.kernel.grants.pages.citizens import desk, my_data
from district.kernel.grants.pages.clients import clients
from district.kernel.grants.pages.exports import export, exports
from district.kernel.grants.pages.grants import grant, grants
from district.kernel.grants.pages.objections import new_objection, objection, objections
from district.kernel.grants.pages.requests import ask, needs, request_detail, requests
from district.kernel.grants.pages.uses import check_uses, uses

__all__ = [
    "ask",
    "check_uses",
    "clients",
    "desk",
    "export",
    "exports",
    "grant",
    "grants",
    "my_data",
    "needs",
    "new_objection",
    "objection",
    "objections",
    "request_detail",
    "requests",
    "uses",
]
