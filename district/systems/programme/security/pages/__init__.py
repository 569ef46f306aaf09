"""Pages of security, one module a room; only gathered here."""

from .assets import security_asset, security_assets, security_risk
from .audit import audit_checks, check_audit_now
from .controls import gather_evidence_now, security_control, security_controls, software_list
from .drills import security_drill, security_drills
from .incidents import security_incident, security_incidents
from .overview import security
from .processing import personal_data, processing_activity
from .staff import orphan_rights, staff_changes
from .suppliers import supplier_access, supplier_access_record

__all__ = [
    "audit_checks",
    "check_audit_now",
    "gather_evidence_now",
    "orphan_rights",
    "personal_data",
    "processing_activity",
    "security",
    "security_asset",
    "security_assets",
    "security_control",
    "security_controls",
    "security_drill",
    "security_drills",
    "security_incident",
    "security_incidents",
    "security_risk",
    "software_list",
    "staff_changes",
    "supplier_access",
    "supplier_access_record",
]
