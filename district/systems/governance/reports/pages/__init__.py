"""The pages of reports, one module a door; only re-exports here."""

from ..open311 import (
    open311_discovery,
    open311_request,
    open311_requests,
    open311_service,
    open311_services,
    open311_token,
)
from .public import evaluate_report, report, report_status

__all__ = [
    "evaluate_report",
    "open311_discovery",
    "open311_request",
    "open311_requests",
    "open311_service",
    "open311_services",
    "open311_token",
    "report",
    "report_status",
]
