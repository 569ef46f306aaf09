"""What is done to tasks, each act one transaction, audited, refused with a code."""

from .deliverables import check, hand_in
from .milestones import add_milestone, ask_change, decide_change, drop_milestone, link, unlink
from .reports import ask_for_report, ask_for_reports, decide_report, escalate_late_reports, report
from .risks import add_risk, close_risk, review_risk

__all__ = [
    "add_milestone", "add_risk", "ask_change", "ask_for_report", "ask_for_reports", "check", "close_risk",
    "decide_change", "decide_report", "drop_milestone", "escalate_late_reports", "hand_in", "link", "report",
    "review_risk", "unlink",
]  # fmt: skip
