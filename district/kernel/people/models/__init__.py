from district.kernel.people.models.accounts import Account, Status
from district.kernel.people.models.audit import AuditCheck, AuditEntry
from district.kernel.people.models.duties import Duty, ScopeKind
from district.kernel.people.models.lifecycle import LifeStep
from district.kernel.people.models.organisations import Kind, Organisation
from district.kernel.people.models.sign_ins import PastPassword, SignIn

__all__ = [
    "Account",
    "AuditCheck",
    "AuditEntry",
    "Duty",
    "Kind",
    "LifeStep",
    "Organisation",
    "PastPassword",
    "ScopeKind",
    "SignIn",
    "Status",
]
