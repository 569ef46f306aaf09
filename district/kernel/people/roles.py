"""Which roles there are: those of the kernel and those the manifests name. Loads no Django by itself."""

from __future__ import annotations

from dataclasses import dataclass

from district.kernel import registry
from district.kernel.vocabulary import PUBLIC, STAFF

ADMIN = "people.admin"
AUDITOR = "people.auditor"
OPERATOR = "kernel.operator"
PARTY_REGISTRAR = "parties.registrar"
PARTY_REVIEWER = "parties.reviewer"
SELF = "people.self"
"""Anybody signed in, with or without a duty: for pages about one's own account."""
STEWARD = "datasets.steward"
"""数据管理员: keeps the district's catalogue and its deliveries. Carried by a role of a system, see `Role.holds`."""
PROVIDER = "datasets.provider"
"""部门数据员: delivers the data of one department."""
FILLER = "forms.filler"
"""填报人: fills in forms for a village, on the web or a phone."""
ASKER = "forms.asker"
"""要表人: designs the forms a unit asks for and reads what comes back."""
FORM_KEEPER = "forms.keeper"
"""表单管理员: keeps projects, registers and phones, of all units of his scope."""
SEPARATED = (ADMIN, AUDITOR, OPERATOR)
"""三员: security, audit and system administration. No account holds two of them."""


@dataclass(frozen=True)
class RoleEntry:
    """A role as people choose it. `lead` is the name of the unit that leads its system, empty for the kernel's."""

    key: str
    zh: str
    en: str
    system_zh: str = ""
    system_en: str = ""
    lead: str = ""

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.en if _is_english() else self.zh

    @property
    def system_label(self) -> str:
        return self.system_en if _is_english() else self.system_zh


def _is_english() -> bool:
    from django.utils.translation import get_language

    return (get_language() or "").startswith("en")


KERNEL_ROLES = (
    RoleEntry(ADMIN, "账号管理员", "Account administrator", "平台", "Platform"),
    RoleEntry(AUDITOR, "审计员", "Auditor", "平台", "Platform"),
    RoleEntry(OPERATOR, "运维", "Operator", "平台", "Platform"),
    RoleEntry(PARTY_REGISTRAR, "主体登记员", "Registrar of parties", "主体库", "Parties"),
    RoleEntry(PARTY_REVIEWER, "主体审核员", "Reviewer of parties", "主体库", "Parties"),
)


def all_roles() -> tuple[RoleEntry, ...]:
    """The kernel's roles, then those of the systems in the order of their clauses."""
    named = [
        RoleEntry(f"{system.name}.{role.key}", role.zh, role.en, system.zh, system.en, system.lead)
        for system in registry.systems()
        for role in system.roles
    ]
    return (*KERNEL_ROLES, *named)


def role_label(key: str) -> str:
    """`环境质量监测 · 环境监管员`; the key itself when no manifest names it any more."""
    for entry in all_roles():
        if entry.key == key:
            return f"{entry.system_label} · {entry.label}"
    return key


def role(key: str) -> RoleEntry:
    """The role of that full key; KeyError when no manifest names it."""
    for entry in all_roles():
        if entry.key == key:
            return entry
    raise KeyError(f"no role {key!r}")


def holders(*powers: str) -> tuple[str, ...]:
    """The full keys of the roles that hold one of the kernel's duties; the operator alone where no system gives one.

    `allow(*holders(STEWARD, PROVIDER))`
    """
    found = [
        f"{system.name}.{role.key}"
        for system in registry.systems()
        for role in system.roles
        if not set(powers).isdisjoint(role.holds)
    ]
    return tuple(found) or (OPERATOR,)


def is_known(key: str) -> bool:
    """Whether a key names a role a duty may carry, or `public`, `staff` or `people.self`."""
    return key in (PUBLIC, STAFF, SELF) or any(entry.key == key for entry in all_roles())
