"""The pages of reports, one module a door; only re-exports here."""

from ..open311 import (
    open311_discovery,
    open311_request,
    open311_requests,
    open311_service,
    open311_services,
    open311_token,
)
from .corrections import corrections, merge_report, right_report
from .field import field, field_worker, send_report
from .hotline import hotline, hotline_reading
from .imports import import_reports
from .public import evaluate_report, report, report_status
from .reports import reports

__all__ = [
    "corrections",
    "evaluate_report",
    "field",
    "field_worker",
    "hotline",
    "hotline_reading",
    "import_reports",
    "merge_report",
    "open311_discovery",
    "open311_request",
    "open311_requests",
    "open311_service",
    "open311_services",
    "open311_token",
    "report",
    "report_status",
    "reports",
    "right_report",
    "send_report",
]
